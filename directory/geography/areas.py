"""The tree of areas: what contains what, and in which order areas are named."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Kinds of area, most local first.
KINDS = ("parish", "locality", "district", "county", "country")


@dataclass(frozen=True, slots=True)
class AreaNode:
    """An area as the tree needs it. `kind` is one of `KINDS`, `parent` a code or empty."""

    code: str
    name: str
    kind: str
    parent: str


class AreaTree:
    """Areas by code, with their ancestors and what lies below them."""

    def __init__(self, areas: Iterable[AreaNode]) -> None:
        self._nodes = {area.code: area for area in areas}
        self._children: dict[str, list[str]] = defaultdict(list)
        for area in self._nodes.values():
            self._children[area.parent].append(area.code)

    def __contains__(self, code: str) -> bool:
        return code in self._nodes

    def __getitem__(self, code: str) -> AreaNode:
        return self._nodes[code]

    def of_kinds(self, *kinds: str) -> list[AreaNode]:
        """The areas of some kinds."""
        return [area for area in self._nodes.values() if area.kind in kinds]

    def ancestors(self, code: str) -> tuple[str, ...]:
        """What contains an area, nearest first. Stops where the parents go round in a circle."""
        found: list[str] = []
        node = self._nodes.get(code)
        while node and node.parent in self._nodes and node.parent not in (code, *found):
            found.append(node.parent)
            node = self._nodes[node.parent]
        return tuple(found)

    def in_circle(self, code: str) -> bool:
        """Whether an area is, by its parents, inside itself."""
        chain = (code, *self.ancestors(code))
        return self._nodes[chain[-1]].parent in chain

    def closure(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Areas with all their ancestors, most local first, in the order given within a kind.

        Codes that the tree does not know (districts far away) are kept, as districts.
        """
        found = dict.fromkeys(codes)
        for code in list(found):
            found.update(dict.fromkeys(self.ancestors(code)))
        return tuple(sorted(found, key=self._rank))

    def about(self, code: str) -> tuple[str, ...]:
        """An area with all that contains it and all that lies in it, most local first."""
        below = [code]
        for parent in below:
            below += [child for child in self._children[parent] if child not in below]
        return self.closure(below)

    def _rank(self, code: str) -> int:
        node = self._nodes.get(code)
        return KINDS.index(node.kind if node else "district")


def merged(chains: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """One list of areas out of several, most local first, those of most chains before others.

    Each chain ends with the widest area, so an area's place counted from the end says how local
    it is.
    """
    local: dict[str, int] = {}
    count: Counter[str] = Counter()
    for chain in chains:
        count.update(chain)
        for position, code in enumerate(reversed(chain)):
            local[code] = max(local.get(code, 0), position)
    return tuple(sorted(local, key=lambda code: (-local[code], -count[code], code)))
