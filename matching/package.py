"""The smallest package of support: every need that can be covered, by the fewest partners.

Exact up to `EXACT_NEEDS` needs: a dynamic programme over sets of needs, one partner at a time, in
which all services of a partner work together. Among packages with equally few partners the one
with the greatest total fit wins. Above that many needs a greedy choice is made, and the result
says so.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.answer import PackageChoice
from matching.ranking import Ranked

EXACT_NEEDS = 12

#: More than any total fit can reach, so that one partner fewer always wins.
_PARTNER_COST = 1_000.0


@dataclass(frozen=True, slots=True)
class Package:
    """The chosen services with the needs each is there for, and the needs nobody covers."""

    choices: tuple[PackageChoice, ...]
    unmet: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class _Partner:
    """The best service of one partner for each need, by the need's position."""

    best: dict[int, tuple[float, str]]

    @property
    def mask(self) -> int:
        return sum(1 << need for need in self.best)


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to cover a set of needs: its total fit less the cost of its partners, need → service.

    The service is an id, the need a position.
    """

    worth: float
    services: dict[int, str]


def combine(ranked: Sequence[Ranked], needs: Sequence[str]) -> Package:
    """Choose the package for `needs` among `ranked` services (best first)."""
    partners = _undominated(_partners(ranked, needs))
    coverable = 0
    for partner in partners:
        coverable |= partner.mask
    exact = len(needs) <= EXACT_NEEDS
    assigned = _exact(partners, coverable) if exact else _greedy(partners, coverable)
    services: dict[str, list[int]] = defaultdict(list)
    for need, service_id in assigned.items():
        services[service_id].append(need)
    ordered = sorted(services.items(), key=lambda item: min(item[1]))
    return Package(
        choices=tuple(
            PackageChoice(service_id=service_id, needs=tuple(needs[i] for i in sorted(met)))
            for service_id, met in ordered
        ),
        unmet=tuple(code for i, code in enumerate(needs) if not coverable >> i & 1),
        exact=exact,
    )


def fit(service: Ranked, need: str) -> float:
    """How well a service covers one need: its score, in the measure in which it is for the need."""
    return service.score * service.prospect.weight(need)


def _partners(ranked: Sequence[Ranked], needs: Sequence[str]) -> list[_Partner]:
    best: dict[str, dict[int, tuple[float, str]]] = defaultdict(dict)
    for service in ranked:
        for position, need in enumerate(needs):
            value = fit(service, need)
            held = best[service.prospect.partner_id].get(position)
            if value > 0 and (held is None or value > held[0]):
                best[service.prospect.partner_id][position] = (value, service.prospect.service_id)
    return [_Partner(found) for found in best.values() if found]


def _undominated(partners: list[_Partner]) -> list[_Partner]:
    """Without the partners that another one matches or betters for every need.

    Such a partner is in no better package: whatever it does there, the other can do instead.
    """
    kept: list[_Partner] = []
    for partner in partners:
        if not any(_dominates(other, partner) for other in kept):
            kept = [other for other in kept if not _dominates(partner, other)]
            kept.append(partner)
    return kept


def _dominates(one: _Partner, other: _Partner) -> bool:
    return all(
        need in one.best and one.best[need][0] >= value for need, (value, _) in other.best.items()
    )


def _exact(partners: Sequence[_Partner], goal: int) -> dict[int, str]:
    """Need → service id, as the best way to cover `goal` has it.

    Time grows with partners × needs × 2^needs.
    """
    best: dict[int, _Way] = {0: _Way(0.0, {})}
    for partner in partners:
        for covered, way in _joined(best, partner).items():
            if covered not in best or way.worth > best[covered].worth:
                best[covered] = way
    return best[goal].services


def _joined(best: Mapping[int, _Way], partner: _Partner) -> dict[int, _Way]:
    """The best way to cover each set of needs with `partner` beside those before it."""
    joined = {
        covered: _Way(way.worth - _PARTNER_COST, way.services) for covered, way in best.items()
    }
    for need, (gain, service_id) in partner.best.items():
        for covered, way in list(joined.items()):
            wider = covered | 1 << need
            if wider == covered:
                continue
            worth = way.worth + gain
            if wider not in joined or worth > joined[wider].worth:
                joined[wider] = _Way(worth, way.services | {need: service_id})
    return joined


def _greedy(partners: Sequence[_Partner], goal: int) -> dict[int, str]:
    """The partner that covers most of what is left, then the one with the greater fit."""
    assigned: dict[int, str] = {}
    left = goal
    while left:
        partner = max(partners, key=lambda p: _gain(p, left))
        for need, (_, service_id) in partner.best.items():
            if left >> need & 1:
                assigned[need] = service_id
        left &= ~partner.mask
    return assigned


def _gain(partner: _Partner, left: int) -> tuple[int, float]:
    met = [need for need in partner.best if left >> need & 1]
    return len(met), sum(partner.best[need][0] for need in met)
