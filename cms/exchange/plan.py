"""What an import would do, row by row: made, shown and agreed to before anything is written."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from cms.exchange.cells import Content, Problem
from cms.models import PartnerPage

Action = Literal["created", "changed", "unchanged", "refused"]
ACTIONS: tuple[Action, ...] = ("refused", "created", "changed", "unchanged")


@dataclass(frozen=True, slots=True)
class Change:
    """A column that would say something else."""

    column: str
    before: str
    after: str


@dataclass(slots=True)
class RowPlan:
    """What one row does. `number` is what the spreadsheet shows.

    `content` is what the page would say; `revision_id` names the version that it was worked out
    from. Both are None for a row that does nothing.
    """

    number: int
    name: str
    action: Action
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    partner: PartnerPage | None = None
    page_id: int | None = None
    revision_id: int | None = None
    content: Content | None = None

    def refuse(self, *problems: Problem) -> None:
        """Let the row do nothing, and say why."""
        self.problems.extend(problems)
        self.action, self.content, self.revision_id = "refused", None, None

    def as_json(self) -> dict[str, Any]:
        """What a preview shows of it."""
        return {
            "number": self.number,
            "name": self.name,
            "action": self.action,
            "partner": self.partner.title if self.partner else "",
            "changes": [[c.column, c.before, c.after] for c in self.changes],
            "problems": [[p.column, p.message] for p in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole file."""

    rows: list[RowPlan]

    @property
    def counts(self) -> dict[Action, int]:
        count = Counter(row.action for row in self.rows)
        return {action: count[action] for action in ACTIONS}

    @property
    def refused(self) -> bool:
        return any(row.action == "refused" for row in self.rows)

    def doing(self, action: Action) -> list[RowPlan]:
        return [row for row in self.rows if row.action == action]

    @property
    def fingerprint(self) -> str:
        """Differs when anything that was agreed to differs, or a page was edited meanwhile."""
        told = [[row.as_json(), row.page_id, row.revision_id] for row in self.rows]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def refused_file(problems: Iterable[Problem], number: int = 1) -> Plan:
    """A file whose headings are wrong: nothing else was looked at."""
    return Plan([RowPlan(number, "The headings", "refused", problems=list(problems))])
