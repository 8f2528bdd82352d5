"""A partner reaches its own and nobody else's, through no view of the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch, get_resolver, reverse

from cms.confidential import may_see_address
from cms.partners.boundary import ALLOWED, own_pages
from cms.partners.spaces import add_member, close_space, remove_member
from cms.photos.showing import photos_of
from tests.cms.partners.admin_names import DENIED

pytestmark = pytest.mark.django_db

#: What no answer to another partner may hold.
SECRETS = ("Otter Society secret", "Otter Society live service", "otter@example.org")


def _names(resolver, namespace="", prefix=""):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _names(pattern, inner, route)
        elif route.startswith("admin/"):
            yield f"{namespace}{pattern.name}" if pattern.name else route


def test_every_view_of_the_admin_is_decided():
    """An upgrade that adds a view fails here until somebody says whether partners may use it."""
    names = set(_names(get_resolver()))
    assert names - ALLOWED - DENIED == set(), "decide in cms/partners/boundary.py"
    assert (ALLOWED | DENIED) - names == set(), "these are gone"
    assert not ALLOWED & DENIED


def _addresses(name: str, partner) -> list[str]:
    """Addresses of a view with another partner's things in every place that takes one."""
    page, revision = partner.live.pk, partner.revision.pk
    candidates = [
        [], [page], [partner.draft.pk], [partner.page.pk], [page, revision],
        ["cms", "servicepage"], ["cms", "servicepage", partner.page.pk],
        [page, "earliest", "latest"], ["wagtailcore", "page", "delete"],
        ["cms", "servicepage", page, 1], [page, "approve", 1], [page, partner.page.pk], [1], [1, 1],
        [page, "max-100x100"], ["x", "y"],
    ]  # fmt: skip
    found = []
    for arguments in candidates:
        try:
            found.append(reverse(name, args=arguments))
        except NoReverseMatch:
            continue
    return list(dict.fromkeys(found))


def _said(response) -> str:
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content).decode(errors="replace")
    return response.content.decode(errors="replace")


def test_views_that_are_not_theirs_are_refused(heron, otter):
    open_to_them = []
    for name in sorted(DENIED):
        for address in _addresses(name, otter):
            for ask in (heron.client.get, heron.client.post):
                response = ask(address)
                told = any(secret in _said(response) for secret in SECRETS)
                if response.status_code not in (403, 404) or told:
                    open_to_them.append((name, address, response.status_code))
    assert open_to_them == []


_OWN_ACCOUNT = ("wagtailadmin_log", "wagtailadmin_password")


def test_views_that_are_theirs_tell_nothing_of_others(heron, otter):
    telling = []
    for name in sorted(name for name in ALLOWED if not name.startswith(_OWN_ACCOUNT)):
        for address in _addresses(name, otter):
            for query in ("", "?q=Otter", "?child_of=1&fields=*", "?for_explorer=1&limit=20"):
                said = _said(heron.client.get(address + query, follow=True))
                if any(secret in said for secret in SECRETS):
                    telling.append((name, address + query))
    assert telling == []


@pytest.mark.parametrize(
    "attempt",
    [
        ("wagtailadmin_pages:edit", ["live"]),
        ("wagtailadmin_pages:edit", ["draft"]),
        ("wagtailadmin_pages:edit", ["page"]),
        ("wagtailadmin_pages:delete", ["draft"]),
        ("wagtailadmin_pages:delete", ["live"]),
        ("wagtailadmin_pages:revisions_revert", ["live", "revision"]),
        ("wagtailadmin_pages:revisions_view", ["live", "revision"]),
        ("wagtailadmin_pages:view_draft", ["draft"]),
        ("wagtailadmin_pages:preview_on_edit", ["draft"]),
        ("wagtailadmin_pages:add", ["cms", "servicepage", "page"]),
        ("wagtailadmin_pages:preview_on_add", ["cms", "servicepage", "page"]),
        ("wagtailadmin_pages:confirm_workflow_cancellation", ["live"]),
        ("wagtailadmin_pages:history", ["draft"]),
        ("wagtailadmin_pages:workflow_history", ["live"]),
    ],
    ids=lambda attempt: f"{attempt[0].split(':')[1]} {' '.join(attempt[1])}",
)
def test_anothers_page_is_not_changed_by_asking_for_it(attempt, heron, otter):
    name, parts = attempt
    things = {"live": otter.live.pk, "draft": otter.draft.pk, "page": otter.page.pk}
    things["revision"] = otter.revision.pk
    address = reverse(name, args=[things.get(part, part) for part in parts])
    before = _state(otter)
    data = {"title": "TAKEN", "slug": "taken", "summary": "TAKEN", "action-publish": "1"}
    response = heron.client.post(address, data)
    assert response.status_code in (302, 403, 404, 405)
    assert not any(secret in _said(response) for secret in SECRETS)
    assert _state(otter) == before


def _state(partner) -> list:
    pages = partner.page.get_descendants(inclusive=True).order_by("pk")
    return [(page.pk, page.title, page.live, page.latest_revision_id, page.path) for page in pages]


def test_the_page_of_another_does_not_show_in_the_explorer(heron, otter):
    said = _said(heron.client.get(reverse("wagtailadmin_explore_root"), follow=True))
    assert "Heron Trust" in said
    assert "Otter" not in said


def test_leaving_ends_access_at_once(heron):
    address = reverse("wagtailadmin_pages:edit", args=[heron.live.pk])
    assert heron.client.get(address).status_code == 200
    remove_member(heron.space, heron.user)
    assert heron.client.get(address).status_code in (302, 403)


def test_who_was_in_a_space_that_is_closed_is_told_nothing_of_others(heron, otter):
    """A closed space binds nobody as a partner: nobody gets anything by it either."""
    close_space(heron.space)
    names = [name for name in ALLOWED | DENIED if not name.startswith(_OWN_ACCOUNT)]
    addresses = [address for name in sorted(names) for address in _addresses(name, otter)]
    said = {address: _said(heron.client.get(address)) for address in addresses}
    assert [one for one, words in said.items() if any(secret in words for secret in SECRETS)] == []
    assert heron.client.get(reverse("wagtailadmin_home")).status_code == 302
    user = get_user_model().objects.get(pk=heron.user.pk)
    assert not may_see_address(user, heron.live)
    assert not photos_of(user).exists()


def test_somebody_of_two_partners_keeps_the_one_that_is_open(heron, otter):
    add_member(otter.space, heron.user.email)
    close_space(heron.space)
    for page, status in ((heron.live, 403), (heron.draft, 403), (otter.live, 200)):
        for name in ("edit", "history", "view_draft"):
            address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
            assert heron.client.get(address).status_code == status
    assert not own_pages(heron.user).filter(pk=heron.live.pk).exists()


def test_somebody_of_the_hub_is_bound_only_while_the_space_is_open(heron, hub):
    hub.user.groups.add(heron.space.group)
    desk = reverse("wagtailadmin_reports:site_history")
    assert hub.get(desk).status_code == 403
    close_space(heron.space)
    assert hub.get(desk).status_code == 200


def test_an_editor_of_the_hub_is_not_bound(hub, heron):
    assert hub.get(reverse("wagtailadmin_reports:site_history")).status_code == 200
    assert "Heron" in _said(hub.get(reverse("wagtailadmin_explore", args=[heron.page.pk])))


def test_the_menu_leads_partners_only_where_they_may_go(heron, hub):
    said = _said(heron.client.get(reverse("wagtailadmin_home")))
    for refused in ("/admin/images/", "/admin/reports/", "/admin/partners/", "/admin/documents/"):
        assert f'"{refused}' not in said
    assert "/admin/reports/" in _said(hub.get(reverse("wagtailadmin_home")))
