"""What is public and what is submitted, side by side, in the words of the form.

Wagtail's own comparison mixes both into one text; what differs is found with its classes, part by
part of the form, and each side is written by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Model
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.admin.compare import M2MFieldComparison, diff_text
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel
from wagtail.models import Page

from cms.moderation.differences import content_of, differing
from cms.moderation.saying import Said, is_text, label_of, lines, said_by

State = Literal["changed", "added", "removed"]
Tag = Literal["ins", "del"]
#: Whether the value of a field of a row must not be shown.
Hidden = Callable[[Model, str], bool]

_NOTHING = SafeString('<span class="nwd-nothing">nothing</span>')


@dataclass(frozen=True, slots=True)
class Change:
    """One field of the form, or one row of it: public on the left, submitted on the right."""

    tab: str
    label: str
    before: SafeString
    after: SafeString
    state: State


def compare(before: Page | None, after: Page, hidden: Hidden) -> list[Change]:
    """What changes when `after` is published; all that it says if nothing is public yet."""
    changes = [
        change
        for tab, panel in _leaves(after.get_edit_handler())
        for change in _compared(tab, panel, before, after, hidden)
    ]
    return changes + _beside_the_form(before, after)


def _leaves(panel: Panel, tab: str = "") -> Iterator[tuple[str, Panel]]:
    """Fields and sets of rows of the form, with the heading that they stand under."""
    for child in getattr(panel, "children", ()):
        if isinstance(child, FieldPanel | InlinePanel):
            yield tab, child
        else:
            yield from _leaves(child, tab or str(child.heading))


def _compared(
    tab: str, panel: Panel, before: Page | None, after: Page, hidden: Hidden
) -> Iterator[Change]:
    if isinstance(panel, InlinePanel):
        yield from _compared_rows(tab, panel, before, after, hidden)
    elif _says_anew(panel, after) if before is None else _differs(panel, before, after):
        old = said_by(panel, before) if before is not None else []
        new = said_by(panel, after)
        if old or new:
            left, right = _sides(old, new, is_text(panel))
            yield Change(tab, label_of(panel), left, right, "changed" if before else "added")


def _compared_rows(
    tab: str, panel: InlinePanel, before: Page | None, after: Page, hidden: Hidden
) -> Iterator[Change]:
    label = capfirst(str(panel.label or panel.heading))
    old = _rows(before, panel.relation_name) if before is not None else []
    new = _rows(after, panel.relation_name)
    fields = [leaf for _, leaf in _leaves(panel.child_edit_handler)]
    pairs = list(_pairs(old, new))
    for one, other in pairs:
        yield _row(tab, label, fields, one, other, hidden)
    if not pairs and [_row_said(row) for row in old] != [_row_said(row) for row in new]:
        yield Change(tab, label, _NOTHING, _mark("ins", "the same in another order"), "changed")


def _differs(panel: FieldPanel, one: Model, other: Model) -> bool:
    comparison = panel.get_comparison_class()(panel.db_field, one, other)
    if isinstance(comparison, M2MFieldComparison):
        # Wagtail compares lists, and the database gives them in an order of its own.
        return {item.pk for item in comparison.val_a} != {item.pk for item in comparison.val_b}
    if isinstance(comparison.val_a, str) and isinstance(comparison.val_b, str):
        return lines(comparison.val_a) != lines(comparison.val_b)
    return bool(comparison.has_changed())


def _says_anew(panel: FieldPanel, page: Page) -> bool:
    """Whether a field says something on a page that is all new: a box not ticked does not."""
    return panel.db_field.value_from_object(page) is not False


def _rows(page: Page, name: str) -> list[Model]:
    return sorted(getattr(page, name).all(), key=lambda row: row.sort_order or 0)


def _pairs(old: list[Model], new: list[Model]) -> Iterator[tuple[Model | None, Model | None]]:
    """Rows that belong together: first those that say the same, then by key, the rest alone.

    A row of a draft has no key, or the key of a row that was replaced since.
    """
    left, right = list(old), list(new)
    for row in new:
        same = next((other for other in left if _row_said(other) == _row_said(row)), None)
        if same is not None:
            left.remove(same)
            right.remove(row)
    for row in list(right):
        known = next((other for other in left if other.pk is not None and other.pk == row.pk), None)
        if known is not None:
            left.remove(known)
            right.remove(row)
            yield known, row
    yield from ((row, None) for row in left)
    yield from ((None, row) for row in right)


def _row_said(row: Any) -> dict[str, Any]:
    return {
        field.name: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name not in ("id", "page", "sort_order")
    }


def _row(
    tab: str,
    label: str,
    fields: list[FieldPanel],
    one: Model | None,
    other: Model | None,
    hidden: Hidden,
) -> Change:
    """One row as a list of what its fields say, with the fields that differ marked."""
    marked: set[str] = set()
    state: State = "added" if one is None else "removed"
    if one is not None and other is not None:
        marked = {panel.field_name for panel in fields if _differs(panel, one, other)}
        state = "changed"
    left = _row_words(fields, one, hidden, "del", marked)
    right = _row_words(fields, other, hidden, "ins", marked)
    return Change(tab, label, left, right, state)


def _row_words(
    fields: list[FieldPanel], row: Model | None, hidden: Hidden, tag: Tag, marked: set[str]
) -> SafeString:
    if row is None:
        return _NOTHING
    said = []
    for panel in fields:
        secret = hidden(row, panel.field_name)
        words = "confidential" if secret else ", ".join(s.words for s in said_by(panel, row))
        if panel.field_name in marked:
            said.append((label_of(panel), _mark(tag, words or "nothing")))
        elif words:
            said.append((label_of(panel), escape(words)))
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", said))


def _sides(old: list[Said], new: list[Said], text: bool) -> tuple[SafeString, SafeString]:
    """Both sides, with what differs marked.

    Things that differ and read alike, such as two photos of one name, are told apart: who
    approves has to see that there is a difference.
    """
    keys = defaultdict(set)
    for item in (*old, *new):
        keys[item.words].add(item.key)

    def words(item: Said) -> str:
        return item.exact if len(keys[item.words]) > 1 else item.words

    if text and len(old) == len(new) == 1:
        return _marked_text(words(old[0]), words(new[0]))
    return (
        _listed(_shown(item, words(item), "del", new) for item in old),
        _listed(_shown(item, words(item), "ins", old) for item in new),
    )


def _shown(item: Said, words: str, tag: Tag, others: list[Said]) -> SafeString:
    stays = any(other.key == item.key for other in others)
    return format_html("{}{}", item.picture, words if stays else _mark(tag, words))


def _marked_text(old: str, new: str) -> tuple[SafeString, SafeString]:
    changes = diff_text(lines(old), lines(new)).changes
    left = [_mark("del", text) if kind == "deletion" else escape(text)
            for kind, text in changes if kind != "addition"]  # fmt: skip
    right = [_mark("ins", text) if kind == "addition" else escape(text)
             for kind, text in changes if kind != "deletion"]  # fmt: skip
    return _joined(left), _joined(right)


def _mark(tag: Tag, text: str) -> SafeString:
    if tag == "ins":
        return format_html("<ins>{}</ins>", text)
    return format_html("<del>{}</del>", text)


def _listed(items: Iterable[SafeString]) -> SafeString:
    return _joined(items, ", ") or _NOTHING


def _joined(items: Iterable[SafeString], between: str = "") -> SafeString:
    return format_html_join(between, "{}", ((item,) for item in items))


def _beside_the_form(before: Page | None, after: Page) -> list[Change]:
    """Parts that differ and that no panel shows: named, so that nothing is approved unseen."""
    if before is None:
        return []
    shown = {
        panel.relation_name if isinstance(panel, InlinePanel) else panel.field_name
        for _, panel in _leaves(after.get_edit_handler())
    }
    old, new = content_of(before), content_of(after)
    return [
        Change(
            "Beside the form",
            capfirst(name.replace("_", " ")),
            _mark("del", str(old.get(name) or "nothing")),
            _mark("ins", str(new.get(name) or "nothing")),
            "changed",
        )
        for name in sorted(differing(old, new) - shown)
    ]
