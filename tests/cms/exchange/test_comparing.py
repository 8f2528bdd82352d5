"""What a file would do, and everything that is wrong with it, before anything is written."""

import pytest
from wagtail.test.utils.form_data import inline_formset

from cms.editing.placing import by_postcode
from cms.exchange.comparing import plan_for
from cms.models import ServicePage, ServicePageSite
from tests.cms.exchange.files import NEW, add_complete, book_of, planned, row_of, said
from tests.cms.pages import add_partner
from tests.cms.test_admin import _create, hub  # noqa: F401

pytestmark = pytest.mark.django_db


def test_rows_are_added_changed_unchanged_and_refused(scope, trust):
    same, other = (
        row_of(scope, add_complete(trust, "One")),
        row_of(scope, add_complete(trust, "Two")),
    )
    other |= {"Summary": "Another sentence.", "Cost": "£2"}
    plan = planned(scope, same, other, NEW, NEW | {"Name": "B", "Oldest age": "old"})
    assert [row.action for row in plan.rows] == ["unchanged", "changed", "created", "refused"]
    assert [(c.column, c.before, c.after) for c in plan.rows[1].changes] == [
        ("Summary", "Somebody to talk to about money.", "Another sentence."),
        ("Cost", "", "£2"),
    ]
    assert plan.refused


def test_all_faults_are_told_at_once_with_row_and_column(scope):
    plan = planned(
        scope,
        NEW | {"Name": "A", "Confirmed on": "31/02/2026", "Main needs": "debt-advise"},
        NEW | {"Name": "B", "Youngest age": "18", "Oldest age": "11", "E-mail": "nobody"},
        NEW | {"Name": "C", "Summary": "x" * 301, "Waiting weeks": "many", "Website": "no address"},
    )
    found = {(row, column): message for row, column, message in said(plan)}
    assert set(found) == {
        (2, "Confirmed on"), (2, "Main needs"), (3, "Oldest age"), (3, "E-mail"), (4, "Summary"),
        (4, "Waiting weeks"), (4, "Website"),
    }  # fmt: skip
    assert "Did you mean debt-advice" in found[2, "Main needs"]
    assert found[4, "Summary"] == "Keep it to 300 characters: it has 301."


def test_what_is_published_may_lack_nothing_and_a_draft_may(scope):
    bare = {"Name": "Bare", "Partner": "Heron Trust"}
    wrong = {column for _, column, _ in said(planned(scope, bare))}
    assert wrong == {"Summary", "Main needs", "At a site", "How to get it"}
    assert said(planned(scope, bare, publish=False)) == []
    assert said(planned(scope, {**bare, "Name": ""} | {"Cost": "£2"}, publish=False)) == [
        (2, "Name", "This field cannot be blank.")
    ]


def test_a_site_is_asked_for_where_people_come(scope):
    assert "Site 1" in said(planned(scope, NEW | {"At a site": "yes"}))[0][2]
    here = {"At a site": "yes", "Site 1 street": "1 Mere St", "Site 1 postcode": "IP22 4AB"}
    assert said(planned(scope, NEW | here)) == []


def test_faults_of_sites_have_their_columns(scope):
    wrong = {"Site 2 latitude": "95", "Site 2 longitude": "1", "Site 1 postcode": "x" * 20}
    assert {column for _, column, _ in said(planned(scope, NEW | wrong))} == {
        "Site 2 latitude",
        "Site 1 postcode",
    }
    half = said(planned(scope, NEW | {"Site 1 latitude": "52.3"}))
    assert [column for _, column, _ in half] == ["Site 1 longitude"]


def test_an_empty_cell_empties_and_a_missing_column_changes_nothing(scope, trust):
    page = add_complete(trust, phone="01632 960001", how_to_access="Ring us", fees="£2")
    plan = planned(scope, {"Service id": str(page.service_id), "Cost": ""})
    assert [(c.column, c.before, c.after) for c in plan.rows[0].changes] == [("Cost", "£2", "")]
    assert plan.rows[0].content["phone"] == "01632 960001"


@pytest.mark.parametrize("column", ["Name", "Free", "Languages", "How full it is"])
def test_what_cannot_be_empty_says_so(scope, trust, column):
    page = add_complete(trust)
    assert said(planned(scope, {"Service id": str(page.service_id), column: ""}))[0][:2] == (
        2,
        column,
    )


def test_headings_are_matched_whatever_their_capitals_and_the_closest_is_told(scope):
    assert said(planned(scope, {"NAME ": "A", "partner": ""}, publish=False)) == []
    for heading, meant in (("Sumary", "Summary"), ("Site 1 post code", "Site 1 postcode")):
        assert f"Did you mean “{meant}”?" in said(planned(scope, NEW | {heading: "x"}))[0][2]
    assert "Take the column out" in said(planned(scope, NEW | {"Qqq": "x"}))[0][2]


def test_a_heading_that_is_there_twice_is_refused(scope):
    plan = plan_for(b"Name,Name\nA,B\n", scope, publish=False)
    assert "there twice" in said(plan)[0][2]


def test_a_cell_under_no_heading_is_refused(scope):
    plan = plan_for(b"Name,,Cost\nA,lost,\nB,,\nC,,,,more\n", scope, publish=False)
    assert [row for row, _, message in said(plan) if "no heading" in message] == [2, 4]


@pytest.mark.parametrize("value", ["=A1", "#REF!"])
def test_a_formula_is_refused_in_its_cell(scope, value):
    plan = plan_for(book_of([["Name", "Cost"], ["A", value]]), scope, publish=False)
    assert said(plan)[0][:2] == (2, "Cost")


def test_a_null_character_is_refused_in_its_cell(scope):
    plan = plan_for(b"Name,Cost\nA,1\x002\n", scope, publish=False)
    assert said(plan)[0][:2] == (2, "Cost")


def test_a_phone_number_that_lost_its_zero_is_noticed(scope):
    plan = plan_for(book_of([["Name", "Phone"], ["A", 1632960001]]), scope, publish=False)
    assert "01632 960001" in said(plan)[0][2]


def test_one_id_in_two_rows_is_refused_in_both(scope, trust):
    row = row_of(scope, add_complete(trust))
    upper = row | {"Service id": row["Service id"].upper()}
    assert [number for number, column, _ in said(planned(scope, row, upper))] == [2, 3]


def test_a_new_service_is_not_made_twice(scope, trust):
    add_complete(trust, "Benefit checks")
    assert "of this name already" in said(planned(scope, NEW))[0][2]
    twice = said(planned(scope, NEW | {"Name": "Twice"}, NEW | {"Name": "twice"}))
    assert [(row, column) for row, column, _ in twice] == [(2, "Name"), (3, "Name")]


@pytest.mark.parametrize("text", ["11111111-1111-4111-8111-111111111111", "no id", "0"])
def test_an_id_that_is_not_there_is_refused(scope, text):
    assert said(planned(scope, {"Service id": text, "Name": "A"}))[0][1] == "Service id"


def test_a_service_of_another_partner_is_not_reached_when_one_was_chosen(scope):
    page = add_complete(add_partner("Otter Society"))
    message = said(planned(scope, {"Service id": str(page.service_id), "Name": "A"}))[0][2]
    assert "of this partner" in message


def test_an_unknown_partner_is_refused_with_the_closest(trust):
    from cms.exchange.scope import scope_of_operator

    plan = planned(scope_of_operator(True), NEW | {"Partner": "Heron Trst"})
    assert "Did you mean “Heron Trust”?" in said(plan)[0][2]
    assert said(planned(scope_of_operator(True), NEW | {"Partner": ""}))[0][1] == "Partner"


def test_a_service_is_not_moved_by_a_file(scope, trust):
    page = add_complete(trust)
    row = row_of(scope, page) | {"Partner": "Otter Society"}
    assert [column for _, column, _ in said(planned(scope, row))] == ["Partner"]


def test_needs_move_between_their_columns(scope, trust):
    row = row_of(scope, add_complete(trust))
    both = row | {"Main needs": "housing-options", "Also helps with": "debt-advice"}
    needs = planned(scope, both).rows[0].content["page_needs"]
    assert [(need["need"], need["main"]) for need in needs] == [
        ("housing-options", True),
        ("debt-advice", False),
    ]
    twice = said(planned(scope, row | {"Also helps with": "debt-advice"}))
    assert "among the main needs too" in twice[0][2]


def test_looking_writes_nothing(scope, trust):
    before = ServicePage.objects.count()
    planned(scope, NEW)
    assert ServicePage.objects.count() == before


def test_a_plan_differs_when_a_page_was_edited_meanwhile(scope, trust):
    page = add_complete(trust)
    row = row_of(scope, page) | {"Cost": "£2"}
    before = planned(scope, row)
    assert planned(scope, row).fingerprint == before.fingerprint
    page.description = "Edited"
    page.save_revision().publish()
    assert planned(scope, row).fingerprint != before.fingerprint


HALL = {"name": "Hall", "address_1": "1 Mere St", "postal_code": "IP22 4AB"}


def test_a_site_is_added_changed_and_removed_by_its_columns(scope, trust):
    page = add_complete(trust, sites=(ServicePageSite(**HALL), ServicePageSite(name="Annexe")))
    row = row_of(scope, page)
    moved = row | {"Site 1 street": "2 Mere St", "Site 2 name": "", "Site 2 confidential": ""}
    moved |= {"Site 3 name": "Library"}
    sites = planned(scope, moved).rows[0].content["page_sites"]
    assert [(site["name"], site["address_1"]) for site in sites] == [
        ("Hall", "2 Mere St"),
        ("Library", ""),
    ]
    first = page.page_sites.all()[0]
    assert sites[0]["location_id"] == str(first.location_id)


def test_the_address_of_a_confidential_site_is_not_given_to_another(scope, trust):
    row = NEW | {"Site 1 confidential": "yes"} | {
        f"Site {n} {part}": text for n in (1, 2) for part, text in
        (("street", "1 Mere St"), ("postcode", "IP22 4AB"))
    }  # fmt: skip
    assert "confidential site as well" in said(planned(scope, row))[0][2]


def test_a_postcode_puts_a_site_on_the_map_as_in_the_form(scope):
    place = {"At a site": "yes", "Site 1 name": "Hall", "Site 1 postcode": "IP22 4AB"}
    site = planned(scope, NEW | place).rows[0].content["page_sites"][0]
    assert (site["latitude"] is None) == (by_postcode("IP22 4AB") is None)


def test_a_million_characters_are_refused_in_their_cells(scope):
    plan = planned(scope, NEW | {"Name": "x" * 1_000_000, "Description": "y" * 1_000_000})
    assert [column for _, column, _ in said(plan)] == ["Name", "Description"]
    assert len(str(plan.rows[0].as_json())) < 1_000


@pytest.mark.parametrize(
    ("typed", "cells"),
    [
        ({}, {}),
        ({"by_phone": ""}, {"By phone": "no"}),
        ({"phone": ""}, {"Phone": ""}),
        ({"summary": ""}, {"Summary": ""}),
        ({"in_person": "on"}, {"At a site": "yes"}),
        ({"page_needs": inline_formset([])}, {"Main needs": ""}),
        (
            {"by_phone": "", "home_visit": "on", "national": "on"},
            {"By phone": "", "At home": "yes", "Serves the whole country": "yes"},
        ),
        (
            {"by_phone": "", "home_visit": "on", "areas": []},
            {"By phone": "", "At home": "yes", "Areas": ""},
        ),
        ({"email": "nobody"}, {"E-mail": "nobody"}),
        ({"closed_until": "2027-01-01"}, {"Closed until": "2027-01-01"}),
    ],
    ids=lambda values: ", ".join(values) or "complete",
)
def test_a_file_is_asked_for_what_the_form_asks_for(scope, trust, hub, typed, cells):  # noqa: F811
    accepted = _create(hub, trust, **typed).status_code == 302
    page = ServicePage.objects.filter(title="Kingfisher casework").first()
    if page is not None:
        page.delete()
    assert (not planned(scope, NEW | cells).refused) is accepted
