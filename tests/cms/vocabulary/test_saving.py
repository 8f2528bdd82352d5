"""What was changed counts at the next request, is found by, and stands in the history."""

import pytest
from django.urls import reverse

from directory.geography.gazetteer import gazetteer
from directory.models import (
    Area,
    Helpline,
    HubEdit,
    Level,
    Listing,
    Need,
    Outcome,
    Phrase,
    PresentedNeed,
)
from directory.reference import current_reference
from directory.search import embedded_engine
from directory.search.query import Query
from tests.cms.pages import add_partner, add_service
from tests.cms.vocabulary.forms import add, change, said

pytestmark = pytest.mark.django_db


def _found(word: str) -> set[int]:
    proposal = embedded_engine().candidates(Query(text=word))
    return {candidate.listing_id for candidate in proposal.candidates}


def test_a_new_name_of_a_need_is_on_the_site_at_the_next_request(administrator, client, model):
    page = add_service(add_partner(), need="debt-advice")
    need = Need.objects.get(pk="debt-advice")
    assert "Zlotys you owe" not in client.get(page.url).content.decode()
    change(administrator, "need", need, plain_name="Zlotys you owe")
    for address in (page.url, "/", "/find/?need=debt-advice"):
        assert "Zlotys you owe" in client.get(address).content.decode(), address


def test_a_new_name_of_a_level_is_on_the_pages_of_services(administrator, client):
    page = add_service(add_partner())
    change(administrator, "level", Level.objects.get(pk="emerging"), name="Tier two")
    assert "Tier two" in client.get(page.url).content.decode()


def test_another_process_reads_the_new_words(administrator):
    """The rows that a process holds are asked for again once the stamp has changed."""
    held = current_reference()
    assert current_reference() is held
    rows = {
        "need": Need.objects.get(pk="debt-advice"),
        "presented": PresentedNeed.objects.get(pk="bailiffs"),
        "outcome": Outcome.objects.first(),
        "level": Level.objects.get(pk="targeted"),
        "area": Area.objects.get(pk="E07000149"),
        "line": Helpline.objects.get(pk="childline"),
    }
    for table, row in rows.items():
        before = current_reference()
        assert change(administrator, table, row, name=f"Renamed {table}").status_code == 302
        assert current_reference() is not before, table
    reference = current_reference()
    assert reference.needs["debt-advice"].name == "Renamed need"
    assert reference.presented["bailiffs"].name == "Renamed presented"
    assert reference.levels["targeted"].name == "Renamed level"
    assert reference.areas["E07000149"] == "Renamed area"


def test_places_are_told_apart_by_the_new_name_of_an_area(administrator):
    assert gazetteer().areas_named("south norfolk")
    area = Area.objects.get(pk="E07000149")
    change(administrator, "area", area, name="Waveney and Tas")
    assert not gazetteer().areas_named("south norfolk")
    assert [node.code for node in gazetteer().areas_named("waveney and tas")] == ["E07000149"]


def test_services_are_found_by_the_new_name_and_not_by_the_old(administrator):
    page = add_service(add_partner(), title="Kingfisher", need="debt-advice")
    listing = Listing.objects.get(service_id=page.service_id)
    assert listing.pk not in _found("zlotys")
    need = Need.objects.get(pk="debt-advice")
    response = change(administrator, "need", need, plain_name="Zlotys you owe")
    assert listing.pk in _found("zlotys")
    services = need.listing_needs.count()
    page = administrator.get(response.url)
    assert f"{services} services can be found by the new words" in said(page)


def test_a_changed_name_is_told_to_an_index_outside(administrator):
    """A higher version is a pending change, which is pushed when it is committed or later."""
    page = add_service(add_partner(), need="debt-advice")
    other = add_service(page.get_parent().specific, title="Other", need="nuisance")
    listings = Listing.objects.in_bulk(field_name="service_id")
    before, untouched = listings[page.service_id].version, listings[other.service_id].version
    Listing.objects.update(indexed_version=10**9)
    Listing.objects.filter(service_id=page.service_id).update(indexed_version=before)
    need = Need.objects.get(pk="debt-advice")
    change(administrator, "need", need, name="Debts and arrears")
    listing = Listing.objects.get(service_id=page.service_id)
    assert listing.version > listing.indexed_version == before
    assert Listing.objects.get(service_id=other.service_id).version == untouched


def test_a_new_name_of_a_presented_need_is_found_too(administrator):
    presented = PresentedNeed.objects.get(pk="bailiffs")
    page = add_service(add_partner(), title="Kingfisher")
    page.presented_needs = [presented]
    page.save_revision().publish()
    change(administrator, "presented", presented, name="Zlotys collectors at the door")
    listing = Listing.objects.get(service_id=page.service_id)
    assert listing.pk in _found("zlotys")


def test_a_description_indexes_nothing_again(administrator):
    versions = list(Listing.objects.order_by("pk").values_list("version", flat=True))
    need = Need.objects.get(pk="debt-advice")
    change(administrator, "need", need, description="Something else")
    assert list(Listing.objects.order_by("pk").values_list("version", flat=True)) == versions


def test_the_history_says_what_was_changed_from_what_to_what(administrator):
    need = Need.objects.get(pk="debt-advice")
    change(administrator, "need", need, plain_name="Zlotys you owe")
    history = said(administrator.get(reverse("vocabulary_need:history", args=[need.pk])))
    assert "Plain name from “Money you owe” to “Zlotys you owe”" in history.replace("&quot;", '"')
    assert "administrator" in history


def test_a_code_does_not_change_whatever_is_sent(administrator):
    need = Need.objects.get(pk="debt-advice")
    before = Need.objects.count()
    change(administrator, "need", need, code="debts", plain_name="Zlotys you owe")
    assert Need.objects.count() == before
    assert Need.objects.get(pk="debt-advice").plain_name == "Zlotys you owe"
    area = Area.objects.get(pk="E07000149")
    change(administrator, "area", area, kind="county", parent="E92000001", name="South")
    area.refresh_from_db()
    assert (area.kind, area.parent_id, area.name) == ("district", "E10000020", "South")
    assert area.boundary is not None


def test_a_phrase_that_the_hub_changes_is_the_hubs(administrator):
    phrase = Phrase.objects.exclude(source="hub").first()
    change(administrator, "phrase", phrase, text="they want eight hundred by friday")
    phrase.refresh_from_db()
    assert (phrase.text, phrase.source) == ("they want eight hundred by friday", "hub")


def test_a_line_keeps_its_needs_and_areas_as_lists(administrator):
    add(administrator, "line", needs=["debt-advice", "nuisance"], areas=["E07000149"])
    line = Helpline.objects.get(pk="our-line")
    assert (line.needs, line.areas) == (["debt-advice", "nuisance"], ["E07000149"])


def test_what_other_schemes_call_a_level_is_kept(administrator):
    add(administrator, "level", equivalents="North Somerset: 5\nHertfordshire: Top")
    assert Level.objects.get(pk="acute").equivalents == {
        "North Somerset": "5",
        "Hertfordshire": "Top",
    }


def _seen(client, table: str, pk) -> str:
    page = client.get(reverse(f"vocabulary_{table}:edit", args=[pk]))
    return page.context["form"]["seen"].value()


def test_nobody_writes_over_a_change_without_being_told(administrator):
    need = Need.objects.get(pk="debt-advice")
    seen = _seen(administrator, "need", need.pk)
    change(administrator, "need", need, plain_name="Zlotys you owe", seen=seen)
    late = change(administrator, "need", need, plain_name="Money matters", seen=seen)
    assert "Somebody else changed this after you had opened it" in said(late)
    assert 'value="Money matters"' in late.content.decode()
    assert Need.objects.get(pk=need.pk).plain_name == "Zlotys you owe"
    again = late.context["form"]["seen"].value()
    assert (
        change(administrator, "need", need, plain_name="Money matters", seen=again).status_code
        == 302
    )
    assert Need.objects.get(pk=need.pk).plain_name == "Money matters"


def test_a_form_that_changes_nothing_leaves_no_mark(administrator):
    """Even if the browser ends lines in its own way."""
    for table, row in (
        ("level", Level.objects.get(pk="targeted")),
        ("phrase", Phrase.objects.first()),
        ("line", Helpline.objects.get(pk="childline")),
    ):
        values = {}
        if table == "level":
            values["equivalents"] = "\r\n".join(f"{k}: {v}" for k, v in row.equivalents.items())
        assert change(administrator, table, row, **values).status_code == 302
        assert not HubEdit.objects.filter(table=row._meta.model_name).exists(), table
