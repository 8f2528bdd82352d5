"""Partners and their people: who has come, who was invited, what they keep. Administrators only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Length, Substr
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page, WorkflowState

from cms.models import Invitation, PartnerPage, ServicePage
from cms.reports.base import Field, HubReport
from cms.reports.desk import PEOPLE

NOBODY = "nobody"
_STATES = {
    "none": "Nobody edits for it",
    "unsent": "The invitation did not go out",
    "pending": "Invited, has not come yet",
    "came": "Has logged in",
    "closed": "The space is closed",
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of a partner, or a partner without people."""

    url: str
    partner: str
    email: str
    state: str
    invited: date | str
    last_login: date | str
    live: int
    drafts: int
    waiting: int


def _partner_url(row: PersonRow) -> str:
    return row.url


class PeopleFilterSet(WagtailFilterSet):
    """By partner, and by whether people have come."""

    partner = django_filters.ModelChoiceFilter(
        label="Partner",
        queryset=lambda request: PartnerPage.objects.order_by("title"),
        method="of_partner",
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=list(_STATES.items()), method="of_state"
    )

    class Meta:
        model = PartnerPage
        fields: list[str] = []

    def of_partner(self, partners: Any, name: str, partner: PartnerPage) -> Any:
        return partners.filter(pk=partner.pk)

    def of_state(self, partners: Any, name: str, state: str) -> Any:
        closed = Q(space__closed__isnull=False)
        if state == "closed":
            return partners.filter(closed)
        none, came = Q(user_pk__isnull=True), Q(last_login__isnull=False)
        conditions = {
            "none": none,
            "came": came,
            "unsent": Q(invited__isnull=True, was_invited=True) & ~none & ~came,
            "pending": ~(Q(invited__isnull=True, was_invited=True)) & ~none & ~came,
        }
        return partners.filter(conditions[state]).exclude(closed)


class PeopleReport(HubReport):
    """Every partner with its people."""

    permission = PEOPLE
    page_title = "Partners and their people"
    header_icon = "user"
    index_url_name = "hub_report_people"
    index_results_url_name = "hub_report_people_results"
    filterset_class = PeopleFilterSet
    default_ordering = "title"
    intro = (
        "Who edits for each partner and when they came last, with how many services the partner "
        "has live, as drafts, and waiting for the hub."
    )
    no_results_message = "No partner is like that."
    fields = (
        Field("partner", "Partner", link=_partner_url, sort="title"),
        Field("email", "Person", sort="email_of_user"),
        Field("state", "State"),
        Field("invited", "Invited"),
        Field("last_login", "Last log-in", sort="last_login"),
        Field("live", "Live services"),
        Field("drafts", "Drafts"),
        Field("waiting", "Waiting for the hub"),
    )

    def get_base_queryset(self) -> Any:
        invitations = Invitation.objects.filter(
            space=OuterRef("space"), user=OuterRef("space__group__user")
        )
        return PartnerPage.objects.select_related("space").annotate(
            user_pk=F("space__group__user"),
            email_of_user=F("space__group__user__email"),
            last_login=F("space__group__user__last_login"),
            invited=Subquery(invitations.values("sent")[:1]),
            was_invited=Exists(invitations),
        )

    def rows(self, found: Sequence[Any]) -> list[PersonRow]:
        live, drafts, waiting = _numbers()
        return [
            _row(page, live[page.path], drafts[page.path], waiting[page.path]) for page in found
        ]


def _row(page: Any, live: int, drafts: int, waiting: int) -> PersonRow:
    space = getattr(page, "space", None)
    return PersonRow(
        url=reverse("hub_partner", args=[space.pk])
        if space
        else reverse("wagtailadmin_explore", args=[page.pk]),
        partner=page.title,
        email=page.email_of_user or NOBODY,
        state=_STATES[_state(page, space)],
        invited=_day(page.invited),
        last_login=_day(page.last_login, "never" if page.user_pk else ""),
        live=live,
        drafts=drafts,
        waiting=waiting,
    )


def _state(page: Any, space: Any) -> str:
    if space is not None and space.closed:
        return "closed"
    if page.user_pk is None:
        return "none"
    if page.last_login:
        return "came"
    return "unsent" if page.was_invited and page.invited is None else "pending"


def _day(moment: Any, otherwise: str = "") -> date | str:
    return timezone.localdate(moment) if moment else otherwise


def _numbers() -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Services of each partner, by the path of its page: live, as drafts, waiting for the hub.

    A draft is what the public does not see: a new service, or a change of a live one.
    """
    submitted = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, object_id=Cast(OuterRef("pk"), CharField())
    )
    services = ServicePage.objects.annotate(
        above=Substr("path", 1, Length("path") - Page.steplen), submitted=Exists(submitted)
    )
    counted = (
        services.order_by()
        .values("above")
        .annotate(
            live_ones=Count("pk", filter=Q(live=True)),
            drafts=Count("pk", filter=Q(has_unpublished_changes=True) | Q(live=False)),
            waiting=Count("pk", filter=Q(submitted=True)),
        )
    )
    live, drafts, waiting = Counter[str](), Counter[str](), Counter[str]()
    for row in counted:
        live[row["above"]] = row["live_ones"]
        drafts[row["above"]] = row["drafts"]
        waiting[row["above"]] = row["waiting"]
    return live, drafts, waiting
