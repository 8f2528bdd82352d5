"""The explorer offers to filter by people: to a partner, by those at its own pages alone."""

import pytest
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.test.utils import WagtailTestUtils

from tests.cms.partners.test_boundary import _said
from tests.cms.partners.test_secrecy import NOBODY, _words

pytestmark = pytest.mark.django_db

#: The list of a partner's pages, and the part of it that is drawn anew when something is chosen.
LISTS = (
    ("wagtailadmin_explore", ""),
    ("wagtailadmin_explore_results", "?_w_filter_fragment=1"),
)
HERON, OTTER = "heron@example.org", "otter@example.org"


def _works_on(partner, user) -> None:
    """Pages that their writer owns and has edited, as they are after any day of work."""
    pages = Page.objects.filter(pk__in=(partner.live.pk, partner.draft.pk))
    pages.update(owner=user)
    for page in pages:
        log(page, "wagtail.edit", user=user, content_changed=True)


@pytest.fixture(autouse=True)
def at_work(heron, otter, hub):
    _works_on(heron, heron.user)
    _works_on(otter, otter.user)
    log(heron.live, "wagtail.edit", user=hub.user, content_changed=True)


def _listed(client, page, name: str, query: str = "") -> str:
    response = client.get(reverse(name, args=[page.pk]) + query, follow=True)
    assert response.status_code == 200
    return _said(response)


def _offered(said: str, field: str) -> set[str]:
    """Who can be ticked."""
    # What is drawn anew comes in a template, into which no selector reaches.
    soup = WagtailTestUtils.get_soup(said.replace("template", "div"))
    boxes = soup.select(f'input[name="{field}"]')
    return {box.parent.get_text(strip=True) for box in boxes}


@pytest.mark.parametrize(("name", "query"), LISTS)
def test_a_partner_is_offered_who_has_been_at_its_own_pages(name, query, heron, hub):
    said = _listed(heron.client, heron.page, name, query)
    assert _offered(said, "owner") == {HERON}
    assert _offered(said, "edited_by") == {HERON, hub.user.username}
    assert OTTER not in said


@pytest.mark.parametrize(("name", "query"), LISTS)
def test_the_way_down_to_its_pages_names_nobody_else_either(name, query, heron):
    directory = heron.page.get_parent()
    assert OTTER not in _listed(heron.client, directory, name, query)


@pytest.mark.parametrize(("name", "query"), LISTS)
def test_the_hub_is_offered_everybody_until_it_is_in_a_partners_group(name, query, heron, hub):
    said = _listed(hub, heron.page, name, query)
    for field in ("owner", "edited_by"):
        assert {HERON, OTTER} <= _offered(said, field)
    hub.user.groups.add(heron.space.group)
    said = _listed(hub, heron.page, name, query)
    assert _offered(said, "owner") == {HERON}
    assert OTTER not in said


def test_the_list_is_narrowed_to_the_pages_of_who_is_chosen(heron, hub):
    name = "wagtailadmin_explore_results"
    for field in ("owner", "edited_by"):
        said = _listed(heron.client, heron.page, name, f"?{field}={heron.user.pk}")
        assert "Heron Trust live service" in said
        assert "Heron Trust secret draft" in said
    said = _listed(heron.client, heron.page, name, f"?edited_by={hub.user.pk}")
    assert "Heron Trust live service" in said
    assert "Heron Trust secret draft" not in said


@pytest.mark.parametrize("field", ["owner", "edited_by"])
def test_somebody_of_another_partner_and_nobody_are_answered_alike(field, heron, otter):
    address = reverse("wagtailadmin_explore_results", args=[heron.page.pk])
    theirs, nobodys = (
        _words(heron.client.get(f"{address}?{field}={pk}")) for pk in (otter.user.pk, NOBODY)
    )
    assert theirs == nobodys
    assert "Otter" not in theirs
