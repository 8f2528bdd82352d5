"""Areas, and the lines that answer in them."""

import re
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.vocabulary.forms.base import Grouped, GroupedChoices, RowForm, checked_code
from cms.vocabulary.forms.language import needs_by_outcome
from cms.vocabulary.lines import Answers, left_without
from directory.geography.areas import KINDS
from directory.models import Area, Helpline

_AREA_CODE = re.compile(r"^[A-Za-z0-9-]+$")
_PHONE = re.compile(r"^\+?[0-9 ()\-]+$")
#: Digits of a number that can be rung: 999 has the fewest.
_DIGITS = (3, 15)


class AreaForm(RowForm):
    """A dated area."""

    fixed = ("code", "kind", "parent")

    class Meta:
        model = Area
        fields = ("code", "name", "kind", "parent", "valid_from", "valid_to", "source")
        labels = {"parent": "Lies in", "valid_from": "Begins on", "valid_to": "Ends on"}
        help_texts = {
            "code": "The ONS code, such as E07000149; for an area of your own a name with hyphens.",
            "kind": "For good: what a postcode lies in is worked out when the map is loaded.",
            "parent": "For good: what a postcode lies in is worked out when the map is loaded.",
            "valid_from": "Leave empty if it has been there for long.",
            "valid_to": "The last day. Leave empty as long as no end is known.",
            "source": "Where this is from.",
        }

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not _AREA_CODE.match(code):
            raise ValidationError("Write letters, digits and hyphens only.")
        return code

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", "It ends before it begins.")
        parent, kind = cleaned.get("parent"), cleaned.get("kind")
        if self.is_new and parent and kind and KINDS.index(parent.kind) <= KINDS.index(kind):
            self.add_error(
                "parent", f"{parent.name} is a {parent.get_kind_display().lower()}: choose a wider."
            )
        return cleaned


class HelplineForm(RowForm):
    """A national line, or a safeguarding front door."""

    fixed = ("code",)
    needs = GroupedChoices(required=False, help_text="What it helps with.")
    areas = GroupedChoices(required=False, help_text="Tick none if it answers the whole country.")
    dangers = forms.MultipleChoiceField(
        choices=Helpline.Danger.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Where somebody may be in danger in this way, it is named before all other help.",
    )

    class Meta:
        model = Helpline
        fields = (
            "code", "name", "kind", "serves", "phone", "text_number", "url", "hours",
            "description", "position", "needs", "areas", "dangers", "professionals",
            "source", "source_date",
        )  # fmt: skip
        labels = {
            "serves": "For", "url": "Web address", "source_date": "Checked on",
            "professionals": "For people who work with families",
        }  # fmt: skip
        help_texts = {
            "code": "For files, for good. For example: childline",
            "professionals": "Practitioners are given it before others, the public is not.",
            "phone": "A number that can be rung, for example: 0800 1111",
            "text_number": "For text messages, if there is one.",
            "position": "Of two lines that fit, the one with the lower number is named.",
            "source": "The page that says so, at the line's own or the council's site.",
            "source_date": "When you last read it there.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].show(needs_by_outcome())
        self.fields["areas"].show(_areas_by_kind())

    def clean_code(self) -> str:
        return checked_code(self.cleaned_data["code"])

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        digits = sum(character.isdigit() for character in phone)
        if phone and not (_PHONE.match(phone) and _DIGITS[0] <= digits <= _DIGITS[1]):
            raise ValidationError(
                "That cannot be rung. Write one number, for example: 0800 1111. What is to be "
                "pressed or said goes into the description."
            )
        return phone

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"]
        if not source.startswith("https://"):
            raise ValidationError("Give an address that begins with https://")
        return source

    def clean_source_date(self) -> Any:
        day = self.cleaned_data["source_date"]
        if day > timezone.localdate():
            raise ValidationError("That day is still to come.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        ways = ("phone", "text_number", "url")
        if not any(cleaned.get(way) for way in ways) and not self.errors.keys() & set(ways):
            self.add_error("phone", "Give a phone number, a text number or a web address.")
        if not self.is_new and not self.errors:
            everywhere = not cleaned["areas"]
            instead = Answers(cleaned["kind"], frozenset(cleaned["needs"]), everywhere)
            saved = Helpline.objects.get(pk=self.instance.pk)
            for problem in left_without(saved, instead):
                self.add_error(None, problem)
        return cleaned


def _areas_by_kind() -> Grouped:
    """Areas to tick, the most local kinds last (one query)."""
    areas = sorted(
        Area.objects.order_by().only("code", "name", "kind"),
        key=lambda area: (-KINDS.index(area.kind), area.name),
    )
    return [
        (str(Area.Kind(kind).label), [(area.code, area.name) for area in group])
        for kind, group in groupby(areas, key=lambda area: area.kind)
    ]
