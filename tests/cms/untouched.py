"""Forms of pages as a browser would send them untouched."""

from django.http import QueryDict
from lxml import html


def untouched(page: str, form_id: str = "page-edit-form") -> QueryDict:
    """What the form of a page sends: no box that is not ticked, and nothing that is disabled."""
    tree = html.document_fromstring(page)
    # Rows that scripts would add are no part of the form.
    for template in tree.findall(".//template"):
        template.drop_tree()
    form = tree.get_element_by_id(form_id)
    # lxml leaves out a field without a value, which a browser sends empty.
    for field in form.xpath(".//input[not(@value) and not(@type='checkbox' or @type='radio')]"):
        field.set("value", "")
    sent = QueryDict(mutable=True)
    for name, value in form.form_values():
        # A browser leaves out the line break that a text area begins with.
        sent.appendlist(name, value.removeprefix("\n"))
    sent.pop("csrfmiddlewaretoken", None)
    return sent
