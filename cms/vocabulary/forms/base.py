"""What every form of the shared language has in common."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from wagtail.admin.forms import WagtailAdminModelForm

from directory.loading.kept import edited_at

_CODE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_FIXED = "Cannot be changed any more: other things are known by it."

Grouped = list[tuple[str, list[tuple[str, str]]]]


class SeenField(forms.CharField):
    """When the row had last been edited as the form was opened; no change of the row itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RowForm(WagtailAdminModelForm):
    """A form whose `fixed` fields can be filled once. `warnings`: said after it was saved."""

    fixed: ClassVar[tuple[str, ...]] = ()
    seen = SeenField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.data, QueryDict):
            self.data = _one_kind_of_line_end(self.data)
        self.warnings: list[str] = []
        self.fields["seen"].initial = self._edited_at()
        if "description" in self.fields:
            self.fields["description"].widget = forms.Textarea(attrs={"rows": 3})
        if not self.is_new:
            for name in self.fixed:
                self.fields[name].disabled = True
                self.fields[name].help_text = _FIXED

    @property
    def is_new(self) -> bool:
        """Whether the row is not in the database yet."""
        return bool(self.instance._state.adding)

    def clean(self) -> dict[str, Any]:
        """Nobody writes over what somebody else has changed meanwhile without being told."""
        cleaned: dict[str, Any] = super().clean()
        seen, edited_at = self.data.get("seen"), self._edited_at()
        if seen is not None and seen != edited_at:
            # Whoever saves again has been told.
            self.data = self.data.copy()
            self.data["seen"] = edited_at
            self.add_error(
                None,
                "Somebody else changed this after you had opened it: its history says what. What "
                "you wrote is kept below. Save again if it is to count instead.",
            )
        return cleaned

    def _edited_at(self) -> str:
        if self.is_new:
            return ""
        # As it is in the database: the form writes to its instance before this is asked again.
        saved = self._meta.model._default_manager.filter(pk=self.instance.pk).first()
        return edited_at(saved) if saved is not None else ""

    def others(self) -> Any:
        """The other rows of the table."""
        rows = self._meta.model._default_manager.all()
        return rows if self.is_new else rows.exclude(pk=self.instance.pk)


def _one_kind_of_line_end(data: QueryDict) -> QueryDict:
    """What a browser sent, with the line ends that the database has: else all would be changed."""
    sent = data.copy()
    for name, values in data.lists():
        sent.setlist(name, [str(value).replace("\r\n", "\n") for value in values])
    return sent


def checked_code(code: str) -> str:
    """A code as files have it. Raises ValidationError."""
    if not _CODE.match(code):
        raise ValidationError(
            "Write small letters, digits and hyphens only, for example: debt-advice"
        )
    return code


def checked_position(form: RowForm, position: int) -> int:
    """A number that no other row has. Raises ValidationError."""
    taken = dict(form.others().values_list("position", "name"))
    if position in taken:
        free = max(taken) + 1
        raise ValidationError(
            f"“{taken[position]}” has number {position}. Give this another; {free} is free."
        )
    return position


def next_position(form: RowForm) -> int:
    """The first number after all that are taken."""
    return max(form.others().values_list("position", flat=True), default=0) + 1


class GroupedChoices(forms.MultipleChoiceField):
    """Codes to tick, under headings. `show` sets what there is to choose from."""

    widget = forms.CheckboxSelectMultiple

    def show(self, groups: Iterable[tuple[str, list[tuple[str, str]]]]) -> None:
        self.choices = list(groups)
