"""The small tables that every enquiry reads (needs, levels, hubs, lines), held in memory.

A stamp in the database says whether they have changed, so that a request costs one query and an
edit counts in every worker at the next request. The stamp is random rather than a counter: a
transaction that is rolled back cannot leave two states with one stamp.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from directory.models import Area, Helpline, Hub, Level, Need, Outcome, PresentedNeed, Revision

_STAMP = "reference"
_WATCHED: tuple[type[Model], ...] = (Area, Helpline, Hub, Level, Need, Outcome, PresentedNeed)


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference rows of one moment. Treat the rows as read-only.

    Whatever language the database sorts by, they are in the same order: answers name the first.
    """

    needs: dict[str, Need]
    presented: dict[str, PresentedNeed]
    levels: dict[str, Level]
    areas: dict[str, str]
    hubs: tuple[Hub, ...]
    helplines: tuple[Helpline, ...]

    def name_of(self, code: str, *, plain: bool) -> str:
        """The name of a need, for residents the plain one. Raises KeyError."""
        need = self.needs[code]
        return need.plain_name if plain else need.name

    @property
    def level_names(self) -> dict[str, str]:
        """What the hub calls each level of need."""
        return {code: level.name for code, level in self.levels.items()}


_held: tuple[int, Reference] | None = None


def current_reference() -> Reference:
    """The reference rows in force: one query when nothing has changed."""
    global _held
    stamp = _stamp()
    if _held is None or _held[0] != stamp or stamp == 0:
        _held = (stamp, _read())
    return _held[1]


def _stamp() -> int:
    """The stamp in force, 0 before the first. Every enquiry asks, so it is asked in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM directory_revision WHERE name = %s", [_STAMP])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def touch(**_: Any) -> None:
    """Say that reference rows have changed."""
    Revision.objects.update_or_create(name=_STAMP, defaults={"value": secrets.randbelow(2**62) + 1})


def connect() -> None:
    """Let every saved or deleted reference row be noticed. Bulk writers call `touch` themselves."""
    for model in _WATCHED:
        post_save.connect(touch, sender=model, dispatch_uid=f"reference-save-{model.__name__}")
        post_delete.connect(touch, sender=model, dispatch_uid=f"reference-gone-{model.__name__}")


def _read() -> Reference:
    needs = Need.objects.select_related("outcome").order_by()
    presented = PresentedNeed.objects.order_by()
    return Reference(
        needs={n.code: n for n in sorted(needs, key=lambda need: (need.position, need.code))},
        presented={n.slug: n for n in sorted(presented, key=lambda need: need.slug)},
        levels={level.code: level for level in Level.objects.order_by("position")},
        areas=dict(sorted(Area.objects.order_by().values_list("code", "name"))),
        hubs=tuple(sorted(Hub.objects.order_by(), key=lambda hub: (hub.name, hub.pk))),
        helplines=tuple(
            sorted(Helpline.objects.order_by(), key=lambda line: (line.position, line.code))
        ),
    )
