"""From the first row of a file to what each of its columns is."""

from collections.abc import Mapping, Sequence

from cms.exchange.cells import Problem, closest
from cms.exchange.columns import ID, PARTNER, STATUS, Part
from cms.exchange.sites import site_heading, site_headings


def folded(heading: str) -> str:
    """A heading whatever its capitals and spaces."""
    return " ".join(heading.split()).casefold()


def known_headings(table: Sequence[Part]) -> dict[str, str]:
    """Every heading but those of sites, by its folded form."""
    names = [ID, PARTNER, STATUS, *(name for part in table for name in part.headings)]
    return {folded(name): name for name in names}


def columns_of(
    head: Sequence[str], known: Mapping[str, str]
) -> tuple[dict[int, str], list[Problem]]:
    """The heading of each place, and what is wrong with the first row."""
    columns: dict[int, str] = {}
    problems = []
    for place, text in enumerate(head):
        if not text:
            continue
        name = known.get(folded(text)) or site_heading(" ".join(text.split()))
        if name is None:
            problems.append(Problem(text[:60], _unknown(text, known)))
        elif name in columns.values():
            problems.append(Problem(name, "This heading is there twice. Take one column out."))
        else:
            columns[place] = name
    if not columns and not problems:
        problems.append(Problem("", "The first row has to hold the headings."))
    return columns, problems


def _unknown(text: str, known: Mapping[str, str]) -> str:
    meant = closest(text, [*known.values(), *site_headings(2)])
    hint = f" Did you mean “{meant}”?" if meant else " Take the column out."
    return f"There is no such column.{hint}"
