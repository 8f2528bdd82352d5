"""What the lists can be narrowed to."""

import django_filters
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet

from directory.loading.kept import HUB
from directory.models import Area, Helpline, Need, Outcome, Phrase, PresentedNeed


class NeedFilter(WagtailFilterSet):
    outcome = django_filters.ModelChoiceFilter(queryset=Outcome.objects.all())

    class Meta:
        model = Need
        fields = ("outcome",)


class PresentedFilter(WagtailFilterSet):
    need = django_filters.ModelChoiceFilter(queryset=Need.objects.all())

    class Meta:
        model = PresentedNeed
        fields = ("need",)


class PhraseFilter(WagtailFilterSet):
    need = django_filters.ModelChoiceFilter(
        queryset=Need.objects.all(), field_name="presented__need", label="Need"
    )
    presented = django_filters.ModelChoiceFilter(
        queryset=PresentedNeed.objects.order_by("name"), label="Presented need"
    )
    register = django_filters.ChoiceFilter(choices=Phrase.Register.choices, label="Who speaks")
    writer = django_filters.ChoiceFilter(
        choices=[("hub", "The hub"), ("files", "The files that it was set up with")],
        label="Written by",
        method="by_writer",
    )

    class Meta:
        model = Phrase
        fields = ("need", "presented", "register", "writer")

    def by_writer(self, rows: "QuerySet[Phrase]", name: str, value: str) -> "QuerySet[Phrase]":
        return rows.filter(source=HUB) if value == "hub" else rows.exclude(source=HUB)


class AreaFilter(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(choices=Area.Kind.choices)
    when = django_filters.ChoiceFilter(
        choices=[("now", "There now"), ("ended", "Ended"), ("coming", "Still to begin")],
        label="When",
        method="by_date",
    )

    class Meta:
        model = Area
        fields = ("kind", "when")

    def by_date(self, rows: "QuerySet[Area]", name: str, value: str) -> "QuerySet[Area]":
        today = timezone.localdate()
        ended, coming = Q(valid_to__lt=today), Q(valid_from__gt=today)
        return rows.filter({"ended": ended, "coming": coming, "now": ~ended & ~coming}[value])


class LineFilter(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(choices=Helpline.Kind.choices)
    serves = django_filters.ChoiceFilter(choices=Helpline.For.choices, label="For")
    need = django_filters.ModelChoiceFilter(
        queryset=Need.objects.all(), label="Need", method="by_need"
    )

    class Meta:
        model = Helpline
        fields = ("kind", "serves", "need")

    def by_need(self, rows: "QuerySet[Helpline]", name: str, value: Need) -> "QuerySet[Helpline]":
        listed = rows.annotate(listed=Cast("needs", TextField()))
        return listed.filter(listed__contains=f'"{value.pk}"')
