"""Who is at home and how old: the household that was given joined with what the words say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.enquiry import Member
from matching.understanding.ages import ages_in
from matching.understanding.clauses import Clause, normalise
from matching.understanding.pattern_set import PatternSet

#: Bands of age in years, low ≤ age < high; then what is known of people without an age.
BANDS = (
    ("baby", 0, 2),
    ("under five", 2, 5),
    ("five to ten", 5, 11),
    ("eleven to fifteen", 11, 16),
    ("sixteen or seventeen", 16, 18),
    ("eighteen to twenty-four", 18, 25),
    ("twenty-five to sixty-four", 25, 65),
    ("sixty-five and over", 65, 200),
)
_OLDER = len(BANDS) - 1
_CHILD, _ADULT, _PREGNANT, _UNKNOWN = (len(BANDS) + place for place in range(4))
#: Number of columns of `Household.flags`.
WIDTH = len(BANDS) + 4

_ROLES = {
    "parent": _ADULT,
    "adult": _ADULT,
    "older person": _OLDER,
    "young person": 3,
    "child": _CHILD,
    "baby": 0,
    "pregnant": _PREGNANT,
    "unborn": _PREGNANT,
}
#: Words for people, and what they say of them.
_WORDS = {
    r"\b(?:son|sons|daughters?|kids?|child|children|lad|lads|boys?|girls?|little one|"
    r"little ones|eldest|oldest|youngest|pupil|twins|grandson|granddaughter|schoolboy|"
    r"schoolgirl|dd|ds|siblings?|nephew|niece)\b": _CHILD,
    r"\b(?:pregnant|pregnancy|expecting|/40|antenatal|due in|bump|midwife)\b": _PREGNANT,
    r"\b(?:mum|mam|dad|father|mother|husband|wife|parents?|partner|tenant|bloke|fella|"
    r"boyfriend|girlfriend|landlord|stepdad|stepmum|woman|man|lady)\b": _ADULT,
    r"\b(?:nan|nana|nanna|gran|granny|grandma|grandad|grandparents?|widow|widower)\b": _OLDER,
}
_PEOPLE, _COLUMNS = PatternSet(_WORDS), list(_WORDS.values())


@dataclass(frozen=True, slots=True)
class Household:
    """`members` as given; `flags` (WIDTH,) 0/1: which bands anybody is in, by age or by role.

    `clauses` (n, WIDTH): the same for the people named in each clause.
    """

    members: tuple[Member, ...]
    flags: NDArray[np.float32]
    clauses: NDArray[np.float32]


def band_of(age: int) -> int:
    """The index into BANDS of an age in years."""
    return next(place for place, (_, low, high) in enumerate(BANDS) if low <= age < high)


def household_of(text: str, members: Sequence[Member], clauses: Sequence[Clause]) -> Household:
    """Join the members that were given with the ages and people that `text` names."""
    named = np.zeros((len(clauses), WIDTH), np.float32)
    flags = np.zeros(WIDTH, np.float32)
    starts = [clause.start for clause in clauses]
    incomplete = not members or any(member.age is None for member in members)
    for age in ages_in(text):
        band = band_of(age.years)
        if incomplete:
            flags[band] = 1
        place = int(np.searchsorted(starts, age.start, side="right")) - 1
        if place >= 0:
            named[place, band] = 1
    for place, clause in enumerate(clauses):
        people = _PEOPLE.found_in(normalise(clause.text))
        named[place, _COLUMNS] = np.maximum(named[place, _COLUMNS], people)
    for member in members:
        flags[_band_of_member(member)] = 1
    if not members:
        np.maximum(flags, named.max(axis=0, initial=0), out=flags)
    if not flags.any():
        flags[_UNKNOWN] = 1
    return Household(tuple(members), flags, named)


def _band_of_member(member: Member) -> int:
    if member.age is not None and member.age >= 0:
        return band_of(min(member.age, 199))
    return _ROLES.get(member.role.strip().lower(), _UNKNOWN)


def members_concerned(
    household: Household, places: Sequence[int], youngest: int, oldest: int
) -> tuple[int, ...]:
    """Indexes of the members whom clauses `places` name, among those `youngest`–`oldest` years.

    Those named by age or role come first in order; where nobody is named, everybody of a fitting
    age; where nobody fits, everybody. A member without an age fits where the role allows it.
    """
    named = household.clauses[list(places)].max(axis=0, initial=0) if places else None
    fitting = [
        index for index, member in enumerate(household.members) if _may_be(member, youngest, oldest)
    ]
    if named is not None:
        chosen = [i for i in fitting if named[_band_of_member(household.members[i])]]
        if chosen:
            return tuple(chosen)
    return tuple(fitting) or tuple(range(len(household.members)))


def _may_be(member: Member, youngest: int, oldest: int) -> bool:
    if member.age is not None:
        return youngest <= member.age <= oldest
    low, high = {
        "baby": (0, 1),
        "child": (0, 17),
        "young person": (11, 24),
        "older person": (60, 120),
        "unborn": (0, 0),
    }.get(member.role.strip().lower(), (18, 120))
    return low <= oldest and high >= youngest
