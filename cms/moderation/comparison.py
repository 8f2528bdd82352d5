"""What is public and what is submitted, side by side, in the words of the form.

Wagtail's own comparison mixes both into one text; what differs is found with its classes, part by
part of the form, and each side is written by itself.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from django.db.models import Model
from django.utils.formats import date_format, time_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from wagtail.admin.compare import M2MFieldComparison, RichTextFieldComparison, diff_text
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel
from wagtail.models import Page
from wagtail.utils.text import text_from_html

from cms.moderation.differences import content_of, differing

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
        left, right = _sides(panel, before, after)
        if left != right:
            yield Change(tab, _label(panel), left, right, "changed" if before else "added")


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
        return _lines(comparison.val_a) != _lines(comparison.val_b)
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
        words = "confidential" if secret else ", ".join(_words(panel, row))
        if panel.field_name in marked:
            said.append((_label(panel), _mark(tag, words or "nothing")))
        elif words:
            said.append((_label(panel), escape(words)))
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", said))


def _sides(panel: FieldPanel, before: Page | None, after: Page) -> tuple[SafeString, SafeString]:
    old = _words(panel, before) if before is not None else []
    new = _words(panel, after)
    if len(old) == len(new) == 1 and _is_text(panel):
        return _marked_text(old[0], new[0])
    left = [_mark("del", item) if item not in new else escape(item) for item in old]
    right = [_mark("ins", item) if item not in old else escape(item) for item in new]
    return _listed(left), _listed(right)


def _marked_text(old: str, new: str) -> tuple[SafeString, SafeString]:
    changes = diff_text(_lines(old), _lines(new)).changes
    left = [_mark("del", text) if kind == "deletion" else escape(text)
            for kind, text in changes if kind != "addition"]  # fmt: skip
    right = [_mark("ins", text) if kind == "addition" else escape(text)
             for kind, text in changes if kind != "deletion"]  # fmt: skip
    return _joined(left), _joined(right)


def _mark(tag: Tag, text: str) -> SafeString:
    if tag == "ins":
        return format_html("<ins>{}</ins>", text)
    return format_html("<del>{}</del>", text)


def _listed(items: list[SafeString]) -> SafeString:
    return _joined(items, ", ") if items else _NOTHING


def _joined(items: Iterable[SafeString], between: str = "") -> SafeString:
    return format_html_join(between, "{}", ((item,) for item in items))


def _words(panel: FieldPanel, row: Model) -> list[str]:
    """What a field says, as people read it: nothing, one value, or several."""
    field = panel.db_field
    value = field.value_from_object(row)
    if field.many_to_many:
        return sorted(str(item) for item in value)
    if field.choices:
        return [str(dict(field.flatchoices).get(value, value))] if value else []
    if field.is_relation:
        related = getattr(row, field.name)
        return [str(related)] if related is not None else []
    if panel.get_comparison_class() is RichTextFieldComparison:
        value = text_from_html(value)
    return [_plain(value)] if value not in (None, "") else []


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return date_format(localtime(value), "j F Y, H:i")
        case date():
            return date_format(value, "j F Y")
        case time():
            return time_format(value, "H:i")
    return str(value)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _is_text(panel: FieldPanel) -> bool:
    return panel.db_field.get_internal_type() in ("CharField", "TextField") and not (
        panel.db_field.choices
    )


def _label(panel: FieldPanel) -> str:
    return str(panel.heading or capfirst(panel.db_field.verbose_name))


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
