"""Putting lists of proposals together, the same way in every engine."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

#: Of the places in an answer, one in so many is kept for listings that just miss the place.
_SHARE_BEYOND = 4


def in_turns(queues: Iterable[Sequence[int]], limit: int) -> list[int]:
    """The best of every queue, then the second best of every queue, …: none is crowded out."""
    turns = (pk for turn in zip_longest(*queues) for pk in turn if pk is not None)
    return list(dict.fromkeys(turns))[:limit]


def one_after_another(
    within: Sequence[int], by_text: Sequence[int], beyond: Sequence[int], limit: int
) -> list[int]:
    """Listings by need, then by words, then those that just miss the place, for which a part of
    the places is kept. May be longer than `limit`: some may not pass what comes after.
    """
    hits = list(dict.fromkeys([*within, *by_text]))
    spared = min(len(beyond), limit // _SHARE_BEYOND)
    return list(dict.fromkeys([*hits[: limit - spared], *beyond]))
