"""What happens when the hub saves or deletes a row: marks for the loaders, the index, the log."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.forms import ModelForm
from wagtail.log_actions import log

from cms.vocabulary.effects import listings_to_reindex
from cms.vocabulary.lines import left_without
from cms.vocabulary.training import is_suggested, notes_naming
from directory.listings import reindex
from directory.loading.kept import HUB, keep, keep_out
from directory.models import Helpline, Level, Need, Phrase
from directory.writing import wait_for_turn

#: Characters of a value that the history shows.
_SHOWN = 200


@transaction.atomic
def save(form: ModelForm[Any]) -> tuple[Model, int]:
    """Save a valid form. Returns the row, and how many services were indexed again.

    A form that changed nothing leaves no mark: the files go on counting for its row.
    """
    wait_for_turn()
    row: Model = form.instance
    new = row._state.adding
    if not new and not form.has_changed():
        return row, 0
    if isinstance(row, Phrase):
        _take_from_file(row)
    row = form.save()
    keep(row)
    if new:
        log(instance=row, action="wagtail.create", content_changed=True)
        return row, 0
    changes = [_change(form, name) for name in form.changed_data]
    log(instance=row, action="cms.change_row", content_changed=True, data={"changes": changes})
    return row, reindex(listings_to_reindex(row, set(form.changed_data)))


@transaction.atomic
def delete(row: Model) -> None:
    """Delete a row that may go."""
    log(instance=row, action="wagtail.delete", deleted=True)
    keep_out(row)
    row.delete()


def why_not(row: Model) -> list[str]:
    """Why a row must stay, beside what uses it: in sentences."""
    if isinstance(row, Helpline):
        return left_without(row, None)
    if isinstance(row, Level) and is_suggested(row.pk):
        return ["The matcher suggests this level from what people write."]
    if isinstance(row, Need) and (files := notes_naming(row.pk)):
        return [
            f"The notes that the matcher learns from name it ({len(files)} files, {files[0]} "
            "first): the matcher could not be trained without it. Change its names instead."
        ]
    return []


def _take_from_file(phrase: Phrase) -> None:
    """From now on a phrase is the hub's; the file's words for it stay out."""
    before = Phrase.objects.filter(pk=phrase.pk).first()
    if before is not None and before.source != HUB:
        keep_out(before)
    phrase.source = HUB


def _change(form: ModelForm[Any], name: str) -> list[str]:
    label = str(form.fields[name].label or name)
    return [
        label,
        _shown(form.get_initial_for_field(form.fields[name], name)),
        _shown(form.cleaned_data.get(name)),
    ]


def _shown(value: Any) -> str:
    if isinstance(value, Model):
        value = value.pk
    if isinstance(value, dict):
        value = [f"{key}: {held}" for key, held in value.items()]
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    text = "" if value is None else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
