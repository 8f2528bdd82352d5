"""What the hub changed in the admin stays so when files are loaded again: rows that are marked."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils import timezone

from directory.models import HubEdit, Phrase

#: The source of phrases that the hub wrote; files have other sources.
HUB = "hub"
#: More names than this help nobody.
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Kept:
    """Of one table: keys of the rows that the hub added or changed, and of those it took out."""

    changed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()

    def __contains__(self, key: str) -> bool:
        return key in self.changed or key in self.removed


def key_of(row: Model) -> str:
    """What tells a row from others in a file: its code or, for a phrase, its need and words."""
    return phrase_key(row.presented_id, row.text) if isinstance(row, Phrase) else str(row.pk)


def phrase_key(presented: str, text: str) -> str:
    """The key of a phrase."""
    digest = hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()
    return f"{presented}/{digest[:32]}"


def keep(row: Model) -> None:
    """Note, in the caller's transaction, that the hub added `row` or changed it."""
    _note(row, removed=False)


def keep_out(row: Model) -> None:
    """Note, in the caller's transaction, that the hub took `row` out."""
    _note(row, removed=True)


def edited_at(row: Model) -> str:
    """When the hub last edited `row`, to tell one edit from another; empty if it never did."""
    mark = HubEdit.objects.filter(table=_name(type(row)), key=key_of(row)).first()
    return mark.edited_at.isoformat() if mark else ""


def kept(table: type[Model], over: bool = False) -> Kept:
    """What the hub did to `table`. `over`: forget it, so that the files count again."""
    marks = HubEdit.objects.filter(table=_name(table))
    if over:
        marks.delete()
        return Kept()
    rows = dict(marks.values_list("key", "removed"))
    return Kept(
        changed=frozenset(key for key, removed in rows.items() if not removed),
        removed=frozenset(key for key, removed in rows.items() if removed),
    )


def said(what: str, held: Kept, in_files: Iterable[str], named: bool = True) -> str:
    """Which rows of the files were passed over, for whoever loads them; empty if none was."""
    keys = list(dict.fromkeys(in_files))
    changed = [key for key in keys if key in held.changed]
    removed = [key for key in keys if key in held.removed]
    parts = []
    if changed:
        parts.append(f"kept as the hub has them: {len(changed)} {what}{_some(changed, named)}")
    if removed:
        parts.append(f"left out as the hub wishes: {len(removed)} {what}{_some(removed, named)}")
    words = "; ".join(parts)
    return words[:1].upper() + words[1:]


def _note(row: Model, removed: bool) -> None:
    HubEdit.objects.update_or_create(
        table=_name(type(row)),
        key=key_of(row),
        defaults={"removed": removed, "edited_at": timezone.now()},
    )


def _name(table: type[Model]) -> str:
    return str(table._meta.model_name)


def _some(keys: Collection[str], named: bool) -> str:
    if not named:
        return ""
    more = ", …" if len(keys) > _MOST_NAMED else ""
    return f" ({', '.join(sorted(keys)[:_MOST_NAMED])}{more})"
