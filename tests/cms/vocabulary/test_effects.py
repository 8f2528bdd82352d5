"""What uses a row is said where it is listed and where it is changed."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.vocabulary.uses import counted, uses_of
from directory.models import Area, Helpline, Hub, Level, ListingArea, ListingNeed, Need, Phrase
from matching.understanding.artefact import FORMAT
from tests.cms.pages import add_partner, add_service
from tests.cms.vocabulary.forms import add, change, said

pytestmark = pytest.mark.django_db


def _edit(client, table: str, pk) -> str:
    return said(client.get(reverse(f"vocabulary_{table}:edit", args=[pk])))


def test_a_need_says_how_many_services_use_it(administrator):
    number = ListingNeed.objects.filter(need="debt-advice").count()
    assert f"{number} services use this need" in _edit(administrator, "need", "debt-advice")
    listed = administrator.get(reverse("vocabulary_need:index")).content.decode()
    assert f">{number}<span" in listed


def test_a_service_more_is_one_more(administrator):
    before = ListingNeed.objects.filter(need="debt-advice").count()
    add_service(add_partner(), need="debt-advice")
    assert f"{before + 1} services use this need" in _edit(administrator, "need", "debt-advice")


def test_what_uses_a_need_is_listed_with_the_way_there(administrator):
    page = add_service(add_partner(), title="Kingfisher casework", need="debt-advice")
    listed = administrator.get(reverse("vocabulary_need:usage", args=["debt-advice"]) + "?p=1")
    more = administrator.get(reverse("vocabulary_need:usage", args=["debt-advice"]) + "?p=2")
    both = listed.content.decode() + more.content.decode()
    assert "Kingfisher casework" in both
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in both


def test_a_draft_counts_as_a_use_of_its_own():
    page = add_service(add_partner(), title="Only a draft", need="debt-advice", publish=False)
    assert "Only a draft" in {
        use.name for use in uses_of(Need.objects.get(pk="debt-advice")) if "draft" in use.what
    }
    live = add_service(page.get_parent().specific, title="Lives", need="nuisance")
    live.areas = [Area.objects.get(pk="E07000143")]
    live.save_revision()
    named = [use.name for use in uses_of(Area.objects.get(pk="E07000143")) if "draft" in use.what]
    assert "Lives" in named


def test_an_area_counts_services_and_hubs(administrator):
    code = "E07000149"
    services = ListingArea.objects.filter(area_code=code).count()
    text = _edit(administrator, "area", code)
    assert f"{services} services use this area" in text
    assert "areas within" in text
    locality = Hub.objects.get(name__contains="Diss").areas[0]
    assert "1 hub" in counted(uses_of(Area.objects.get(pk=locality)))


def test_an_area_that_ended_says_what_to_do(administrator):
    area = Area.objects.get(pk="E07000149")
    change(administrator, "area", area, valid_to=str(timezone.localdate() - timedelta(days=1)))
    assert "ask them to name the area that follows" in _edit(administrator, "area", area.pk)
    change(administrator, "area", area, valid_to=str(timezone.localdate() + timedelta(days=9)))
    assert "Until then nothing changes" in _edit(administrator, "area", area.pk)


def test_a_level_counts_services_and_says_whether_it_is_suggested(administrator):
    text = _edit(administrator, "level", "targeted")
    assert "services use this level" in text
    assert "The matcher suggests it" in text
    add(administrator, "level")
    assert "The matcher never suggests it" in _edit(administrator, "level", "acute")


def test_an_outcome_says_which_needs_stand_under_it(administrator):
    need = Need.objects.get(pk="debt-advice")
    number = Need.objects.filter(outcome=need.outcome).count()
    text = _edit(administrator, "outcome", need.outcome_id)
    assert f"{number} needs stand under it" in text


def test_a_phrase_says_when_it_counts(administrator, settings, tmp_path):
    phrase = Phrase.objects.first()
    settings.MODEL_DIR = tmp_path
    assert "has not been trained yet" in _edit(administrator, "phrase", phrase.pk)
    (tmp_path / "model.json").write_text(
        json.dumps({
            "format": FORMAT, "arrays": "", "sha256": "", "codes": ["debt-advice"],
            "counts": {"phrases": Phrase.objects.count()},
        })
    )  # fmt: skip
    assert "Nothing has changed since" in _edit(administrator, "phrase", phrase.pk)
    change(administrator, "phrase", phrase, text="they want eight hundred by friday")
    text = _edit(administrator, "phrase", phrase.pk)
    assert "1 was changed here since" in text
    assert "manage.py train" in text
    add(administrator, "phrase")
    page = said(administrator.get(reverse("vocabulary_phrase:index")))
    assert "2 were changed here since" in page


def test_a_need_of_the_hub_says_how_well_it_is_read(administrator, settings, tmp_path):
    new = said(administrator.get(reverse("vocabulary_need:add")))
    assert "read by word counts alone" in new
    add(administrator, "need")
    settings.MODEL_DIR = tmp_path
    assert "does not find this need" in _edit(administrator, "need", "bed-bugs")
    (tmp_path / "model.json").write_text(
        json.dumps(
            {"format": FORMAT, "arrays": "", "sha256": "", "codes": ["bed-bugs", "debt-advice"]}
        )
    )
    assert "read by word counts alone" in _edit(administrator, "need", "bed-bugs")
    assert "word counts" not in _edit(administrator, "need", "debt-advice")


def test_a_line_says_where_it_answers(administrator):
    line = Helpline.objects.get(pk="samaritans")
    assert "It answers everywhere" in _edit(administrator, "line", line.pk)


def test_levels_are_counted_from_what_live_services_say(administrator):
    before = [use for use in uses_of(Level.objects.get(pk="emerging")) if use.what == "service"]
    page = add_service(add_partner())
    uses = uses_of(Level.objects.get(pk="emerging"))
    assert len([use for use in uses if use.what == "service"]) == len(before) + 1
    page.unpublish()
    uses = uses_of(Level.objects.get(pk="emerging"))
    assert page.title in [use.name for use in uses if use.what == "draft of a service"]
