"""The terms of the score in plain English: what is said is what was counted.

What speaks against a service is a term too, one that adds nothing. Residents are not told what
could not be compared: that helps nobody to choose.
"""

from collections.abc import Sequence
from datetime import date

from directory.geography.coverage import Coverage
from directory.reference import Reference
from matching.answer import LevelOfNeed, NeedFound, ServiceFound
from matching.at_home import Household
from matching.eligibility import (
    age_range,
    ages_served,
    fitting_age,
    levels_served,
    person_aged,
)
from matching.enquiry import Audience
from matching.features import named_finer
from matching.ranking import Contribution, Ranked
from matching.retrieval import Prospect

COVERAGE_WORDS = {
    "near": "Has a site near this place",
    "area": "Serves this area",
    "remote": "By phone or online, from anywhere",
    "national": "Serves the whole country",
    "anywhere": "We do not know the place, so its area was not checked",
    "unstated": "Does not say which area it serves: ask",
    "outside_area": "Outside its area",
    "too_far": "Too far away",
}
#: The same where the place is only roughly known: it may lie in the area, or not.
_ROUGHLY = {
    "near": "May have a site near you: ask",
    "area": "May serve your area: ask",
}
#: It does say where it is; it is we who do not know the place.
_SITE_UNPLACED = "We cannot tell how far its site is: give a town or a postcode"
_CAPACITY_WORDS = {
    "open": "Taking people on now",
    "limited": "Has a few places left",
    "waiting_list": "Has a waiting list",
    "closed": "Closed to new people",
}
_REMOTELY = {"phone": "by phone", "online": "online"}
#: Percent of the telling facts below which a listing says little.
_LITTLE = 50


class Reasons:
    """Puts contributions into words for one enquiry."""

    def __init__(
        self,
        needs: Sequence[NeedFound],
        household: Household,
        level: LevelOfNeed,
        reference: Reference,
        audience: Audience,
        today: date,
    ) -> None:
        self._needs = needs
        self._household = household
        self._level = level
        self._reference = reference
        self._resident = audience == "resident"
        self._today = today

    def of(self, ranked: Ranked) -> tuple[str, ...]:
        """A sentence for every contribution that tells something, the largest first."""
        said = (self._sentence(term, ranked.prospect) for term in ranked.contributions)
        return tuple(sentence for sentence in said if sentence)

    def _sentence(self, term: Contribution, prospect: Prospect) -> str:
        """Empty where there is nothing to tell this reader."""
        writer = getattr(self, f"_{term.feature}")
        sentence: str = writer(prospect)
        return sentence

    def _name(self, code: str) -> str:
        need = self._reference.needs[code]
        return need.plain_name if self._resident else need.name

    def _need_fit(self, prospect: Prospect) -> str:
        met = [need.code for need in self._needs if prospect.weight(need.code) > 0]
        return "Helps with: " + "; ".join(self._name(code) for code in met)

    def _first_need(self, prospect: Prospect) -> str:
        return f"Helps with what to act on first: {self._name(self._needs[0].code)}"

    def _main_need(self, prospect: Prospect) -> str:
        mains = [n.code for n in self._needs if prospect.weight(n.code) >= 1.0]
        return f"This is what it is there for: {self._name(mains[0])}"

    def _presented(self, prospect: Prospect) -> str:
        named = [name for need in self._needs for name in named_finer(prospect, need)]
        return f"Helps with exactly this: {'; '.join(named)}"

    def _text(self, prospect: Prospect) -> str:
        return "It names something you wrote about"

    def _coverage(self, prospect: Prospect) -> str:
        if self._resident and prospect.coverage.kind == "anywhere":
            return ""
        return coverage_words(prospect.coverage, sited=bool(prospect.facets["sites"]))

    def _distance(self, prospect: Prospect) -> str:
        distance = prospect.coverage.distance_km
        if distance is None:
            return "" if self._resident else "No distance to go by: counted as some way off"
        about = "" if prospect.coverage.exact else "roughly "
        return f"Its nearest site is {about}{distance:g} km away"

    def _age_fit(self, prospect: Prospect) -> str:
        words = ages_served(prospect)
        age = fitting_age(prospect, self._household)
        if age is None or words == age_range(None, None):
            return words
        return f"{words}: fits the {person_aged(age)}"

    def _level_fit(self, prospect: Prospect) -> str:
        levels, known = prospect.facets["levels"], self._level.known
        if self._resident:
            return _amount_of_help(self._level.code in levels) if levels and known else ""
        if not levels:
            return "Does not say at which level of need it works"
        if not known:
            return "Level of need not known: it counts the same for every service"
        if self._level.code not in levels:
            return f"Usually works at {levels_served(prospect, self._reference)}: ask"
        level = self._reference.levels.get(self._level.code)
        return f"Works at this level: {level.name if level else self._level.code}"

    def _capacity(self, prospect: Prospect) -> str:
        words = _CAPACITY_WORDS[prospect.facets["capacity"]]
        weeks = prospect.facets["waiting_weeks"]
        if not weeks or prospect.facets["capacity"] == "closed":
            return words
        wait = f"about {weeks} week{'' if weeks == 1 else 's'}"
        waiting = prospect.facets["capacity"] == "waiting_list"
        return f"{words}: {wait}" if waiting else f"{words}, but people wait {wait}"

    def _delivery(self, prospect: Prospect) -> str:
        ways = prospect.facets["delivery"]
        if "home_visit" in ways:
            return "Can come to the home"
        remote = [words for way, words in _REMOTELY.items() if way in ways]
        return f"{'You' if self._resident else 'They'} can get it {' or '.join(remote)}"

    def _cost(self, prospect: Prospect) -> str:
        return "Free" if prospect.facets["free"] else "There is a charge: ask"

    def _language(self, prospect: Prospect) -> str:
        return "Can arrange an interpreter"

    def _freshness(self, prospect: Prospect) -> str:
        assured = prospect.facets["assured"]
        if assured is None:
            return "Not confirmed yet: ring first"
        days = max(0, (self._today - date.fromisoformat(assured)).days)
        return f"Its details were confirmed {_ago(days)}"

    def _completeness(self, prospect: Prospect) -> str:
        share = round(100 * prospect.facets["completeness"])
        if self._resident and share < 100:
            return "Its page does not say much yet: ask" if share < _LITTLE else ""
        if self._resident:
            return "Its page says who can come, how to ask and what happens next"
        return "Its listing is full" if share == 100 else f"Its listing is {share}% full"


def coverage_words(coverage: Coverage, sited: bool) -> str:
    """How a service lies to a place, as sure as the place is known. `sited`: it shows a site."""
    if coverage.kind == "unstated" and sited:
        return _SITE_UNPLACED
    roughly = None if coverage.exact else _ROUGHLY.get(coverage.kind)
    return roughly or COVERAGE_WORDS[coverage.kind]


def coverage_said(found: ServiceFound) -> str:
    """The same of a service in an answer, which holds the kind alone: as its reasons have it."""
    careful = {_ROUGHLY.get(found.coverage), _SITE_UNPLACED}
    said = (reason for reason in found.reasons if reason in careful)
    return next(said, COVERAGE_WORDS.get(found.coverage, ""))


def _amount_of_help(fits: bool) -> str:
    """The level of need as residents are told of it."""
    if fits:
        return "About as much help as this seems to need"
    return "May be for people who need more or less help: ask"


def _ago(days: int) -> str:
    if days < 2:
        return "today" if days == 0 else "yesterday"
    if days < 60:
        return f"{days} days ago"
    return f"{days // 30} months ago"
