"""What has happened to partners and their services: by whom, when, what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.log_actions import registry
from wagtail.models import Page, PageLogEntry

from cms.models import DirectoryPage, PartnerPage, ServicePage
from cms.reports.base import Field, HubReport


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """An entry of the log of a partner's or a service's page."""

    url: str | None
    when: datetime
    page: str
    partner: str
    what: str
    comment: str
    who: str


def _page_url(row: ChangeRow) -> str | None:
    return row.url


def _kinds() -> list[tuple[str, str]]:
    """What can have happened, as far as it has."""
    happened = _entries().order_by().values_list("action", flat=True).distinct()
    return [(action, registry.get_action_label(action)) for action in sorted(happened)]


def _people(request: Any) -> Any:
    """Those who have changed something."""
    ids = _entries().order_by().values("user_id")
    return get_user_model().objects.filter(pk__in=ids).order_by("username")


class ChangesFilterSet(WagtailFilterSet):
    """By partner, by day, by what was done and by whom."""

    partner = django_filters.ModelChoiceFilter(
        label="Partner",
        queryset=lambda request: PartnerPage.objects.order_by("title"),
        method="of_partner",
    )
    timestamp = django_filters.DateFromToRangeFilter(label="Day", widget=DateRangePickerWidget)
    action = django_filters.ChoiceFilter(label="What was done", choices=_kinds)
    user = django_filters.ModelChoiceFilter(label="By", queryset=_people)

    class Meta:
        model = PageLogEntry
        fields: list[str] = []

    def of_partner(self, entries: Any, name: str, partner: PartnerPage) -> Any:
        pages = Page.objects.descendant_of(partner, inclusive=True)
        return entries.filter(page_id__in=pages.values("pk"))


class ChangesReport(HubReport):
    """The log of partners' and services' pages, the latest first."""

    page_title = "Recent changes"
    header_icon = "history"
    index_url_name = "hub_report_changes"
    index_results_url_name = "hub_report_changes_results"
    filterset_class = ChangesFilterSet
    default_ordering = "-timestamp"
    intro = "What was done to the pages of partners and services, by whom, the latest first."
    no_results_message = "Nothing like that has happened."
    fields = (
        Field("page", "Page", link=_page_url),
        Field("partner", "Partner"),
        Field("what", "What was done"),
        Field("comment", "Comment"),
        Field("who", "By"),
        Field("when", "When", sort="timestamp"),
    )

    def get_base_queryset(self) -> Any:
        return _entries().select_related("user")

    def rows(self, found: Sequence[Any]) -> list[ChangeRow]:
        entries = list(found)
        pages = Page.objects.only("pk", "path", "title").in_bulk({row.page_id for row in entries})
        partners = dict(PartnerPage.objects.values_list("path", "title"))
        return [_row(entry, pages.get(entry.page_id), partners) for entry in entries]


def _entries() -> Any:
    """Entries about partners and services, those about deleted pages too."""
    kinds = ContentType.objects.get_for_models(PartnerPage, ServicePage).values()
    below = Q(pk__in=())
    for path in DirectoryPage.objects.values_list("path", flat=True):
        below |= Q(path__startswith=path, path__gt=path)
    return PageLogEntry.objects.filter(
        Q(content_type__in=kinds) | Q(page_id__in=Page.objects.filter(below).values("pk"))
    )


def _row(entry: Any, page: Any, partners: dict[str, str]) -> ChangeRow:
    return ChangeRow(
        url=reverse("wagtailadmin_pages:history", args=[page.pk]) if page else None,
        when=timezone.localtime(entry.timestamp),
        page=entry.label if page else f"{entry.label} (deleted)",
        partner=_partner(page, partners),
        what=str(entry.message),
        comment=str(entry.comment),
        who=str(entry.user_display_name),
    )


def _partner(page: Any, partners: dict[str, str]) -> str:
    if page is None:
        return ""
    return partners.get(page.path) or partners.get(page.path[: -Page.steplen], "")
