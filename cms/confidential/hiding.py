"""A site that becomes confidential disappears at once: from the public, and from the past.

The rest of a draft waits for the hub; this does not. Whoever saves a page with a confidential site
hides that site in the live version, in every earlier revision, in those that are waiting or
scheduled, and in what was previewed, so that none of them can bring the address back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from wagtail.log_actions import log

from cms.confidential.fields import (
    Values,
    blank,
    same_place,
    says_something,
    values_of,
    write,
)
from cms.confidential.held import held_of, keep


@dataclass(slots=True)
class _Hidden:
    """Which sites of a page are hidden, and where they are as far as that is known."""

    ids: set[UUID]
    held: dict[UUID, Values]
    found: dict[UUID, Values] = field(default_factory=dict)

    def covers(self, location_id: UUID, values: Mapping[str, Any]) -> bool:
        """The same site, or another one at an address that is confidential."""
        return location_id in self.ids or any(
            same_place(values, self.held[known]) for known in self.ids & set(self.held)
        )

    def remember(self, location_id: UUID, values: Values) -> None:
        """The first to say where a site is counts: the live version, then the newest revision."""
        if location_id not in self.held and says_something(values):
            self.found.setdefault(location_id, values)


def hide(page: Any, user: User | None = None) -> list[UUID]:
    """Hide the confidential sites of `page`, as it was just saved, everywhere else.

    Returns the sites that were public until now.
    """
    from cms.confidential.previews import forget_typed

    ids = {site.location_id for site in page.page_sites.all() if site.confidential}
    if not ids:
        return []
    hidden = _Hidden(ids, held_of(page))
    gone = list(_hide_live_sites(page, hidden))
    _hide_in_revisions(page, hidden)
    forget_typed(page)
    keep(page, hidden.found.items())
    if gone:
        _tell(page, gone, user)
    return gone


def _hide_live_sites(page: Any, hidden: _Hidden) -> Iterator[UUID]:
    from cms.models import ServicePageSite

    for site in ServicePageSite.objects.filter(page_id=page.pk, confidential=False):
        values = values_of(site)
        if hidden.covers(site.location_id, values):
            hidden.remember(site.location_id, values)
            site.confidential = True
            write(site, blank())
            site.save()
            yield site.location_id


def _hide_in_revisions(page: Any, hidden: _Hidden) -> None:
    for revision in page.revisions.order_by("-created_at", "-pk"):
        sites = revision.content.get("page_sites", [])
        told = [row for row in sites if _hide_row(row, hidden)]
        if told:
            # Not save(): that would make the revision the newest of its page.
            page.revisions.filter(pk=revision.pk).update(content=revision.content)


def _hide_row(row: dict[str, Any], hidden: _Hidden) -> bool:
    """Hide one site of a revision; False if it said nothing, or is another one."""
    location_id, nothing = UUID(row["location_id"]), blank()
    values = {name: row.get(name, empty) for name, empty in nothing.items()}
    if not hidden.covers(location_id, values):
        return False
    if row["confidential"] and values == nothing:
        return False
    hidden.remember(location_id, values)
    row |= nothing | {"confidential": True}
    return True


def _tell(page: Any, gone: list[UUID], user: User | None) -> None:
    """Take them out of the public record, in this same transaction, and write it down."""
    from cms.models import ServicePage
    from cms.photos.showing import withhold
    from cms.projection import project

    live = ServicePage.objects.get(pk=page.pk)
    project(live)
    withhold(live)
    log(live, "cms.hide_address", user=user, data={"sites": [str(pk) for pk in gone]})
