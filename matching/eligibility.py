"""Whether a service can take this household at all, and which one condition it fails.

Four conditions: it covers the place, it is for the age of somebody at home (a parent asks for a
group that is for the child), it works at the level that was chosen or a step from it, and it is
taking people on.
A service that fails exactly one of them is a near miss; one that fails more is left out.

Only ages that were given shut a service out, and never while the words name somebody whom it could
be for: who types only her own age and writes of her son asks for him too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from directory.reference import Reference
from matching.answer import Failure, LevelOfNeed, NeedFound
from matching.enquiry import Audience, Enquiry, Member
from matching.retrieval import Prospect
from matching.understanding.ages import ages_in
from matching.understanding.clauses import Clause, normalise
from matching.understanding.household import BANDS, household_of

#: Ages in whole years, first and last.
Span = tuple[int, int]

_ANYBODY: Span = (0, 120)
_GROWN_UP: Span = (18, 120)
_CHILD, _ADULT, _PREGNANT = range(len(BANDS), len(BANDS) + 3)
#: How old somebody may be of whom no age is said, by the column of `household.Household.flags`.
_MAY_BE: dict[int, Span] = {
    0: (0, 1),  # a baby
    1: (1, 5),  # a toddler, a child in reception
    3: (11, 24),  # a teenager, a young person
    7: (60, 120),  # a grandparent, somebody retired
    _CHILD: (0, 17),
    _ADULT: _GROWN_UP,
    _PREGNANT: (0, 1),  # the baby that is on its way
}
#: "In her 80s" is no age.
_DECADE = re.compile(r"0['’]?s$", re.IGNORECASE)
#: Who has a child is grown up, though nobody says so.
_OWN_CHILD = re.compile(
    r"\b(?:my|our) (?:\w+ )?(?:son|daughter|child|kid|lad|boy|girl|toddler|baby|teenager|eldest|"
    r"oldest|youngest|grandson|granddaughter|twin|children)s?\b"
)
#: A grown-up's parents may be old, though the word says no age.
_OWN_ELDER = re.compile(
    r"\b(?:my|our) (?:[\w-]+ )?(?:mum|mam|mother|dad|father|parents?|gran|granny|nan|nana|nanna|"
    r"grandm(?:a|other)|grand(?:ad|father|parents?)|in-laws?)\b"
)
_MORE_CHILDREN = re.compile(
    r"\b(?:step-?(?:sons?|daughters?|child|children)|grandchild(?:ren)?|grandkids|teens)\b"
)


@dataclass(frozen=True, slots=True)
class Household:
    """Who is at home and who has which need: what ages are held against. `at_home` makes it.

    `named_ages`: ages that the words give. `others`: how old those may be of whom no age is said.
    """

    members: tuple[Member, ...]
    needs: tuple[NeedFound, ...]
    named_ages: tuple[int, ...] = ()
    others: tuple[Span, ...] = ()

    @property
    def known_ages(self) -> tuple[int, ...]:
        """Ages that were given or that the words give, each once."""
        given = (member.age for member in self.members if member.age is not None)
        return tuple(dict.fromkeys((*given, *self.named_ages)))

    def ages_with(self, codes: Sequence[str]) -> tuple[int | None, ...]:
        """Ages of those who have one of the needs `codes`; None for an age that was not said."""
        concerned = dict.fromkeys(
            index for need in self.needs if need.code in codes for index in need.members
        )
        return tuple(self.members[index].age for index in concerned if index < len(self.members))


def at_home(enquiry: Enquiry, needs: tuple[NeedFound, ...]) -> Household:
    """Those who were given, with those whom the words name beside them.

    Without anybody given no age is held against a service, so the words are not read for it.
    """
    if not enquiry.household:
        return Household((), needs)
    text = enquiry.text
    written = [age for age in ages_in(text) if not age.said]
    decades = [age for age in written if _DECADE.search(text[age.start : age.end])]
    named = tuple(age.years for age in written if age not in decades)
    home = Household(enquiry.household, needs, named)
    ageless = [_ages_of_member(member) for member in home.members if member.age is None]
    # Somebody who is named may be one of those whose age is known: then it is nobody more.
    spoken_of = [
        (low, high)
        for low, high in (
            *((age.years - 5, age.years + 4) for age in decades),
            *_ages_of_people(text),
        )
        if not any(low <= age <= high for age in home.known_ages)
    ]
    return Household(home.members, needs, named, (*ageless, *spoken_of))


def _ages_of_people(text: str) -> Iterator[Span]:
    """How old those may be whom the words name: a son, a mother, a toddler."""
    [named] = household_of(text, (), [Clause(text, 0, len(text), 0)]).clauses
    yield from (_MAY_BE[column] for column in np.flatnonzero(named).tolist() if column in _MAY_BE)
    plain = normalise(text)
    if _OWN_CHILD.search(plain):
        yield _GROWN_UP
    if _OWN_ELDER.search(plain):
        yield _MAY_BE[7]
    if _MORE_CHILDREN.search(plain):
        yield _MAY_BE[_CHILD]


def _ages_of_member(member: Member) -> Span:
    """By the role. A grown-up without an age says nothing of who else is at home: anybody."""
    home = household_of(member.role, (member,), [Clause(member.role, 0, len(member.role), 0)])
    columns = set(np.flatnonzero(home.flags + home.clauses[0]).tolist()) & set(_MAY_BE)
    if len(columns) != 1 or columns & {_ADULT, _PREGNANT}:
        return _ANYBODY
    return _MAY_BE[columns.pop()]


def failures(prospect: Prospect, household: Household, level: LevelOfNeed) -> tuple[Failure, ...]:
    """The conditions that `prospect` fails, in the order area, age, level, capacity."""
    failed: list[Failure] = []
    if not prospect.coverage.covered:
        failed.append("area")
    if not _fits_age(prospect, household):
        failed.append("age")
    if not _fits_level(prospect, level):
        failed.append("level")
    if prospect.facets["capacity"] == "closed":
        failed.append("capacity")
    return tuple(failed)


def fitting_age(prospect: Prospect, household: Household) -> int | None:
    """The first age of somebody with the need that the service sets its bounds around, if any."""
    if prospect.facets["minimum_age"] is None and prospect.facets["maximum_age"] is None:
        return None
    for age in household.ages_with(tuple(prospect.facets["needs"])):
        if age is not None and in_range(
            age, prospect.facets["minimum_age"], prospect.facets["maximum_age"]
        ):
            return age
    return None


def in_range(age: int, low: int | None, high: int | None) -> bool:
    """Whether an age in whole years lies between two bounds, None being no bound."""
    return (low is None or age >= low) and (high is None or age <= high)


def explain(
    failure: Failure, prospect: Prospect, household: Household, level: LevelOfNeed,
    reference: Reference, audience: Audience,
) -> str:  # fmt: skip
    """The failed condition in plain English; for a resident without the names of levels."""
    if failure == "area":
        areas = [reference.areas.get(code, code) for code in prospect.facets["areas"]]
        if areas:
            return f"Just outside its area: it serves {listed(areas)} only."
        distance = prospect.coverage.distance_km
        return f"Too far: its nearest site is about {distance:g} km away."
    if failure == "age":
        return _wrong_age(prospect, household)
    if failure == "level" and audience == "resident":
        return "It is for people who need more or less help than you said."
    if failure == "level":
        wanted = reference.levels[level.code].name if level.code in reference.levels else level.code
        return f"It works at {levels_served(prospect, reference)}, not at {wanted}."
    until = prospect.facets.get("closed_until")
    if until:
        day = date.fromisoformat(until)
        return f"It is closed to new people until {day.day} {day:%B %Y}."
    return "It is closed to new people at the moment."


def ages_served(prospect: Prospect) -> str:
    """The ages a service is for, in words."""
    return age_range(prospect.facets["minimum_age"], prospect.facets["maximum_age"])


def age_range(low: int | None, high: int | None) -> str:
    """Bounds in words: "For ages 11 to 18", "For age 16", "For babies under 1", "For all ages"."""
    first = low or 0
    if high is None:
        return f"For ages {first} and over" if first else "For all ages"
    if high == first:
        return f"For age {high}" if high else "For babies under 1"
    return f"For ages {first} to {high}" if first else f"For ages up to {high}"


def person_aged(age: int) -> str:
    """Somebody of an age: "15-year-old", "baby"."""
    return f"{age}-year-old" if age else "baby"


def levels_served(prospect: Prospect, reference: Reference) -> str:
    """Names of the levels it works at; "other levels" if the hub has done away with them."""
    codes = prospect.facets["levels"]
    names = [reference.levels[code].name for code in codes if code in reference.levels]
    return listed(names) or "other levels"


def _fits_age(prospect: Prospect, household: Household) -> bool:
    low, high = prospect.facets["minimum_age"], prospect.facets["maximum_age"]
    if not household.members or (low is None and high is None):
        return True
    return any(in_range(age, low, high) for age in household.known_ages) or any(
        (high is None or youngest <= high) and (low is None or oldest >= low)
        for youngest, oldest in household.others
    )


def _wrong_age(prospect: Prospect, household: Household) -> str:
    """The ages that were given, and what to do where they may not be all."""
    served, ages = ages_served(prospect), household.known_ages
    if not ages:
        return f"{served}. Add the ages of everybody at home."
    people = listed([f"{_article(age)} {person_aged(age)}" for age in ages])
    if household.named_ages:
        return f"{served}: you told us of {people}."
    return f"{served}: you told us only of {people}. Add the ages of the others, if there are any."


def _article(age: int) -> str:
    return "an" if age in (8, 11, 18) or 80 <= age < 90 else "a"


def _fits_level(prospect: Prospect, level: LevelOfNeed) -> bool:
    """A suggested level never shuts a service out: it is our reading, not the person's word.

    Nor does a chosen one that is a step away: a group for anybody is still good for a family that
    needs more besides. Such a service ranks lower, with "ask".
    """
    levels = prospect.facets["levels"]
    return level.suggested or not levels or bool({level.code, *level.beside} & set(levels))


def listed(words: Sequence[str]) -> str:
    """Words in a row: "Universal, Emerging and Targeted"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
