"""Which services have a site that nobody may learn of; where it is only administrators see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length, Substr
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page

from cms.confidential.access import PERMISSION
from cms.models import ConfidentialAddress, PartnerPage, ServicePageSite
from cms.reports.base import Field, HubReport
from cms.reports.desk import may_use
from cms.reports.services import edit_url

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
    live = django_filters.BooleanFilter(label="Live", field_name="page__live")

    class Meta:
        model = ServicePageSite
        fields: list[str] = []

    def of_partner(self, sites: Any, name: str, partner: PartnerPage) -> Any:
        return sites.filter(page__path__startswith=partner.path)


class ConfidentialReport(HubReport):
    """Confidential sites, by service."""

    page_title = "Confidential sites"
    header_icon = "lock"
    index_url_name = "hub_report_confidential"
    index_results_url_name = "hub_report_confidential_results"
    filterset_class = SiteFilterSet
    default_ordering = "page__title"
    no_results_message = "No service has a confidential site."
    fields = (
        Field("title", "Service", link=edit_url, sort="page__title"),
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
                "Services with a site that nobody may learn of. The address is shown to you as an "
                "administrator and to the partner, and a file that you download holds it: keep it "
                "as you would keep the address."
            )
        return (
            "Services with a site that nobody may learn of. Where it is only the partner and the "
            "hub's administrators can see."
        )

    def shown_fields(self) -> Sequence[Field]:
        return (*self.fields, Field("address", "Address")) if self.sees_addresses else self.fields

    def get_base_queryset(self) -> Any:
        above = Substr(OuterRef("page__path"), 1, Length(OuterRef("page__path")) - Page.steplen)
        partner = PartnerPage.objects.filter(path=above).values("title")[:1]
        sites = ServicePageSite.objects.filter(confidential=True).select_related("page")
        return sites.annotate(partner_name=Subquery(partner))

    def rows(self, found: Sequence[Any]) -> list[SiteRow]:
        sites = list(found)
        addresses = self._addresses() if self.sees_addresses else {}
        return [
            SiteRow(
                pk=site.page_id,
                title=site.page.title,
                partner=site.partner_name or "",
                state="Live" if site.page.live else "Not live",
                address=addresses.get((site.page_id, site.location_id), ""),
            )
            for site in sites
        ]

    def _addresses(self) -> dict[tuple[int, Any], str]:
        rows = ConfidentialAddress.objects.values_list("page_id", "location_id", "values")
        return {
            (page, location): ", ".join(str(values[name]) for name in _WHERE if values.get(name))
            for page, location, values in rows
        }
