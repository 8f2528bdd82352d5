"""Which services have a site that nobody may learn of; where it is only administrators see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet

from cms.confidential.access import PERMISSION
from cms.models import ConfidentialAddress, PartnerPage, ServicePage, ServicePageSite
from cms.reports.base import Field, HubReport
from cms.reports.desk import may_use
from cms.reports.services import edit_url, with_partner

#: The fields of a site that say where it is.
_WHERE = ("name", "address_1", "city", "postal_code")


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A confidential site. `address` is empty for whoever may not see it."""

    pk: int
    title: str
    partner: str
    state: str
    address: str


class SiteFilterSet(WagtailFilterSet):
    """By partner, and by whether the service is live."""

    partner = django_filters.ModelChoiceFilter(
        label="Partner",
        queryset=lambda request: PartnerPage.objects.order_by("title"),
        method="of_partner",
    )
    live = django_filters.BooleanFilter(label="Live", field_name="live")

    class Meta:
        model = ServicePage
        fields: list[str] = []

    def of_partner(self, services: Any, name: str, partner: PartnerPage) -> Any:
        return services.descendant_of(partner)


class ConfidentialReport(HubReport):
    """Confidential sites, by service."""

    page_title = "Confidential sites"
    header_icon = "lock"
    index_url_name = "hub_report_confidential"
    index_results_url_name = "hub_report_confidential_results"
    filterset_class = SiteFilterSet
    default_ordering = "title"
    no_results_message = "No service has a confidential site."
    fields = (
        Field("title", "Service", link=edit_url, sort="title"),
        Field("partner", "Partner", sort="partner_name"),
        Field("state", "State"),
    )

    @cached_property
    def sees_addresses(self) -> bool:
        """Whether this user may see where the sites are."""
        return may_use(self.request.user, PERMISSION)

    @property
    def intro(self) -> str:  # type: ignore[override]
        if self.sees_addresses:
            return (
                "Services with a site that nobody may learn of, also if it is new in a draft. The "
                "address is shown to you as an administrator and to the partner, and a file that "
                "you download holds it: keep it as you would keep the address."
            )
        return (
            "Services with a site that nobody may learn of, also if it is new in a draft. Where it "
            "is only the partner and the hub's administrators can see."
        )

    def shown_fields(self) -> Sequence[Field]:
        return (*self.fields, Field("address", "Address")) if self.sees_addresses else self.fields

    def get_base_queryset(self) -> Any:
        sites = ServicePageSite.objects.filter(page=OuterRef("pk"), confidential=True)
        drafts = Q(pk__in=list(self.in_drafts))
        return with_partner(ServicePage.objects.filter(Exists(sites) | drafts))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is counted are sites: a service may have several."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        services = set(self.object_list.order_by().values_list("pk", flat=True))
        drafted = (len(sites) for pk, sites in self.in_drafts.items() if pk in services)
        sites = ServicePageSite.objects.filter(page__in=services, confidential=True)
        return context | {"items_count": sites.count() + sum(drafted)}

    def rows(self, found: Sequence[Any]) -> list[SiteRow]:
        """A row for each confidential site: those that the services have, then those in drafts."""
        services = list(found)
        addresses = self._addresses() if self.sees_addresses else {}
        sites: dict[int, list[tuple[UUID, bool]]] = {service.pk: [] for service in services}
        rows = ServicePageSite.objects.filter(page__in=list(sites), confidential=True)
        for page, location in rows.values_list("page_id", "location_id"):
            sites[page].append((location, False))
        for page in sites:
            sites[page].extend((location, True) for location in self.in_drafts.get(page, ()))
        return [
            SiteRow(
                pk=service.pk,
                title=service.title,
                partner=service.partner_name or "",
                state=_state(service, in_draft),
                address=addresses.get((service.pk, location), ""),
            )
            for service in services
            for location, in_draft in sites[service.pk]
        ]

    @cached_property
    def in_drafts(self) -> dict[int, list[UUID]]:
        """Sites of drafts that the services themselves do not have yet, by service.

        What is held for a site that its partner has removed since is passed over.
        """
        sites = ServicePageSite.objects.filter(
            page=OuterRef("page"), location_id=OuterRef("location_id")
        )
        held = ConfidentialAddress.objects.filter(
            ~Exists(sites), page__has_unpublished_changes=True
        ).order_by("pk")
        wanted = ("page_id", "location_id", "page__latest_revision__content")
        drafts: dict[int, list[UUID]] = {}
        for page, location, content in held.values_list(*wanted):
            if location in _confidential_in(content):
                drafts.setdefault(page, []).append(location)
        return drafts

    def _addresses(self) -> dict[tuple[int, Any], str]:
        rows = ConfidentialAddress.objects.values_list("page_id", "location_id", "values")
        return {
            (page, location): ", ".join(str(values[name]) for name in _WHERE if values.get(name))
            for page, location, values in rows
        }


def _state(service: ServicePage, in_draft: bool) -> str:
    if in_draft:
        return "In a draft"
    return "Live" if service.live else "Not live"


def _confidential_in(content: dict[str, Any] | None) -> Iterator[UUID]:
    for site in (content or {}).get("page_sites", []):
        if site["confidential"]:
            yield UUID(site["location_id"])
