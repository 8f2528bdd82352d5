"""What Wagtail keeps of a form so that it can be previewed: no address of a confidential site.

Each look at a preview stores the whole form as it was typed, in a table of Wagtail's own and for a
day or longer. Addresses that are confidential are taken out before the row is written; rows that
were written while a site was public go when the site is hidden (`cms.confidential.hiding`).
"""

import re
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.db.models.signals import pre_save
from django.http import QueryDict
from wagtail.admin.models import FormState
from wagtail.models import Page

from cms.confidential.fields import address_fields

#: A row of the sites of a service in its form, also the empty one that new rows are made from.
_ROW = re.compile(r"(page_sites-(?:\d+|__prefix__))-\w+")


def connect() -> None:
    """Take addresses out from now on, whoever stores a form."""
    pre_save.connect(_take_out, sender=FormState, dispatch_uid="confidential-previews")


def forget_typed(page: Page) -> None:
    """Delete what anybody previewed of a page, also before it was saved for the first time."""
    content_type = ContentType.objects.get_for_model(page, for_concrete_model=False)
    before = Q(object_id="", parent_object_id=str(page.get_parent().pk))
    FormState.objects.filter(Q(object_id=str(page.pk)) | before, content_type=content_type).delete()


def forget_stale() -> None:
    """Delete what nobody looks at any more. Wagtail does it when somebody else previews."""
    FormState.objects.stale().delete()


def _take_out(instance: FormState, **_: Any) -> None:
    form = QueryDict(instance.data, mutable=True)
    rows = {found[1] for key in form if (found := _ROW.fullmatch(key))}
    held = _held(instance) if rows else set()
    hidden = [
        row
        for row in rows
        # A box that is not ticked is not sent.
        if f"{row}-confidential" in form or _id(form.get(f"{row}-location_id", "")) in held
    ]
    for row in hidden:
        for field in address_fields():
            if f"{row}-{field.name}" in form:
                form[f"{row}-{field.name}"] = ""
    if hidden:
        instance.data = form.urlencode()


def _held(state: FormState) -> set[UUID]:
    """The sites of a page whose addresses are held, whatever the form says of them."""
    from cms.models import ConfidentialAddress

    if not state.object_id:
        return set()
    rows = ConfidentialAddress.objects.filter(page_id=state.object_id)
    return set(rows.values_list("location_id", flat=True))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
