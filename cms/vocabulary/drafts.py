"""Service pages that name a row of the shared language in what the public does not see yet."""

from collections.abc import Collection
from typing import Any

from wagtail.models import Revision

from cms.models import ServicePage

#: Where a page's revision names the rows of a table, and where the page itself does.
_NAMED = {
    "need": ("page_needs", "page_needs__need"),
    "presentedneed": ("presented_needs", "presented_needs"),
    "level": ("levels", "levels"),
    "area": ("areas", "areas"),
}


def drafts_naming(table: str, key: str, public: Collection[Any]) -> list[ServicePage]:
    """Pages that name `key` of `table` in a draft, or are not live.

    `public`: the ids of services whose public record names it; they are left out.
    """
    field, lookup = _NAMED[table]
    saved = ServicePage.objects.filter(**{lookup: key}).exclude(service_id__in=public)
    pks = set(saved.values_list("pk", flat=True))
    changed = ServicePage.objects.filter(has_unpublished_changes=True).exclude(
        service_id__in=public
    )
    drafts = Revision.objects.filter(pk__in=changed.values("latest_revision"))
    for pk, content in drafts.values_list("object_id", "content").iterator():
        if any(_named(row) == key for row in content.get(field, ())):
            pks.add(int(pk))
    return list(ServicePage.objects.filter(pk__in=pks).order_by("title", "pk"))


def _named(row: Any) -> Any:
    """The key that a row of a revision names: itself, or a need with its weight."""
    return row.get("need") if isinstance(row, dict) else row
