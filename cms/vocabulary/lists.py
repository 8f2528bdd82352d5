"""The lists of each table, with what uses each row counted."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from cms.models import HubPage
from cms.vocabulary.columns import counting, services_by
from cms.vocabulary.training import state_of_training
from cms.vocabulary.views import RowIndexView
from directory.models import ListingArea, ListingNeed, Need, Phrase, PresentedNeed


class NeedList(RowIndexView):
    note = (
        "The shared language: what partners say their services are for, and what the matcher "
        "finds in people's words. Changed names count at the next request."
    )

    def get_base_queryset(self) -> "QuerySet[Any]":
        rows = super().get_base_queryset().select_related("outcome")
        return rows.annotate(
            services=counting(ListingNeed.objects.all(), "need"),
            presented_needs=counting(PresentedNeed.objects.all(), "need"),
            phrases=counting(Phrase.objects.all(), "presented__need"),
        )


class PresentedList(RowIndexView):
    def get_base_queryset(self) -> "QuerySet[Any]":
        rows = super().get_base_queryset().select_related("need")
        return rows.annotate(number=counting(Phrase.objects.all(), "presented"))

    def complete(self, rows: Iterable[Any]) -> None:
        services = services_by("presented")
        for row in rows:
            row.services = services[row.pk]

    def get_note(self) -> str:
        return state_of_training()


class PhraseList(RowIndexView):
    def get_base_queryset(self) -> "QuerySet[Any]":
        return super().get_base_queryset().select_related("presented__need")

    def get_note(self) -> str:
        return state_of_training()


class OutcomeList(RowIndexView):
    note = "The headlines that needs stand under, on the start page and in every list of needs."

    def get_base_queryset(self) -> "QuerySet[Any]":
        return (
            super().get_base_queryset().annotate(number_of_needs=counting(Need.objects, "outcome"))
        )


class LevelList(RowIndexView):
    note = "The levels of need of your partnership, the lowest first."

    def complete(self, rows: Iterable[Any]) -> None:
        services = services_by("levels")
        for row in rows:
            row.services = services[row.pk]


class AreaList(RowIndexView):
    note = (
        "Areas that services say they serve. Postcodes and villages know which areas they lie in "
        "from the map (“manage.py load_places”)."
    )

    def get_base_queryset(self) -> "QuerySet[Any]":
        through = HubPage.areas.through.objects.filter(hubpage__live=True)
        return (
            super()
            .get_base_queryset()
            .select_related("parent")
            .defer("boundary", "parent__boundary")
            .annotate(
                services=counting(ListingArea.objects.all(), "area_code"),
                hubs=counting(through, "area"),
            )
        )


class LineList(RowIndexView):
    note = (
        "Lines that answer when no local service does, and the front doors for safeguarding. "
        "Each says where it is from and when somebody last checked it."
    )
