"""How full a live service is, said at once: beside a review, and beside what is planned for a day.

The form of a service is closed to its partner while a change of it waits, and to everybody while
one is planned. That the service is full cannot wait so long. The live version alone is changed, in
what the hub calls safe; what waits stays as it is, but says the same from then on, so that
publishing it later does not bring the old word back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from cms.models import ServicePage
from cms.moderation.differences import content_of, differing
from cms.moderation.safe import (
    PARTS,
    allowed_fields,
    keep_as_draft,
    publish_beside_review,
)
from cms.partners.boundary import is_partner, may_edit

#: What is asked, as fields of the policy; each is the part of a service of the same name.
FIELDS = ("capacity", "waiting_weeks", "closed_until", "phone")
#: Said as one: a day until which a service is closed means nothing beside “open”.
_TOGETHER = (frozenset({"capacity", "waiting_weeks", "closed_until"}), frozenset({"phone"}))


@dataclass(frozen=True, slots=True)
class Said:
    """What went live, as fields of the policy, and the days whose plans say something else."""

    fields: tuple[str, ...] = ()
    planned: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A version that is not public: what it says, who wrote it, when it comes if it is approved."""

    content: dict[str, Any]
    user: User | None
    approved: datetime | None
    go_live: datetime | None

    @property
    def is_planned(self) -> bool:
        return self.go_live is not None and self.go_live > timezone.now()


def may_say(user: User, page: ServicePage) -> bool:
    """A partner's people for their own services, and whoever of the hub may publish them."""
    if is_partner(user):
        return may_edit(user, page)
    return bool(page.permissions_for_user(user).can_publish())


def offered(page: ServicePage) -> tuple[str, ...]:
    """What the hub lets go live at once, of what is asked."""
    live, latest = content_of(page), page.latest_revision
    newest = content_of(latest.as_object()) if latest else live
    allowed = allowed_fields(live, newest)
    return tuple(field for field in FIELDS if field in allowed)


@transaction.atomic
def say_how_full(page: ServicePage, wanted: ServicePage, fields: set[str], user: User) -> Said:
    """Put these fields of `wanted` into the live version, and into whatever waits.

    `page` is the row as it is, locked by the caller. A version that is planned for a later day and
    itself says how full the service will be, or another phone number, keeps that: it is meant for
    then. Raises ValidationError if the live version would not be valid.
    """
    live, other = content_of(page), content_of(wanted)
    changed = differing(live, other) & {PARTS[field] for field in fields}
    if not changed:
        return Said()
    waiting = list(_waiting(page, live))
    said = [field for field in FIELDS if PARTS[field] in changed]
    publish_beside_review(page, live | {name: other[name] for name in changed}, said, user)
    planned = []
    for version in waiting:
        parts, keeps_own = _parts_for(version, live, changed)
        keep_as_draft(page, version.content, parts, version.user, version.approved)
        if keeps_own and version.go_live is not None:
            planned.append(timezone.localdate(version.go_live))
    return Said(tuple(said), tuple(planned))


def _waiting(page: ServicePage, live: dict[str, Any]) -> Iterator[_Waiting]:
    """What is planned, and the newest draft if it says something else; the newest last.

    Approving publishes the newest version, so nothing else of a page can become public.
    """
    planned, latest = page.scheduled_revision, page.latest_revision
    if planned is not None and planned != latest:
        yield _version(planned)
    if latest is not None:
        version = _version(latest)
        if latest == planned or page.workflow_in_progress or differing(live, version.content):
            yield version


def _version(revision: Revision) -> _Waiting:
    written = revision.as_object()
    return _Waiting(
        content=content_of(written),
        user=revision.user,
        approved=revision.approved_go_live_at,
        go_live=written.go_live_at,
    )


def _parts_for(version: _Waiting, live: dict[str, Any], changed: set[str]) -> tuple[set[str], bool]:
    """What a version that waits has to say as well, and whether it keeps something of its own."""
    parts, keeps_own = set(), False
    for together in _TOGETHER:
        if not changed & together:
            continue
        if version.is_planned and differing(live, version.content) & together:
            keeps_own = True
        else:
            parts |= together
    return parts, keeps_own
