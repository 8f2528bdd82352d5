"""The terms of the score in plain English: what is said is what was counted."""

from collections.abc import Sequence
from datetime import date

from directory.reference import Reference
from matching.answer import LevelOfNeed, NeedFound
from matching.eligibility import Household, ages_served, fitting_age
from matching.enquiry import Audience
from matching.features import named_finer
from matching.ranking import Contribution, Ranked
from matching.retrieval import Prospect

COVERAGE_WORDS = {
    "near": "Has a site near this place",
    "area": "Serves this area",
    "remote": "By phone or online, from anywhere",
    "national": "Serves the whole country",
    "anywhere": "Without a place that we know, its area was not checked",
    "unstated": "Does not say which area it serves: ask",
    "outside_area": "Outside its area",
    "too_far": "Too far away",
}
_CAPACITY_WORDS = {
    "open": "Taking people on now",
    "limited": "Has a few places left",
    "waiting_list": "Has a waiting list",
    "closed": "Closed to new people",
}


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
        """A sentence for every contribution, the largest first."""
        return tuple(self._sentence(term, ranked.prospect) for term in ranked.contributions)

    def _sentence(self, term: Contribution, prospect: Prospect) -> str:
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
        return "Its description uses words that you used"

    def _coverage(self, prospect: Prospect) -> str:
        return COVERAGE_WORDS[prospect.coverage.kind]

    def _distance(self, prospect: Prospect) -> str:
        distance = prospect.coverage.distance_km
        if distance is None:
            return (
                "How far away it is, we do not know"
                if self._resident
                else "No distance to go by: counted as middling"
            )
        about = "" if prospect.coverage.exact else "roughly "
        return f"Its nearest site is {about}{distance:g} km away"

    def _age_fit(self, prospect: Prospect) -> str:
        words = ages_served(prospect)
        age = fitting_age(prospect, self._household)
        return words if age is None else f"{words}: fits the {age}-year-old"

    def _level_fit(self, prospect: Prospect) -> str:
        if not prospect.facets["levels"]:
            return "Does not say at which level of need it works"
        if not self._level.known:
            return (
                "For how much help it is was not compared"
                if self._resident
                else "No level of need to go by: counted as middling"
            )
        if self._level.code not in prospect.facets["levels"]:
            names = [
                self._reference.levels[code].name
                for code in prospect.facets["levels"]
                if code in self._reference.levels
            ]
            return (
                "May be for more or less help than this: ask"
                if self._resident
                else f"Usually works at {' and '.join(names)}: ask"
            )
        level = self._reference.levels.get(self._level.code)
        name = level.name if level else self._level.code
        return "Right for this amount of help" if self._resident else f"Works at this level: {name}"

    def _capacity(self, prospect: Prospect) -> str:
        words = _CAPACITY_WORDS[prospect.facets["capacity"]]
        weeks = prospect.facets["waiting_weeks"]
        if prospect.facets["capacity"] == "waiting_list" and weeks:
            return f"{words}: about {weeks} week{'' if weeks == 1 else 's'}"
        return words

    def _delivery(self, prospect: Prospect) -> str:
        ways = set(prospect.facets["delivery"])
        if "home_visit" in ways:
            return "Can come to the home"
        return "Can be had by phone" if "phone" in ways else "Can be had online"

    def _cost(self, prospect: Prospect) -> str:
        return "Free"

    def _language(self, prospect: Prospect) -> str:
        return "Can arrange an interpreter"

    def _freshness(self, prospect: Prospect) -> str:
        assured = prospect.facets["assured"]
        if assured is None:
            return "Its details have not been confirmed yet"
        days = max(0, (self._today - date.fromisoformat(assured)).days)
        return f"Its details were confirmed {_ago(days)}"

    def _completeness(self, prospect: Prospect) -> str:
        share = round(100 * prospect.facets["completeness"])
        if self._resident:
            return (
                "Its page says all that people ask about"
                if share == 100
                else "Its page does not say everything yet: ask"
            )
        return "Its listing is full" if share == 100 else f"Its listing is {share}% full"


def _ago(days: int) -> str:
    if days < 2:
        return "today" if days == 0 else "yesterday"
    if days < 60:
        return f"{days} days ago"
    return f"{days // 30} months ago"
