"""The columns of a file, and what field of a page each stands for: one table for both ways.

Whoever adds a field to the form adds a line here (a test says so).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from cms.exchange.cells import (
    CellRefused,
    Content,
    Problem,
    as_choice,
    as_codes,
    as_date,
    as_text,
    as_whole,
    as_yes_no,
    yes_no,
)
from cms.exchange.hours import as_holidays, as_hours, show_holidays, show_hours
from cms.exchange.known import Known
from cms.exchange.sites import Sites
from cms.models import ServicePage

#: What says whose row it is. The status is for reading only.
ID, PARTNER, STATUS = "Service id", "Partner", "Status"
MAIN, ALSO = "Main needs", "Also helps with"
CONFIRMED = "Confirmed on"


class Part(Protocol):
    """Some columns that stand for one thing of a page."""

    @property
    def headings(self) -> tuple[str, ...]: ...

    @property
    def info(self) -> bool:
        """Whether it is for reading only: what somebody writes there is not read."""

    def show(self, content: Content) -> dict[str, str]: ...

    def take(self, content: Content, told: Mapping[str, str]) -> Iterator[Problem]:
        """Put the texts by heading into `content`; what cannot be taken is said and left."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column for one field. `required`: the cell may not be emptied."""

    heading: str
    name: str
    text: Callable[[Any], str]
    value: Callable[[str], Any]
    required: bool = False
    info = False

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.heading,)

    def show(self, content: Content) -> dict[str, str]:
        return {self.heading: self.text(content.get(self.name))}

    def take(self, content: Content, told: Mapping[str, str]) -> Iterator[Problem]:
        try:
            if self.required and not told[self.heading]:
                raise CellRefused("This cannot be empty.")
            content[self.name] = self.value(told[self.heading])
        except CellRefused as refused:
            yield Problem(self.heading, str(refused))


@dataclass(frozen=True, slots=True)
class Needs:
    """The needs that a service meets, in two columns: each need stands in one of them."""

    known: Mapping[str, str]
    info = False

    @property
    def headings(self) -> tuple[str, ...]:
        return (MAIN, ALSO)

    def show(self, content: Content) -> dict[str, str]:
        rows = content.get("page_needs", [])
        return {
            heading: "; ".join(row["need"] for row in rows if row["main"] is main)
            for heading, main in ((MAIN, True), (ALSO, False))
        }

    def take(self, content: Content, told: Mapping[str, str]) -> Iterator[Problem]:
        shown = self.show(content)
        codes: dict[str, list[str]] = {}
        for heading in self.headings:
            try:
                text = told.get(heading, shown[heading])
                codes[heading] = as_codes(text, self.known, "a need")
            except CellRefused as refused:
                yield Problem(heading, str(refused))
        if len(codes) < len(self.headings):
            return
        for code in set(codes[MAIN]) & set(codes[ALSO]):
            yield Problem(ALSO, f"'{code}' is among the main needs too. Name it once.")
        old = {row["need"]: row for row in content.get("page_needs", [])}
        wanted = {code: heading == MAIN for heading in (ALSO, MAIN) for code in codes[heading]}
        content["page_needs"] = [
            {**old.get(code, {"pk": None, "page": None}), "need": code, "main": wanted[code]}
            | {"sort_order": order}
            for order, code in enumerate(dict.fromkeys([*codes[MAIN], *codes[ALSO]]))
        ]


@dataclass(frozen=True, slots=True)
class InWords:
    """The names of the codes in another column, for people. Not read."""

    heading: str
    codes: Callable[[Content], Sequence[str]]
    known: Mapping[str, str]
    info = True

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.heading,)

    def show(self, content: Content) -> dict[str, str]:
        return {self.heading: "; ".join(self.known.get(c, c) for c in self.codes(content))}

    def take(self, content: Content, told: Mapping[str, str]) -> Iterator[Problem]:
        return iter(())


def parts(known: Known, hidden: bool) -> tuple[Part, ...]:
    """The columns from left to right. `hidden`: confidential addresses are not told."""
    return (
        _text("Name", "title", required=True, limit=ServicePage.title_limit),
        _text("Summary", "summary"),
        _text("Description", "description"),
        Needs(known.needs),
        InWords("Needs in words", _need_codes, known.needs),
        _codes("Needs in people's words", "presented_needs", known.presented_needs, "such a need"),
        _whole("Youngest age", "minimum_age"),
        _whole("Oldest age", "maximum_age"),
        _text("Who it is for", "eligibility"),
        _codes("Levels of need", "levels", known.levels, "a level of need"),
        _yes_no("At a site", "in_person"),
        _yes_no("At home", "home_visit"),
        _yes_no("By phone", "by_phone"),
        _yes_no("Online", "online"),
        _yes_no("Serves the whole country", "national"),
        _codes("Areas", "areas", known.areas, "an area"),
        InWords("Areas in words", lambda content: content.get("areas", []), known.areas),
        _text("Outreach", "outreach"),
        _rows("Opening hours", "page_schedules", show_hours, as_hours),
        _rows("Holidays", "page_holidays", show_holidays, as_holidays),
        _yes_no("People can come themselves", "self_referral"),
        _yes_no("A practitioner can refer", "practitioner_referral"),
        _text("How to get it", "how_to_access"),
        _text("What happens next", "next_steps"),
        _phone("Phone", "phone"),
        _text("E-mail", "email"),
        _text("Website", "website"),
        _yes_no("Free", "free", required=True),
        _text("Cost", "fees"),
        _text("Languages", "languages", required=True),
        _yes_no("Interpreters", "interpreters"),
        _text("Accessibility", "accessibility"),
        _choice("How full it is", "capacity"),
        _whole("Waiting weeks", "waiting_weeks"),
        Field("Closed until", "closed_until", _shown, as_date),
        _text("Pledge", "pledge"),
        _text("What changes for people", "outcomes"),
        Field(CONFIRMED, "assured_date", _shown, as_date),
        Sites(hidden),
    )


#: Fields of the form that a file says nothing of: pictures, web addresses, dates of publishing.
LEFT_OUT = frozenset(
    {
        "photo",
        "photo_shows_no_place",
        "slug",
        "seo_title",
        "search_description",
        "show_in_menus",
        "comments",
    }
) | {
    "go_live_at",
    "expire_at",
}


def heading_of(field: str, table: Sequence[Part]) -> str:
    """The column of a field of the page, for what a model says is wrong with it."""
    for part in table:
        if isinstance(part, Field) and part.name == field:
            return part.heading
    return ""


def _need_codes(content: Content) -> list[str]:
    rows = content.get("page_needs", [])
    return [row["need"] for main in (True, False) for row in rows if row["main"] is main]


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _rows(
    heading: str,
    name: str,
    show: Callable[[list[Content]], str],
    read: Callable[[str], list[Content]],
) -> Field:
    """Rows of a page in one cell."""

    def value(text: str) -> list[Content]:
        return [
            {"pk": None, "page": None, "sort_order": order, **row}
            for order, row in enumerate(read(text))
        ]

    return Field(heading, name, lambda rows: show(rows or []), value)


def _text(heading: str, name: str, required: bool = False, limit: int | None = None) -> Field:
    longest = limit or getattr(ServicePage._meta.get_field(name), "max_length", None)
    return Field(heading, name, _shown, lambda text: as_text(text, longest), required)


def _phone(heading: str, name: str) -> Field:
    def value(text: str) -> str:
        if len(text) == 10 and text.isdigit() and not text.startswith("0"):
            raise CellRefused(
                "The spreadsheet has taken the 0 off the number. Write it with a space in it, "
                "for example 01632 960001."
            )
        return as_text(text, getattr(ServicePage._meta.get_field(name), "max_length", None))

    return Field(heading, name, _shown, value)


def _whole(heading: str, name: str) -> Field:
    return Field(heading, name, _shown, as_whole)


def _yes_no(heading: str, name: str, required: bool = False) -> Field:
    return Field(heading, name, yes_no, as_yes_no, required)


def _choice(heading: str, name: str) -> Field:
    labels: dict[str, str] = dict(ServicePage._meta.get_field(name).choices)
    return Field(
        heading,
        name,
        lambda value: labels.get(value, _shown(value)),
        lambda text: as_choice(text, labels),
        required=True,
    )


def _codes(heading: str, name: str, known: Mapping[str, str], what: str) -> Field:
    """Codes of a set, in the order of `known`."""
    order = {code: place for place, code in enumerate(known)}

    def text(codes: list[str] | None) -> str:
        return "; ".join(sorted(codes or [], key=lambda code: (order.get(code, -1), code)))

    return Field(heading, name, text, lambda given: as_codes(given, known, what))
