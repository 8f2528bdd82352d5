"""Pages for tests: partners made the way editors make them, services the way an import does.

An import makes what a form makes (tests/cms/exchange), in a fifth of the time.
"""

import json
from datetime import time

from cms.exchange import bulk
from cms.models import (
    DirectoryPage,
    PartnerPage,
    ServicePage,
    ServicePageNeed,
    ServicePageSchedule,
    ServicePageSite,
)
from directory.models import Area, Level


def add_partner(
    title: str = "Larkmoor Trust", publish: bool = True, **values: object
) -> PartnerPage:
    page = PartnerPage(title=title, live=False, **values)
    DirectoryPage.objects.get().add_child(instance=page)
    return _saved(page, publish)


def add_service(
    partner: PartnerPage,
    title: str = "Kingfisher casework",
    need: str = "debt-advice",
    publish: bool = True,
    sites: tuple[ServicePageSite, ...] = (),
    **values: object,
) -> ServicePage:
    page = ServicePage(
        title=title, summary="Somebody to talk to about money.", by_phone=True, **values
    )
    page.page_needs = [ServicePageNeed(need_id=need)]
    page.page_schedules = [
        ServicePageSchedule(byday="MO TU", opens_at=time(9, 30), closes_at=time(16))
    ]
    page.page_sites = list(sites)
    page.areas = [Area.objects.get(code="E07000149")]
    page.levels = list(Level.objects.filter(code__in=["universal", "emerging"]))
    [made] = bulk.create(partner, [json.loads(page.to_json())], live=publish)
    return ServicePage.objects.get(pk=made.pk)


def _saved(page, publish: bool):
    revision = page.save_revision()
    if publish:
        revision.publish()
        page.refresh_from_db()
    return type(page).objects.get(pk=page.pk)
