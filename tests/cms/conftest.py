"""The result page, drawn from an answer that was made by hand."""

import pytest
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from cms.views.find import find_form, results_context
from directory.reference import current_reference
from tests.answers import ANSWER, RECORD


@pytest.fixture
def results(db, rf):
    """The results page for an answer to what was sent. `records`: of the services it names."""

    def page(answer=ANSWER, records=(RECORD,), **sent):
        data = MultiValueDict({name: [value] for name, value in {"text": "x", **sent}.items()})
        reference = current_reference()
        form = find_form(data, reference)
        assert form.is_valid()
        by_id = {str(record.id): record for record in records}
        context = results_context(form, form.to_enquiry(), answer, by_id, reference)
        return render_to_string("cms/find.html", context, rf.post("/find/"))

    return page
