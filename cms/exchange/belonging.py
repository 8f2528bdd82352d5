"""Whose service a row is, and whether it may be added or changed as things stand."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from wagtail.models import Revision

from cms.exchange.cells import Problem, closest
from cms.exchange.columns import PARTNER, STATUS
from cms.exchange.contents import Current
from cms.exchange.plan import RowPlan
from cms.exchange.scope import Scope
from cms.models import PartnerPage, ServicePage


class Belonging:
    """The partners in reach and the names of their services: a few queries for a whole file."""

    def __init__(self, scope: Scope, publish: bool) -> None:
        self._scope = scope
        self._goes_live = publish and scope.hub
        self._partners: dict[str, list[PartnerPage]] = defaultdict(list)
        for partner in scope.partners:
            self._partners[_folded(partner.title)].append(partner)
        self._taken = _names(scope)

    def no_such_service(self) -> str:
        """The same words for a service of somebody else and for one that does not exist."""
        words = "There is no such service"
        if not self._scope.hub:
            words += " of yours"
        elif not self._scope.everything:
            words += " of this partner"
        return f"{words}. Leave the id empty to add a new one."

    def partner_of_new(self, text: str) -> PartnerPage | Problem:
        """The partner to add a service to, from what stands in its column."""
        partners = self._scope.partners
        found = self._partners.get(_folded(text), []) if text else list(partners)
        if len(found) != 1:
            return Problem(PARTNER, self._which_partner(text, bool(found)))
        if self._goes_live and not found[0].live:
            return Problem(PARTNER, "The partner's page is not published.")
        return found[0]

    def problem_of_partner(self, text: str, page: Current) -> Problem | None:
        if not text or _folded(text) == _folded(page.partner.title):
            return None
        return Problem(PARTNER, "A service is not moved to another partner by a file.")

    def in_the_way(self, page: Current) -> Problem | None:
        """Why a page that a row would change cannot be changed now."""
        words = self._standing(page)
        return Problem(STATUS, words) if words else None

    def refuse_namesakes(self, rows: Iterable[RowPlan]) -> None:
        """Two new services of one name, or a new one with the name of one that is there."""
        new = [
            (row, (row.partner.pk, _folded(row.name)))
            for row in rows
            if row.page_id is None and row.partner is not None and row.name
        ]
        times = Counter(key for _, key in new)
        for row, key in new:
            if self._taken[key]:
                row.refuse(
                    Problem(
                        "Name",
                        "This partner has a service of this name already. Put its id into the "
                        "first column to change it, or give the new one another name.",
                    )
                )
            elif times[key] > 1:
                row.refuse(
                    Problem("Name", "Another row adds a service of this name. Keep one of them.")
                )

    def _which_partner(self, text: str, several: bool) -> str:
        if not text:
            return "Write which partner the new service belongs to."
        if several:
            return "Two partners have this name. Import for one partner at a time."
        if not self._scope.hub:
            return "You can add services to your own partner only."
        meant = closest(text, [partner.title for partner in self._scope.partners])
        return "There is no such partner." + (f" Did you mean “{meant}”?" if meant else "")

    @cached_property
    def _scheduled(self) -> set[str]:
        """Pages that wait for the day on which an approved version goes live."""
        waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
        return set(waiting.values_list("object_id", flat=True))

    def _standing(self, page: Current) -> str:
        if page.in_review:
            return "It is with the hub for review. Wait until that is over, or take it back first."
        if page.locked:
            return "It is locked. Unlock it first."
        if str(page.page_id) in self._scheduled:
            way_out = "cancel that in its form first" if self._scope.hub else "ask the hub"
            return f"A version of it goes live on a later day. Wait until then, or {way_out}."
        if not self._goes_live:
            return ""
        if not page.live:
            return "It is not published. Import drafts, or publish it in its form first."
        if page.has_draft:
            return (
                "It has changes that are not published, which this would publish too. Publish or "
                "undo them first, or import drafts."
            )
        return "" if page.partner.live else "Its partner's page is not published."


def _names(scope: Scope) -> Counter[tuple[int, str]]:
    """The services that are there, by partner and name."""
    partners = {partner.path: partner.pk for partner in scope.partners}
    names: Counter[tuple[int, str]] = Counter()
    for path, title in ServicePage.objects.values_list("path", "draft_title"):
        partner = partners.get(path[: -ServicePage.steplen])
        if partner is not None:
            names[partner, _folded(title)] += 1
    return names


def _folded(name: str) -> str:
    return name.strip().casefold()
