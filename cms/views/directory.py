"""What directory, partner and service pages show: always the public record."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cms.models import PartnerPage
from cms.views.start import need_groups
from directory.models import Listing, Organization
from directory.records import ServiceRecord
from directory.reference import current_reference
from directory.search.document import record_from
from directory.search.words import tokens


def directory_context() -> dict[str, Any]:
    """Partners with a live service, and the needs to look by."""
    live = Count("listings", filter=Q(listings__active=True))
    partners = Organization.objects.annotate(number=live).filter(number__gt=0).order_by("pk")
    return {
        "partners": [
            (partner, partner.number)
            for partner in sorted(partners, key=lambda partner: _alphabetical(partner.name))
        ],
        "need_groups": need_groups(),
    }


def partner_context(page: PartnerPage) -> dict[str, Any]:
    """A partner and its live services."""
    from cms.projection import organization_record

    documents = (
        Listing.objects.live()
        .filter(organization_id=page.organization_id)
        .order_by("pk")
        .values_list("document", flat=True)
    )
    services = [record_from(document) for document in documents]
    return {
        "organization": organization_record(page),
        "services": sorted(services, key=lambda record: _alphabetical(record.name)),
    }


def service_context(record: ServiceRecord) -> dict[str, Any]:
    """A service with the names of its needs, of what these work towards, and of its areas."""
    reference = current_reference()
    needs = [reference.needs[n.code] for n in record.needs if n.code in reference.needs]
    return {
        "record": record,
        "organization": record.organization,
        "needs": needs,
        "headline_outcomes": list(dict.fromkeys(need.outcome.name for need in needs)),
        "areas": [reference.areas.get(code, code) for code in record.service_areas],
        "levels": [reference.level_names.get(code, code) for code in record.levels],
    }


def _alphabetical(name: str) -> tuple[list[str], str]:
    """Where people look for a name in a list, whatever language the database sorts by."""
    return tokens(name), name


def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """A service by its Open Referral id: its own page, or the same template without one."""
    listing = Listing.objects.live().filter(service_id=service_id).first()
    if listing is None:
        raise Http404
    if listing.url:
        return redirect(listing.url)
    record = record_from(listing.document)
    return render(request, "cms/service_page.html", service_context(record))
