"""Who may see which report: the page, the list alone, and the files."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.reports.admin import REPORTS
from tests.cms.reports.reading import NAMES

pytestmark = pytest.mark.django_db

FOR_ADMINISTRATORS = {"hub_report_people", "hub_report_people_results"}
EXPORTS = ("", "csv", "xlsx")


def _status(client, name: str, export: str) -> int:
    response = client.get(reverse(name), {"export": export} if export else {})
    if response.streaming:
        list(response.streaming_content)
    return response.status_code


@pytest.mark.parametrize("export", EXPORTS)
def test_administrators_see_every_report(administrator, export):
    assert {name: _status(administrator, name, export) for name in NAMES} == dict.fromkeys(
        NAMES, 200
    )


@pytest.mark.parametrize("export", EXPORTS)
def test_editors_of_the_hub_see_all_but_who_the_partners_people_are(hub, export):
    open_to_them = {name for name in NAMES if _status(hub, name, export) == 200}
    assert open_to_them == set(NAMES) - FOR_ADMINISTRATORS


@pytest.mark.parametrize("export", EXPORTS)
def test_partners_see_none(heron, export):
    assert {_status(heron.client, name, export) for name in NAMES} == {403}


@pytest.mark.parametrize("export", EXPORTS)
def test_nobody_sees_any_without_log_in(export):
    assert {_status(Client(), name, export) for name in NAMES} == {302}


def _bare(user):
    """A request that no middleware has looked at."""
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = user
    return request


@pytest.mark.parametrize("report", [report for _, report in REPORTS])
def test_each_report_refuses_partners_by_itself(heron, hub, report):
    """Without the middleware, and also somebody of the hub who is in a partner's group."""
    from django.core.exceptions import PermissionDenied

    hub.user.groups.add(heron.space.group)
    for user in (heron.user, hub.user):
        with pytest.raises(PermissionDenied):
            report.as_view()(_bare(user))


def test_the_menu_leads_each_to_what_they_may_see(hub, administrator, heron):
    home = reverse("wagtailadmin_home")
    for client, hidden in ((hub, FOR_ADMINISTRATORS), (administrator, set())):
        said = client.get(home).content.decode()
        for _, report in REPORTS:
            shown = f'"{reverse(report.index_url_name)}"' in said
            assert shown is (report.index_url_name not in hidden)
    assert "/admin/reports/" not in heron.client.get(home).content.decode()
