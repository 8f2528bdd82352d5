"""From the rows of a file to what each would do. Nothing is written here."""

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils import timezone

from cms.exchange.belonging import Belonging
from cms.exchange.cells import CELL_LIMIT, Content, Problem, plain
from cms.exchange.checking import problems_of
from cms.exchange.columns import CONFIRMED, ID, PARTNER, Part, parts
from cms.exchange.contents import CHUNK, Current, blank, contents_of, pages_of
from cms.exchange.headings import columns_of, known_headings
from cms.exchange.known import known
from cms.exchange.plan import Change, Plan, RowPlan, refused_file
from cms.exchange.reading import Row, read
from cms.exchange.scope import Scope
from cms.exchange.sites import Sites

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Told:
    """A row with its texts by heading, and what was wrong with cells before they were read."""

    number: int
    texts: dict[str, str]
    problems: list[Problem]

    @property
    def id(self) -> str:
        return self.texts.get(ID, "")


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What the rows of one file are compared with."""

    belonging: Belonging
    table: Sequence[Part]
    blank: Content
    publish: bool
    today: str


def plan_for(
    data: bytes,
    scope: Scope,
    *,
    publish: bool,
    most: int | None = None,
    progress: Progress | None = None,
) -> Plan:
    """What the file `data` would do. Raises reading.Unreadable.

    `publish`: what it brings goes live, or to the hub for review if a partner brings it; otherwise
    it becomes drafts, which may be incomplete. `most`: rows that it may have.
    """
    table = parts(known(), scope.hidden)
    headings = known_headings(table)
    head, *rows = read(data, headings, most)
    columns, problems = columns_of(head.texts, headings)
    if problems:
        return refused_file(problems, head.number)
    told = [_told(row, columns) for row in rows]
    today = timezone.localdate().isoformat()
    comparison = _Comparison(Belonging(scope, publish), table, blank(), publish, today)
    twice = {uuid for uuid, times in Counter(row.id.lower() for row in told).items() if times > 1}
    planned = []
    for start in range(0, len(told), CHUNK):
        chunk = told[start : start + CHUNK]
        current = _current(chunk, scope)
        planned.extend(_planned(row, current, comparison, twice - {""}) for row in chunk)
        if progress:
            progress(len(planned), len(told))
    comparison.belonging.refuse_namesakes(planned)
    return Plan(planned)


def _told(row: Row, columns: dict[int, str]) -> _Told:
    texts = {name: row.texts[p] if p < len(row.texts) else "" for p, name in columns.items()}
    problems = [
        Problem(columns[place], fault) for place, fault in row.faults.items() if place in columns
    ]
    stray = [place for place, text in enumerate(row.texts) if text and place not in columns]
    if stray:
        problems.append(
            Problem("", f"Cell {stray[0] + 1} of the row stands under no heading: take it out.")
        )
    return _Told(row.number, texts, problems)


def _current(rows: Sequence[_Told], scope: Scope) -> dict[UUID, Current]:
    ids = [uuid for row in rows if (uuid := _uuid(row.id)) is not None]
    if not ids or not scope.partners:
        return {}
    pages = pages_of(scope).filter(service_id__in=ids)
    return {page.service_id: page for page in contents_of(pages, scope)}


def _planned(
    row: _Told, current: dict[UUID, Current], comparison: _Comparison, twice: set[str]
) -> RowPlan:
    name = row.texts.get("Name", "")[:200]
    plan = RowPlan(row.number, name, "unchanged", problems=[*row.problems])
    if row.id.lower() in twice:
        plan.problems.append(Problem(ID, "Another row has this id too. Keep one of them."))
    uuid = _uuid(row.id)
    page = current.get(uuid) if uuid else None
    if page is not None:
        _existing(row, page, plan, comparison)
    elif row.id:
        plan.problems.append(Problem(ID, comparison.belonging.no_such_service()))
    else:
        _new(row, plan, comparison)
    if plan.problems:
        plan.refuse()
    elif plan.action == "unchanged":
        plan.content = None
    return plan


def _existing(row: _Told, page: Current, plan: RowPlan, comparison: _Comparison) -> None:
    _compare(row, page.content, plan, comparison, first=page.never_published)
    belonging = comparison.belonging
    plan.name = plan.name or page.content["title"]
    plan.partner, plan.page_id = page.partner, page.page_id
    found = [belonging.problem_of_partner(row.texts.get(PARTNER, ""), page)]
    if plan.action == "changed":
        plan.revision_id = page.revision_id
        found.append(belonging.in_the_way(page))
    plan.problems.extend(problem for problem in found if problem is not None)


def _new(row: _Told, plan: RowPlan, comparison: _Comparison) -> None:
    plan.action = "created"
    partner = comparison.belonging.partner_of_new(row.texts.get(PARTNER, ""))
    if isinstance(partner, Problem):
        plan.problems.append(partner)
    else:
        plan.partner = partner
    _compare(row, comparison.blank, plan, comparison, first=True)
    if plan.content is not None:
        plan.content["service_id"] = str(uuid4())


def _compare(
    row: _Told, before: Content, plan: RowPlan, comparison: _Comparison, first: bool
) -> None:
    """What the cells would change. `plan.content` is what the page would say.

    `first`: the service was never public.
    """
    new = plan.action == "created"
    after = copy.deepcopy(before)
    faulty = {problem.column for problem in row.problems}
    problems: list[Problem] = []
    for part in comparison.table:
        if part.info:
            continue
        shown = part.show(before)
        told = {n: row.texts[n] for n in _headings(part, row) if n in row.texts and n not in faulty}
        if new:
            told = {name: text for name, text in told.items() if text}
        if all(_same(text, shown.get(name, "")) for name, text in told.items()):
            continue
        problems.extend(part.take(after, told))
        said = part.show(after)
        plan.changes.extend(
            Change(name, plain(shown.get(name, "")), plain(said.get(name, "")))
            for name in dict.fromkeys([*shown, *said])
            if not _same(shown.get(name, ""), said.get(name, ""))
        )
    if first and comparison.publish and (plan.changes or new):
        _confirm(before, after, plan, comparison.today)
    if plan.changes and not new:
        plan.action = "changed"
    if plan.changes or new:
        known_faulty = faulty | {problem.column for problem in problems}
        found = problems_of(after, comparison.table, comparison.publish)
        problems.extend(problem for problem in found if problem.column not in known_faulty)
    plan.problems.extend(problems)
    plan.content = after


def _confirm(before: Content, after: Content, plan: RowPlan, today: str) -> None:
    """Whoever hands in a new service says that it is right, on that day: as in its form."""
    if after.get("assured_date"):
        return
    after["assured_date"] = today
    plan.changes = [change for change in plan.changes if change.column != CONFIRMED]
    if before.get("assured_date") != today:
        plan.changes.append(Change(CONFIRMED, before.get("assured_date") or "", today))


def _headings(part: Part, row: _Told) -> Iterator[str]:
    if isinstance(part, Sites):
        return (name for name in row.texts if name.startswith("Site "))
    return iter(part.headings)


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same to a spreadsheet, which cuts what is longer than a cell."""
    if one == other:
        return True
    one, other = plain(one), plain(other)
    return one == other or (len(one) >= CELL_LIMIT - 2 and other.startswith(one))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
