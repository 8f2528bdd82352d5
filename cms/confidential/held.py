"""Moving addresses into the one place that holds them, and out of everything that is saved.

A site's address is *held* from the moment it is ticked as confidential until a version of the page
that says otherwise is published. Meanwhile the page, its revisions and its drafts say nothing of
it, so that no view of the admin, however it comes by a page, has anything to tell.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from wagtail.models import Page

from cms.confidential.fields import Values, blank, says_something, values_of, write

#: What was taken from a page that is being saved: the site, and what it said.
Taken = list[tuple[UUID, Values]]


def held_of(page: Page) -> dict[UUID, Values]:
    """The addresses held for a service, by the id of the site. For those who may see them only."""
    from cms.models import ConfidentialAddress

    if page.pk is None:
        return {}
    shown: dict[UUID, Values] | None = getattr(page, "_held_while_shown", None)
    if shown is not None:
        return shown
    rows = ConfidentialAddress.objects.filter(page_id=page.pk)
    return dict(rows.values_list("location_id", "values"))


def read_once(page: Page) -> None:
    """Keep what is held with `page`, which is only to be shown: its form asks six times."""
    page._held_while_shown = held_of(page)


def is_loaded(page: Page) -> bool:
    """Whether a page brought its sites with it, as a revision does, and not from the database."""
    return "page_sites" in getattr(page, "_cluster_related_objects", {})


def take(page: Any, but: Collection[UUID] = ()) -> Taken:
    """Blank every site of `page` that is confidential or held, `but` these; return what they said.

    A site that says nothing leaves what is held as it is, unless its form says that this is all
    there is to know (`address_is_complete`).
    """
    sites = page.page_sites.all() if is_loaded(page) else ()
    held = set(held_of(page)) if sites else set()
    taken: Taken = []
    for site in sites:
        if site.location_id in but or not (site.confidential or site.location_id in held):
            continue
        values = values_of(site)
        if says_something(values) or getattr(site, "address_is_complete", False):
            taken.append((site.location_id, values))
        write(site, blank())
    return taken


def keep(page: Page, taken: Iterable[tuple[UUID, Values]]) -> None:
    """Hold these addresses for a page that has been saved."""
    from cms.models import ConfidentialAddress

    for location_id, values in taken:
        ConfidentialAddress.objects.update_or_create(
            page_id=page.pk, location_id=location_id, defaults={"values": values}
        )


def released_by(page: Any) -> dict[UUID, Values]:
    """Addresses that become public when `page` is published as it stands: ticked off, still held.

    What the database says is published already, and asks for nothing.
    """
    if not is_loaded(page):
        return {}
    open_sites = {site.location_id for site in page.page_sites.all() if not site.confidential}
    held = held_of(page) if open_sites else {}
    return {location: values for location, values in held.items() if location in open_sites}
