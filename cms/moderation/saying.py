"""What a field of a page says, as people read it, and what tells it from what only reads alike."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Model
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from wagtail.admin.compare import RichTextFieldComparison
from wagtail.admin.panels import FieldPanel
from wagtail.images.models import AbstractImage
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.utils.text import text_from_html

#: Large enough to see what a photo shows.
_PICTURE = "max-330x330"
_NO_PICTURE = SafeString("")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a field says.

    Two of them are the same if their keys are. `exact` differs wherever the key does; it stands
    for `words` that read the same on both sides.
    """

    key: str
    words: str
    exact: str
    picture: SafeString = _NO_PICTURE


def said_by(panel: FieldPanel, row: Model) -> list[Said]:
    """What a field says: nothing, one thing, or several."""
    field = panel.db_field
    value = field.value_from_object(row)
    if field.many_to_many:
        return sorted((_related(item) for item in value), key=lambda item: (item.words, item.key))
    if field.choices:
        return [_plainly(value, dict(field.flatchoices).get(value, value))] if value else []
    if field.is_relation:
        related = getattr(row, field.name)
        return [_related(related)] if related is not None else []
    if value in (None, ""):
        return []
    if panel.get_comparison_class() is RichTextFieldComparison:
        return [_plainly(value, text_from_html(value))]
    return [_plainly(value, _as_read(value))]


def label_of(panel: FieldPanel) -> str:
    """The name of a field in its form."""
    return str(panel.heading or capfirst(panel.db_field.verbose_name))


def is_text(panel: FieldPanel) -> bool:
    """Whether a field holds what somebody typed, so that a part of it may differ."""
    field = panel.db_field
    return field.get_internal_type() in ("CharField", "TextField") and not field.choices


def lines(text: str) -> str:
    """A text whose lines end as everywhere else."""
    return text.replace("\r\n", "\n")


def _plainly(value: Any, words: Any) -> Said:
    return Said(str(value), str(words), str(value))


def _related(item: Model) -> Said:
    """Something that the page names. Of a photo the name says nothing, so it is shown."""
    words, key = str(item), str(item.pk)
    if isinstance(item, AbstractImage):
        words = f"{words}: {item.description} (photo {key})"
        return Said(key, words, words, _picture(item))
    return Said(key, words, f"{words} ({key})")


def _picture(photo: AbstractImage) -> SafeString:
    """The photo itself, without words: they stand beside it."""
    rendition = get_rendition_or_not_found(photo, _PICTURE)
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="">',
        rendition.url,
        rendition.width,
        rendition.height,
    )


def _as_read(value: Any) -> str:
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
