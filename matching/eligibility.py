"""Whether a service can take this household at all, and which one condition it fails.

Four conditions: it covers the place, it is for the age of somebody at home (a parent asks for a
group that is for the child), it works at the level that was chosen or a step from it, and it is
taking people on.
A service that fails exactly one of them is a near miss; one that fails more is left out.
"""

from collections.abc import Sequence
from datetime import date

from directory.reference import Reference
from matching.answer import Failure, LevelOfNeed
from matching.at_home import Household
from matching.enquiry import Audience
from matching.retrieval import Prospect


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
