"""Outcomes, needs, presented needs, phrases and levels."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator

from cms.vocabulary.forms.base import (
    Grouped,
    GroupedChoices,
    RowForm,
    checked_code,
    checked_position,
    next_position,
)
from directory.models import Level, Need, Outcome, Phrase, PresentedNeed

#: Characters of a phrase. The longest that came with the files has 241; a story is no phrase.
PHRASE_LIMITS = (2, 300)


class OutcomeForm(RowForm):
    """A headline outcome."""

    fixed = ("number",)

    class Meta:
        model = Outcome
        fields = ("number", "name", "source")


class NeedForm(RowForm):
    """A kind of help."""

    fixed = ("code",)

    class Meta:
        model = Need
        fields = ("code", "name", "plain_name", "description", "outcome", "position")
        help_texts = {
            "code": "For addresses and files, for good. For example: debt-advice",
            "name": "As practitioners and partners call it.",
            "position": "Its number in lists, and in addresses that must not name it.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].label = "Number"
        if self.is_new:
            self.fields["position"].initial = next_position(self)

    def clean_code(self) -> str:
        return checked_code(self.cleaned_data["code"])

    def clean_position(self) -> int:
        return checked_position(self, self.cleaned_data["position"])


class PresentedNeedForm(RowForm):
    """A need as people bring it."""

    fixed = ("slug", "need")

    class Meta:
        model = PresentedNeed
        fields = ("slug", "need", "name", "description")
        labels = {"slug": "Code"}
        help_texts = {
            "slug": "For files, for good. For example: bailiffs",
            "need": "The kind of help it is part of, for good.",
            "name": "In the words of those who have it, for example: Bailiffs at the door",
        }

    def clean_slug(self) -> str:
        return checked_code(self.cleaned_data["slug"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        same = self.others().filter(need=cleaned.get("need"), name__iexact=cleaned.get("name", ""))
        if cleaned.get("name") and same.exists():
            self.add_error("name", "This need has a presented need of that name already.")
        return cleaned


class PresentedIterator(ModelChoiceIterator):
    """Presented needs under the needs that they are part of."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", "Choose one")
        rows = self.queryset.select_related("need").order_by("need__position", "name")
        for need, group in groupby(rows, key=lambda row: row.need):
            yield (need.name, [self.choice(row) for row in group])


class PresentedChoice(forms.ModelChoiceField):
    iterator = PresentedIterator


class PhraseForm(RowForm):
    """Words that people use."""

    presented = PresentedChoice(
        queryset=PresentedNeed.objects.all(),
        label="Presented need",
        help_text="What these words mean above all.",
    )
    also_needs = GroupedChoices(
        required=False,
        label="Also states",
        help_text="Tick further kinds of help only if the words themselves ask for them.",
    )

    class Meta:
        model = Phrase
        fields = ("text", "presented", "register", "also_needs")
        labels = {"text": "Words", "register": "Who speaks"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": "As somebody would write or say it, without names of people."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["also_needs"].show(needs_by_outcome())

    def clean_text(self) -> str:
        text = " ".join(self.cleaned_data["text"].split())
        least, most = PHRASE_LIMITS
        if not least <= len(text) <= most:
            raise ValidationError(
                f"A phrase has {least} to {most} characters; this has {len(text)}. "
                "Cut a story into the phrases that matter."
            )
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        text, presented = cleaned.get("text"), cleaned.get("presented")
        if text and presented:
            self._compare(text, presented)
            also = cleaned.get("also_needs", [])
            cleaned["also_needs"] = [code for code in also if code != presented.need_id]
        return cleaned

    def _compare(self, text: str, presented: PresentedNeed) -> None:
        """The same words twice teach nothing; under two needs they teach two things."""
        same = self.others().filter(text__iexact=text).select_related("presented__need")
        for phrase in same:
            under = f"“{phrase.presented.name}” ({phrase.presented.need.name})"
            if phrase.presented.need_id == presented.need_id:
                self.add_error("text", f"The same words are there already, under {under}.")
                return
            self.warnings.append(
                f"The same words are also under {under}. The matcher learns both: delete one of "
                "them if people who say so want one thing only."
            )


class EquivalentsField(forms.CharField):
    """What other schemes call a level: one "scheme: name" a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{scheme}: {name}" for scheme, name in value.items())
        return value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        pairs = [line.partition(":") for line in lines]
        for line, (scheme, _, name) in zip(lines, pairs, strict=True):
            if not scheme.strip() or not name.strip():
                raise ValidationError(f"Write the scheme, a colon and the name: “{line}” has not.")
        return {scheme.strip(): name.strip() for scheme, _, name in pairs}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class LevelForm(RowForm):
    """A level of need."""

    fixed = ("code",)
    equivalents = EquivalentsField(
        required=False,
        label="In other schemes",
        help_text="One a line, for example: North Somerset: 2a",
    )

    class Meta:
        model = Level
        fields = ("code", "name", "position", "description", "equivalents")
        help_texts = {
            "code": "For files, for good. For example: targeted",
            "position": "The lowest level comes first.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_new:
            self.fields["position"].initial = next_position(self)

    def clean_code(self) -> str:
        return checked_code(self.cleaned_data["code"])

    def clean_position(self) -> int:
        return checked_position(self, self.cleaned_data["position"])


def needs_by_outcome() -> Grouped:
    """Needs to tick, under their outcomes (one query)."""
    needs = Need.objects.select_related("outcome").order_by("outcome", "position")
    return [
        (outcome.name, [(need.code, need.name) for need in group])
        for outcome, group in groupby(needs, key=lambda need: need.outcome)
    ]
