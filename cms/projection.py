"""From pages to the public record: what is published in Wagtail is what everybody finds.

`project` makes the record agree with a page and everything below it. It is called, in the same
transaction, when a page is published, unpublished, moved or deleted.
"""

from collections.abc import Iterable, Iterator
from datetime import time
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.models import HubPage, PartnerPage, ServicePage
from directory import hubs, listings
from directory.records import (
    ALSO,
    MAIN,
    ConnectorRecord,
    Delivery,
    HolidayRecord,
    HubRecord,
    LocationRecord,
    OrganizationRecord,
    ScheduleRecord,
    ServiceNeed,
    ServiceRecord,
    confidential_location,
)
from directory.writing import wait_for_turn

SOURCE = "cms"


def connect() -> None:
    """Follow every change of a page's public state."""
    page_published.connect(_changed, dispatch_uid="projection-published")
    page_unpublished.connect(_changed, dispatch_uid="projection-unpublished")
    post_page_move.connect(_changed, dispatch_uid="projection-moved")
    post_delete.connect(_service_gone, sender=ServicePage, dispatch_uid="projection-service-gone")
    post_delete.connect(_hub_gone, sender=HubPage, dispatch_uid="projection-hub-gone")


@transaction.atomic
def project(page: Page) -> None:
    """Make the listings and hubs at and below `page` say what their published pages say.

    In turn with everybody else who does so: what two editors change at once, a partner's page and
    a service below it, is seen by whoever comes second.
    """
    wait_for_turn()
    services = list(ServicePage.objects.descendant_of(page, inclusive=True))
    hub_pages = list(HubPage.objects.descendant_of(page, inclusive=True))
    shown = visible([*services, *hub_pages])
    listings.publish_all(
        (service_record(service) for service in services if service.pk in shown), SOURCE
    )
    for service in services:
        if service.pk not in shown:
            listings.withdraw(service.service_id)
    for hub in hub_pages:
        if hub.pk in shown:
            hubs.publish_hub(hub_record(hub))
        else:
            hubs.withdraw_hub(hub.hub_id)


def service_record(page: ServicePage) -> ServiceRecord:
    """What a service page says to the public. A confidential site says only that it is there."""
    partner = page.get_parent().specific
    return ServiceRecord(
        id=page.service_id,
        organization=organization_record(partner),
        name=page.title,
        summary=page.summary,
        description=page.description,
        url=path_of(page),
        needs=tuple(
            ServiceNeed(code=row.need_id, weight=MAIN if row.main else ALSO)
            for row in page.page_needs.all()
            if row.need_id
        ),
        presented_needs=tuple(sorted(need.pk for need in page.presented_needs.all())),
        national=page.national,
        service_areas=tuple(sorted(area.pk for area in page.areas.all())),
        delivery=tuple(_delivery(page)),
        minimum_age=page.minimum_age,
        maximum_age=page.maximum_age,
        eligibility_description=page.eligibility,
        levels=tuple(level.pk for level in sorted(page.levels.all(), key=lambda row: row.position)),
        free=page.free,
        fees_description=page.fees,
        languages=tuple(page.languages.split()),
        interpretation_services=page.interpreters,
        capacity=page.capacity,
        waiting_weeks=page.waiting_weeks,
        closed_until=page.closed_until,
        self_referral=page.self_referral,
        practitioner_referral=page.practitioner_referral,
        application_process=page.how_to_access,
        next_steps=page.next_steps,
        accessibility=page.accessibility,
        outreach=page.outreach,
        pledge=page.pledge,
        outcomes=page.outcomes,
        phone=page.phone,
        email=page.email,
        website=page.website,
        schedules=schedules_of(page.page_schedules.all()),
        holidays=holidays_of(page.page_holidays.all()),
        locations=tuple(_location(site) for site in page.page_sites.all()),
        assured_date=page.assured_date,
    )


def schedules_of(rows: Iterable[Any]) -> tuple[ScheduleRecord, ...]:
    """The weekly hours of a page. Of a draft, only the rows that say something."""
    return tuple(
        ScheduleRecord(
            byday=tuple(row.byday.split()),
            opens_at=_clock(row.opens_at),
            closes_at=_clock(row.closes_at),
        )
        for row in rows
        if row.byday
    )


def holidays_of(rows: Iterable[Any]) -> tuple[HolidayRecord, ...]:
    """The days on which those hours do not count. Of a draft, only the rows with dates."""
    return tuple(
        HolidayRecord(
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            opens_at=_clock(row.opens_at),
            closes_at=_clock(row.closes_at),
            description=row.description,
        )
        for row in rows
        if row.valid_from and row.valid_to
    )


def organization_record(page: PartnerPage) -> OrganizationRecord:
    """What a partner page says of its organisation."""
    return OrganizationRecord(
        id=page.organization_id,
        name=page.title,
        description=page.description,
        email=page.email,
        phone=page.phone,
        website=page.website,
        url=path_of(page),
    )


def hub_record(page: HubPage) -> HubRecord:
    """What a hub page says."""
    return HubRecord(
        id=page.hub_id,
        name=page.title,
        phone=page.phone,
        summary=page.summary,
        email=page.email,
        address=page.address,
        opening_hours=page.opening_hours,
        latitude=page.latitude,
        longitude=page.longitude,
        areas=tuple(sorted(area.pk for area in page.areas.all())),
        connectors=tuple(
            ConnectorRecord(title=row.title, phone=row.phone, patch=row.patch)
            for row in page.connectors.all()
        ),
        url=path_of(page),
    )


def path_of(page: Page) -> str:
    """The page's path on its site, empty for a page that belongs to no site."""
    parts = page.get_url_parts()
    return parts[2] or "" if parts else ""


def visible(pages: Iterable[Page]) -> set[int]:
    """Keys of pages that are live below live pages only; the root of all is no page people see."""
    rows = list(pages)
    step = Page.steplen
    above = {page.path[:end] for page in rows for end in range(2 * step, len(page.path), step)}
    closed = set(Page.objects.filter(path__in=above, live=False).values_list("path", flat=True))
    return {
        page.pk
        for page in rows
        if page.live
        and not any(page.path[:end] in closed for end in range(2 * step, len(page.path), step))
    }


def _delivery(page: ServicePage) -> Iterator[Delivery]:
    if page.in_person:
        yield "in_person"
    if page.home_visit:
        yield "home_visit"
    if page.by_phone:
        yield "phone"
    if page.online:
        yield "online"


def _clock(value: time | None) -> str:
    return f"{value:%H:%M}" if value else ""


def _location(site: Any) -> LocationRecord:
    if site.confidential:
        return confidential_location(site.location_id)
    return LocationRecord(
        id=site.location_id,
        name=site.name,
        address_1=site.address_1,
        city=site.city,
        postal_code=site.postal_code,
        latitude=site.latitude,
        longitude=site.longitude,
    )


def _changed(instance: Page, **_: Any) -> None:
    project(instance)


def _service_gone(instance: ServicePage, **_: Any) -> None:
    listings.withdraw(instance.service_id)


def _hub_gone(instance: HubPage, **_: Any) -> None:
    hubs.withdraw_hub(instance.hub_id)
