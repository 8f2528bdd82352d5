"""Reports about live services: what they lack, how full they are."""

import pytest

from cms.models import ServicePage
from directory.models import Need
from tests.cms.pages import add_partner, add_service
from tests.cms.reports.reading import column_of, page_of, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calm")]

INCOMPLETE, CAPACITY = "hub_report_incomplete", "hub_report_capacity"


def test_what_is_missing_is_said_the_emptiest_first(hub):
    partner = add_partner()
    add_service(partner, "Fuller", phone="01632 960001", description="What happens.")
    add_service(partner, "Emptier")
    first, second = rows_of(hub, INCOMPLETE, partner=partner.pk)
    assert (first["Service"], second["Service"]) == ("Emptier", "Fuller")
    assert int(first["Filled, %"]) < int(second["Filled, %"]) < 100
    assert first["Still to do"].startswith("say how people start; give a phone number; ")
    assert "give a phone number" not in second["Still to do"]


def test_what_is_full_or_not_live_is_not_incomplete(hub):
    partner = add_partner()
    page = add_service(partner, "Full")
    filled = {
        field.name: "something"
        for field in ServicePage._meta.get_fields()
        if field.name in ("how_to_access", "phone", "description", "eligibility", "next_steps",
                          "accessibility")
    }  # fmt: skip
    values = {**filled, "self_referral": True, "assured_date": "2026-01-01"}
    ServicePage.objects.filter(pk=page.pk).update(**values)
    add_service(partner, "Draft", publish=False)
    assert rows_of(hub, INCOMPLETE, partner=partner.pk) == []


def test_the_filter_by_what_is_missing(hub):
    from cms.completeness import FACTS

    partner = add_partner()
    add_service(partner, "With phone", phone="01632 960001")
    add_service(partner, "Without phone")
    number = FACTS.index("give a phone number")
    query = {"partner": partner.pk, "missing": number}
    assert column_of(hub, INCOMPLETE, "Service", **query) == ["Without phone"]


def test_the_closed_come_first_and_then_the_longest_wait(hub):
    partner = add_partner()
    add_service(partner, "Short wait", capacity="waiting_list", waiting_weeks=2)
    add_service(partner, "Long wait", capacity="waiting_list", waiting_weeks=30)
    add_service(partner, "Closed", capacity="closed")
    add_service(partner, "Open", capacity="open")
    add_service(partner, "A few places, with a wait", capacity="limited", waiting_weeks=1)
    found = rows_of(hub, CAPACITY)
    assert [row["Service"] for row in found] == [
        "Closed", "Long wait", "Short wait", "A few places, with a wait",
    ]  # fmt: skip
    assert [row["Weeks"] for row in found] == ["", "30", "2", "1"]
    assert found[0]["How full it is"] == "Closed to new people"
    assert {row["Kinds of help"] for row in found} == {Need.objects.get(code="debt-advice").name}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"capacity": "closed"}, {"Closed"}),
        ({"capacity": "waiting_list"}, {"Long wait", "Short wait"}),
        ({"weeks": 10}, {"Long wait"}),
        ({"need": "debt-advice"}, {"Closed", "Short wait"}),
    ],
)
def test_the_filters_of_waiting_or_full(hub, query, found):
    partner = add_partner()
    add_service(partner, "Short wait", capacity="waiting_list", waiting_weeks=2)
    other = {"need": "youth-mediation"}
    add_service(partner, "Long wait", capacity="waiting_list", waiting_weeks=30, **other)
    add_service(partner, "Closed", capacity="closed")
    assert set(column_of(hub, CAPACITY, "Service", **query)) == found


def test_a_filter_that_makes_no_sense_is_said_and_not_applied(hub):
    add_service(add_partner(), "Closed", capacity="closed")
    said = page_of(hub, CAPACITY, weeks="many")
    assert "Enter a number" in said


def test_columns_can_be_sorted_by(hub):
    partner = add_partner()
    for title in ("B", "C", "A"):
        add_service(partner, title, capacity="closed")
    assert column_of(hub, CAPACITY, "Service", ordering="title") == ["A", "B", "C"]
    assert column_of(hub, CAPACITY, "Service", ordering="-title") == ["C", "B", "A"]
    assert len(rows_of(hub, CAPACITY, ordering="password")) == 3
