"""Which kinds of help nobody offers where: each need against each area."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cms.reports.reach import ground
from directory.models import Area, Listing, Need
from directory.search.document import Facets, reach_of


@dataclass(frozen=True, slots=True)
class Offer:
    """How many services offer a kind of help in an area: in all of it, and in a part only."""

    everywhere: int
    in_part: int

    @property
    def total(self) -> int:
        return self.everywhere + self.in_part

    @property
    def nobody(self) -> bool:
        return not self.total

    def __str__(self) -> str:
        if self.nobody:
            return "Nobody"
        if not self.everywhere:
            return f"{self.in_part} in part"
        return f"{self.everywhere} and {self.in_part} in part" if self.in_part else str(self.total)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The offers of each need in each of `areas`, in their order."""

    areas: tuple[Area, ...]
    offers: dict[str, tuple[Offer, ...]]

    @property
    def gaps(self) -> int:
        """In how many areas how many kinds of help are offered by nobody."""
        return sum(offer.nobody for offers in self.offers.values() for offer in offers)

    def nobody(self, need: str) -> list[str]:
        """Names of the areas where nobody offers it."""
        return self._where(need, lambda offer: offer.nobody)

    def in_part(self, need: str) -> list[str]:
        """Names of the areas where it is offered in a part only."""
        return self._where(need, lambda offer: not offer.everywhere and not offer.nobody)

    def _where(self, need: str, holds: Callable[[Offer], bool]) -> list[str]:
        pairs = zip(self.areas, self.offers[need], strict=True)
        return [area.name for area, offer in pairs if holds(offer)]


def coverage(
    areas: Sequence[Area], needs: Sequence[Need], taking_people_on: bool = False
) -> Coverage:
    """What live listings offer (three queries); all of them, or those that take people on."""
    everywhere: dict[str, Counter[str]] = defaultdict(Counter)
    in_part: dict[str, Counter[str]] = defaultdict(Counter)
    places = ground([area.code for area in areas])
    for facets in _facets(taking_people_on):
        for code, entirely in places.reached(reach_of(facets)).items():
            counts = everywhere if entirely else in_part
            for need in facets["needs"]:
                counts[need][code] += 1
    return Coverage(
        areas=tuple(areas),
        offers={
            need.code: tuple(
                Offer(everywhere[need.code][area.code], in_part[need.code][area.code])
                for area in areas
            )
            for need in needs
        },
    )


def number_of_gaps(areas: Sequence[Area], needs: Sequence[Need]) -> int:
    """`coverage(areas, needs).gaps`, looking no further than until there are none.

    Where much is offered, a few services tell: for the dashboard, which everybody opens first.
    """
    nobody = {need.code: {area.code for area in areas} for need in needs}
    places = ground([area.code for area in areas])
    rows = Listing.objects.live().order_by("pk").values_list("facets", flat=True)
    for facets in rows.iterator(chunk_size=200):
        wanted = [need for need in facets["needs"] if nobody.get(need)]
        if wanted:
            reached = places.reached(reach_of(facets)).keys()
            for need in wanted:
                nobody[need] -= reached
        if not any(nobody.values()):
            break
    return sum(len(codes) for codes in nobody.values())


def services_reaching(codes: Sequence[str]) -> list[str]:
    """Ids of the services whose live listings reach some of the areas (three queries)."""
    places = ground(codes)
    return [facets["id"] for facets in _facets() if places.reached(reach_of(facets))]


def _facets(taking_people_on: bool = False) -> list[Facets]:
    listings = Listing.objects.live().order_by("pk")
    if taking_people_on:
        listings = listings.exclude(capacity="closed")
    return list(listings.values_list("facets", flat=True))
