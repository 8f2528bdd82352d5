"""What reports about services have in common: their partner, and filters by partner and hub."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length, Substr
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.models import PartnerPage, ServicePage
from cms.reports.gaps import services_reaching
from directory.reference import current_reference


def with_partner(services: PageQuerySet) -> PageQuerySet:
    """Services with `partner_name`: a partner is the page above."""
    above = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
    return services.annotate(
        partner_name=Subquery(PartnerPage.objects.filter(path=above).values("title")[:1])
    )


def edit_url(row: Any) -> str:
    """Where the service of a row is edited."""
    return reverse("wagtailadmin_pages:edit", args=[row.pk])


def hubs() -> list[tuple[str, str]]:
    """The hubs, as choices of a filter."""
    return [(str(hub.pk), hub.name) for hub in current_reference().hubs]


class ServiceFilterSet(WagtailFilterSet):
    """Services of one partner, or those that reach the areas of one hub."""

    partner = django_filters.ModelChoiceFilter(
        label="Partner",
        queryset=lambda request: PartnerPage.objects.order_by("title"),
        method="of_partner",
    )
    hub = django_filters.ChoiceFilter(label="Reaches the areas of", choices=hubs, method="of_hub")

    class Meta:
        model = ServicePage
        fields: list[str] = []

    def of_partner(self, services: Any, name: str, partner: PartnerPage) -> Any:
        return services.descendant_of(partner)

    def of_hub(self, services: Any, name: str, pk: str) -> Any:
        hub = next(hub for hub in current_reference().hubs if hub.pk == UUID(pk))
        return services.filter(service_id__in=services_reaching(hub.areas))
