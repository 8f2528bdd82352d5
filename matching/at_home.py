"""Who is at home: those who were given and those whom the words name, with the ages they may have.

Only ages that were given shut a service out, and never while the words name somebody whom it could
be for: who types only her own age and writes of her son asks for him too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matching.answer import NeedFound
from matching.enquiry import Enquiry, Member
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
_SIBLING = re.compile(r"\b(?:siblings?|(?:step-?|half-?)?(?:brother|sister)s?)\b")


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
    if _has_another_child(text, home.known_ages):
        spoken_of.append(_MAY_BE[_CHILD])
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


def _has_another_child(text: str, ages: Sequence[int]) -> bool:
    """A child's brother or sister, where that child alone is known, is a child more."""
    children = sum(age <= _MAY_BE[_CHILD][1] for age in ages)
    return children == 1 and _SIBLING.search(normalise(text)) is not None


def _ages_of_member(member: Member) -> Span:
    """By the role. A grown-up without an age says nothing of who else is at home: anybody."""
    home = household_of(member.role, (member,), [Clause(member.role, 0, len(member.role), 0)])
    columns = set(np.flatnonzero(home.flags + home.clauses[0]).tolist()) & set(_MAY_BE)
    if len(columns) != 1 or columns & {_ADULT, _PREGNANT}:
        return _ANYBODY
    return _MAY_BE[columns.pop()]
