"""The matrix of needs and areas: which kinds of help nobody offers where."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import django_filters
from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet

from cms.reports.base import Field, HubReport
from cms.reports.gaps import Coverage, Offer, coverage
from cms.reports.reach import areas_of_kind
from directory.models import Area, Need, Outcome
from directory.reference import current_reference

#: The areas that the hub itself works by.
USUAL = Area.Kind.LOCALITY


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A kind of help, with what is offered in each area and in words where it is missing.

    For the file, the number of an area is the attribute `in_<position>`.
    """

    name: str
    offers: tuple[Offer, ...]
    nobody: str
    in_part: str
    numbers: dict[str, int] = field(repr=False)

    def __getattr__(self, name: str) -> int:
        try:
            return self.numbers[name]
        except KeyError:
            raise AttributeError(name) from None


class CoverageFilterSet(WagtailFilterSet):
    """By kind of area, by outcome, and whether services closed to new people count."""

    kind = django_filters.ChoiceFilter(
        label="Areas",
        choices=[(kind.value, kind.label) for kind in Area.Kind if kind != USUAL],
        empty_label=USUAL.label,
        widget=forms.RadioSelect,
    )
    outcome = django_filters.ModelChoiceFilter(
        label="Outcome", queryset=lambda request: Outcome.objects.all()
    )
    taking = django_filters.ChoiceFilter(
        label="Services that count",
        choices=[("yes", "Those that take new people on")],
        empty_label="All that are live",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Need
        fields: list[str] = []


class CoverageReport(HubReport):
    """What is offered of each kind of help in each area."""

    page_title = "Coverage by need and area"
    header_icon = "table"
    index_url_name = "hub_report_coverage"
    index_results_url_name = "hub_report_coverage_results"
    results_template_name = "cms/hub/reports/coverage_results.html"
    filterset_class = CoverageFilterSet
    paginate_by = None
    intro = (
        "How many live services offer each kind of help in each area, counted by the towns and "
        "villages there, by the same rule as the search: an area that a service declares, the "
        "whole country, near one of its sites, or by phone or online."
    )
    no_results_message = "There are no areas of this kind. Choose another kind."

    @cached_property
    def found(self) -> Coverage:
        """What the filters ask for."""
        asked = self.filters.form.cleaned_data if self.filters.is_valid() else {}
        outcome = asked.get("outcome")
        needs = [
            need
            for need in current_reference().needs.values()
            if outcome is None or need.outcome_id == outcome.pk
        ]
        areas = areas_of_kind(asked.get("kind") or USUAL, timezone.localdate())
        return coverage(areas, needs, taking_people_on=bool(asked.get("taking")))

    def get_queryset(self) -> list[NeedRow]:
        needs = current_reference().needs
        if not self.found.areas:
            return []
        return [_row(needs[code].name, code, self.found) for code in self.found.offers]

    def shown_fields(self) -> Sequence[Field]:
        areas = enumerate(self.found.areas)
        return (
            Field("name", "Kind of help"),
            *(Field(f"in_{position}", area.name) for position, area in areas),
            Field("nobody", "Nobody offers it in"),
            Field("in_part", "Offered only in a part of"),
        )


def _row(name: str, code: str, found: Coverage) -> NeedRow:
    offers = found.offers[code]
    return NeedRow(
        name=name,
        offers=offers,
        nobody=", ".join(found.nobody(code)),
        in_part=", ".join(found.in_part(code)),
        numbers={f"in_{position}": offer.total for position, offer in enumerate(offers)},
    )
