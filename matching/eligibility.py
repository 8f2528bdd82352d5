"""Whether a service can take this household at all, and which one condition it fails.

Four conditions: it covers the place, it is for the age of somebody at home (a parent asks for a
group that is for the child), it works at the level that was chosen or a step from it, and it is
taking people on.
A service that fails exactly one of them is a near miss; one that fails more is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from directory.reference import Reference
from matching.answer import Failure, LevelOfNeed, NeedFound
from matching.enquiry import Audience, Member
from matching.retrieval import Prospect


@dataclass(frozen=True, slots=True)
class Household:
    """Who is at home and who has which need: what ages are held against."""

    members: tuple[Member, ...]
    needs: tuple[NeedFound, ...]

    @property
    def ages(self) -> tuple[int | None, ...]:
        """Ages of everybody at home; None for an age that was not said."""
        return tuple(member.age for member in self.members)

    def ages_with(self, codes: Sequence[str]) -> tuple[int | None, ...]:
        """Ages of those who have one of the needs `codes`; None for an age that was not said."""
        concerned = dict.fromkeys(
            index for need in self.needs if need.code in codes for index in need.members
        )
        return tuple(self.members[index].age for index in concerned if index < len(self.members))


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
            return f"Just outside its area: it serves {_listed(areas)} only."
        distance = prospect.coverage.distance_km
        return f"Too far: its nearest site is about {distance:g} km away."
    if failure == "age":
        ages = [str(age) for age in household.ages]
        fits = "does not fit" if len(ages) == 1 else "do not fit"
        return f"{ages_served(prospect)}: {_listed(ages)} {fits}."
    if failure == "level" and audience == "resident":
        return "It is for people who need more or less help than you said."
    if failure == "level":
        served = [
            reference.levels[c].name for c in prospect.facets["levels"] if c in reference.levels
        ]
        wanted = reference.levels[level.code].name if level.code in reference.levels else level.code
        return f"It works at {_listed(served)}, not at {wanted}."
    until = prospect.facets.get("closed_until")
    if until:
        day = date.fromisoformat(until)
        return f"It is closed to new people until {day.day} {day:%B %Y}."
    return "It is closed to new people at the moment."


def ages_served(prospect: Prospect) -> str:
    """The ages a service is for, in words."""
    return age_range(prospect.facets["minimum_age"], prospect.facets["maximum_age"])


def age_range(low: int | None, high: int | None) -> str:
    """Bounds in words: "For ages 11 to 18", "For ages 18 and over", "For all ages"."""
    if low is None and high is None:
        return "For all ages"
    if high is None:
        return f"For ages {low} and over"
    if low is None or low == 0:
        return f"For ages up to {high}"
    return f"For ages {low} to {high}"


def _fits_age(prospect: Prospect, household: Household) -> bool:
    if prospect.facets["minimum_age"] is None and prospect.facets["maximum_age"] is None:
        return True
    return not household.ages or any(
        age is None or in_range(age, prospect.facets["minimum_age"], prospect.facets["maximum_age"])
        for age in household.ages
    )


def _fits_level(prospect: Prospect, level: LevelOfNeed) -> bool:
    """A suggested level never shuts a service out: it is our reading, not the person's word.

    Nor does a chosen one that is a step away: a group for anybody is still good for a family that
    needs more besides. Such a service ranks lower, with "ask".
    """
    levels = prospect.facets["levels"]
    return level.suggested or not levels or bool({level.code, *level.beside} & set(levels))


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
