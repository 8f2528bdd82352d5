"""How the form asks for days of the week, needs and areas: by ticking, never by codes."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html

from cms.opening_words import DAYS
from cms.templatetags.cms_display import language_words
from cms.views.start import need_groups
from directory.models import Area, PresentedNeed
from directory.reference import current_reference

#: English, sign language, and main languages of most people who have another one (Census 2021).
_LANGUAGES = (
    "en", "bfi", "ar", "bn", "bg", "fa", "fr", "gu", "hu", "it", "ku", "lt", "pl", "ps", "pt",
    "pa", "ro", "ru", "so", "es", "ta", "ti", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip


class _Boxes(forms.CheckboxSelectMultiple):
    """Boxes that are drawn here: three templates for each of three hundred, twice over, took half
    of the time that the form takes.
    """

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["drawn"] = format_html(
            '<label for="{}"><input type="checkbox" name="{}" value="{}"{}> {}</label>',
            option["attrs"].get("id", ""),
            option["name"],
            option["value"],
            flatatt(option["attrs"]),
            option["label"],
        )
        return option


class _CodesInARow(_Boxes):
    """Boxes for what is kept as codes with spaces between, in the order of the boxes.

    A code that has no box is left in: it may be right, and if it is not, that is said.
    """

    template_name = "cms/editing/boxes.html"
    #: What all the boxes are, for those who do not see them side by side.
    together = ""

    def format_value(self, value: Any) -> list[str]:
        return value.split() if isinstance(value, str) else super().format_value(value)

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        attrs = super().build_attrs(*args, **kwargs)
        attrs.pop("maxlength", None)
        return attrs

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["together"] = self.together
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        chosen = super().value_from_datadict(data, files, name) or []
        codes = " ".join([chosen] if isinstance(chosen, str) else chosen).split()
        boxes = [code for code, _ in self.choices]
        known = [code for code in boxes if code in codes]
        return " ".join([*known, *dict.fromkeys(code for code in codes if code not in boxes)])


class DaysOfTheWeek(_CodesInARow):
    """Seven boxes for HSDS `byday` codes: "MO TU TH"."""

    together = "Days of the week"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=list(DAYS.items()))


class Languages(_CodesInARow):
    """Boxes for language codes: those spoken most in England, and whatever was there before."""

    together = "Languages"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=[(code, language_words([code])) for code in _LANGUAGES])

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        others = [code for code in value if code and code not in _LANGUAGES]
        self.choices = [(code, language_words([code])) for code in [*_LANGUAGES, *others]]
        return super().optgroups(name, value, attrs)


def need_choices() -> list[Any]:
    """The needs of the shared language under the outcomes that they work towards (one query)."""
    groups = (
        (outcome, [(need.code, need.name) for need in needs]) for outcome, needs in need_groups()
    )
    return [("", "Choose a need"), *groups]


class NeedSelect(forms.Select):
    """The needs under their outcomes. `needs`: asked for once by the form, for all its rows."""

    needs: list[Any] | None = None

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        self.choices = need_choices() if self.needs is None else self.needs
        return super().optgroups(name, value, attrs)


class GroupedCheckboxes(_Boxes):
    """Boxes in groups that open; a group in which something is ticked is open already."""

    template_name = "cms/editing/grouped_checkboxes.html"
    _groups: list[tuple[str, list[tuple[str, str]]]] | None = None

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The boxes by the names of their groups."""
        raise NotImplementedError

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        # A form has its own widgets, which the admin draws twice: they look once.
        if self._groups is None:
            self._groups = self.groups()
        self.choices = self._groups
        return super().optgroups(name, value, attrs)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["groups"] = [
            (group, options, sum(option["selected"] for option in options))
            for group, options, _ in context["widget"]["optgroups"]
        ]
        return context


class Levels(forms.CheckboxSelectMultiple):
    """The levels of need, lowest first (one query)."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        if not isinstance(self.choices, list):
            self.choices = [(row.pk, row.name) for row in current_reference().levels.values()]
        return super().optgroups(name, value, attrs)


class PresentedNeeds(GroupedCheckboxes):
    """What people come with, under the needs of the shared language (no query)."""

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        reference = current_reference()
        rows = sorted(
            reference.presented.values(),
            key=lambda row: (reference.needs[row.need_id].position, row.need_id, row.name),
        )
        return [
            (reference.needs[code].name, _boxes(group))
            for code, group in groupby(rows, key=lambda row: row.need_id)
        ]


class Areas(GroupedCheckboxes):
    """Areas under their kinds, the most local last."""

    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        rows = sorted(
            Area.objects.only("code", "name", "kind"),
            key=lambda area: (Area.Kind.values.index(area.kind), area.name),
        )
        return [
            (Area.Kind(kind).label, _boxes(group))
            for kind, group in groupby(rows, key=lambda area: area.kind)
        ]


def _boxes(rows: Iterable[PresentedNeed | Area]) -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in rows]
