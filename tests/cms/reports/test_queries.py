"""A report asks the database as often for twenty services as for two."""

import pytest
from dateutil.relativedelta import relativedelta
from django.urls import reverse
from django.utils import timezone

from cms.models import ServicePageSite
from cms.partners.spaces import add_member
from cms.reports.admin import REPORTS
from tests.cms.pages import add_partner, add_service
from tests.cms.reports.reading import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calm")]


def _fill(partner, numbers: range) -> None:
    old = timezone.localdate() - relativedelta(months=13)
    for number in numbers:
        add_service(
            partner, f"Service {number}", assured_date=old, capacity="closed", waiting_weeks=3,
            sites=(ServicePageSite(confidential=True, name=f"Site {number}"),),
        )  # fmt: skip


@pytest.mark.parametrize("report", [report for _, report in REPORTS])
@pytest.mark.parametrize("export", ["", "?export=csv"])
def test_queries_do_not_grow(administrator, heron, report, export):
    address = reverse(report.index_url_name) + export
    _fill(heron.page, range(2))
    few = queries_of(administrator, address)
    _fill(heron.page, range(2, 20))
    for number in range(18):
        add_member(heron.space, f"person{number}@example.org")
    assert queries_of(administrator, address) == few


def test_the_filters_by_partner_and_hub_do_not_grow(administrator):
    from directory.reference import current_reference

    partner = add_partner()
    hub = current_reference().hubs[0]
    address = f"{reverse('hub_report_due')}?partner={partner.pk}&hub={hub.pk}"
    _fill(partner, range(2))
    few = queries_of(administrator, address)
    _fill(partner, range(2, 20))
    assert queries_of(administrator, address) == few
