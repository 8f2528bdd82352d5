"""Making the pages of the demonstration: services many at once, as an import does, and the rest
by the way that editors take: draft, then publish.

A page that is there already is left as it is, so loading again adds what is new and loses
nothing that was edited.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from wagtail.models import Page, Site

from cms.demonstration.files import HubFile, PartnerFile, ServiceFile
from cms.exchange import bulk
from cms.exchange.cells import Content
from cms.models import (
    AdvicePage,
    DirectoryPage,
    HomePage,
    HubConnector,
    HubIndexPage,
    HubPage,
    PartnerPage,
    ServicePage,
    ServicePageNeed,
    ServicePageSchedule,
    ServicePageSite,
)
from directory.loading.errors import FixtureError, FixtureProblem
from directory.models import Area, Level, PresentedNeed

HOME_INTRO = (
    "Say what is going on in your own words. You do not need to know what the help is called, "
    "and you do not have to give a name."
)
ABOUT = (
    "<p>Schools, health visitors, housing officers, charities and the council work together "
    "here, so that you tell your story once. Whichever door you knock on, the people behind it "
    "find the right help for you.</p>"
    "<p>This site lists what they offer. Partners keep their own pages true, and the hub checks "
    "them.</p>"
)


def make_site(hostname: str, port: int) -> HomePage:
    """The home page as the root of the default site, made if it is not there."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        Page.objects.filter(depth=2, slug="home").delete()
        root = Page.objects.get(pk=root.pk)
        home = _publish(root, HomePage(title="No Wrong Door", slug="home", intro=HOME_INTRO))
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": hostname,
            "port": port,
            "root_page": home,
            "site_name": "No Wrong Door",
        },
    )
    for page in (
        DirectoryPage(title="Directory", slug="directory"),
        HubIndexPage(title="Early help hubs", slug="hubs"),
        AdvicePage(title="What early help is", slug="early-help", body=ABOUT),
    ):
        if not home.get_children().filter(slug=page.slug).exists():
            _publish(home, page)
    return home


def make_hubs(hubs: list[HubFile], progress: Callable[[str], None]) -> int:
    """Hub pages that are not there yet. Returns how many were made."""
    index = HubIndexPage.objects.get()
    made = 0
    for hub in hubs:
        if not HubPage.objects.filter(hub_id=hub.id).exists():
            _publish(index, _hub_page(hub), areas=_rows(Area, hub.areas))
            made += 1
    progress(f"{made} hubs added, {len(hubs) - made} there already")
    return made


def make_partners(
    partners: list[PartnerFile], today: date, progress: Callable[[str], None]
) -> tuple[int, int]:
    """Partner and service pages that are not there yet. Returns how many of each were made."""
    directory = DirectoryPage.objects.get()
    made = services = 0
    for number, partner in enumerate(partners, start=1):
        with transaction.atomic():
            page = PartnerPage.objects.filter(organization_id=partner.id).first()
            if page is None:
                page = _publish(directory, _partner_page(partner))
                made += 1
            there = set(ServicePage.objects.values_list("service_id", flat=True))
            new = [service for service in partner.services if service.id not in there]
            bulk.create(page, [_content(service, today) for service in new], live=True)
            services += len(new)
        if number % 4 == 0 or number == len(partners):
            progress(f"partner {number} of {len(partners)}, {services} services added")
    return made, services


def _publish(parent: Page, page: Page, **related: list[Any]) -> Page:
    """Add `page` as a draft and publish it, with what it is related to in its first revision."""
    page.live = False
    parent.add_child(instance=page)
    for name, rows in related.items():
        setattr(page, name, rows)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _rows(model: type[Model], codes: Sequence[str]) -> list[Any]:
    """The rows with these codes. Raises FixtureError for a code that does not exist."""
    found = model._default_manager.in_bulk(codes)
    missing = [code for code in codes if code not in found]
    if missing:
        kind = model._meta.verbose_name
        raise FixtureError([FixtureProblem("demo", 0, str(kind), f"there is no '{missing[0]}'")])
    return [found[code] for code in codes]


def _hub_page(hub: HubFile) -> HubPage:
    page = HubPage(
        title=hub.name,
        hub_id=hub.id,
        summary=hub.summary,
        phone=hub.phone,
        email=hub.email,
        address=hub.address,
        opening_hours=hub.opening_hours,
        latitude=hub.latitude,
        longitude=hub.longitude,
    )
    page.connectors = [
        HubConnector(title=post.title, phone=post.phone, patch=post.patch, sort_order=order)
        for order, post in enumerate(hub.connectors)
    ]
    return page


def _partner_page(partner: PartnerFile) -> PartnerPage:
    return PartnerPage(
        title=partner.name,
        slug=partner.slug,
        organization_id=partner.id,
        description=partner.description.strip(),
        email=partner.email,
        phone=partner.phone,
        website=partner.website,
    )


def _content(service: ServiceFile, today: date) -> Content:
    """A service as a version of its page says it."""
    page = _service_page(service, today)
    page.areas = _rows(Area, service.areas)
    page.levels = _rows(Level, service.levels)
    page.presented_needs = _rows(PresentedNeed, service.presented_needs)
    content: Content = json.loads(page.to_json())
    return content


def _service_page(service: ServiceFile, today: date) -> ServicePage:
    days = service.assured_days_ago
    page = ServicePage(
        title=service.name,
        slug=service.slug,
        service_id=service.id,
        summary=service.summary.strip(),
        description=service.description.strip(),
        national=service.national,
        in_person="in_person" in service.delivery,
        home_visit="home_visit" in service.delivery,
        by_phone="phone" in service.delivery,
        online="online" in service.delivery,
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        eligibility=service.eligibility,
        free=service.free,
        fees=service.fees or "",
        languages=" ".join(service.languages),
        interpreters=service.interpreters,
        capacity=service.capacity,
        waiting_weeks=service.waiting_weeks,
        self_referral=service.self_referral,
        practitioner_referral=service.practitioner_referral,
        next_steps=service.next_steps,
        accessibility=service.accessibility,
        outreach=service.outreach,
        pledge=service.pledge,
        outcomes=service.outcomes,
        how_to_access=service.how_to_access,
        phone=service.phone or "",
        email=service.email or "",
        website=service.website or "",
        assured_date=None if days is None else today - timedelta(days=days),
    )
    page.page_needs = [
        ServicePageNeed(need_id=code, main=kind == "main", sort_order=order)
        for order, (code, kind) in enumerate(service.needs.items())
    ]
    page.page_schedules = [
        ServicePageSchedule(
            byday=" ".join(row.byday),
            opens_at=time.fromisoformat(row.opens_at),
            closes_at=time.fromisoformat(row.closes_at),
            sort_order=order,
        )
        for order, row in enumerate(service.schedules)
    ]
    page.page_sites = [
        ServicePageSite(**_site_values(site.model_dump()), sort_order=order)
        for order, site in enumerate(service.sites)
    ]
    return page


def _site_values(values: dict[str, object]) -> dict[str, object]:
    values["location_id"] = values.pop("id")
    return values
