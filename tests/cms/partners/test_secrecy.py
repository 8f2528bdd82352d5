"""That there is another partner's thing, and who its people are, is told by nothing either."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import get_resolver, reverse
from wagtail.admin.models import EditingSession
from wagtail.documents.models import Document
from wagtail.models import Comment, PageViewRestriction

from cms.models import ServicePage
from cms.partners.boundary import ALLOWED
from cms.partners.spaces import add_member
from tests.cms.partners.admin_names import DENIED
from tests.cms.partners.test_boundary import _addresses, _said

pytestmark = pytest.mark.django_db

NOBODY = 987_654


#: Numbers that belong to nothing, where a partner has things.
_NOTHING = SimpleNamespace(
    **{
        name: SimpleNamespace(pk=NOBODY + number)
        for number, name in enumerate(("live", "draft", "page", "revision"))
    }
)


def _words(response) -> str:
    """An answer without what differs each time: ids asked for, tokens, times."""
    said = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", _said(response))
    said = re.sub(r'"csrf_?token": "[^"]*"|CSRF_TOKEN": "[^"]*"', "", said, flags=re.IGNORECASE)
    return re.sub(r"\d+", "#", said)


def test_what_is_anothers_and_what_is_not_there_are_refused_in_the_same_words(heron, otter):
    """A refusal that differs would say which numbers are pages of others."""
    differing = []
    asked = 0
    for name in sorted(ALLOWED):
        pairs = zip(_addresses(name, otter), _addresses(name, _NOTHING), strict=True)
        for theirs, missing in ((one, other) for one, other in pairs if one != other):
            for ask in (heron.client.get, heron.client.post):
                asked += 1
                one, other = ask(theirs), ask(missing)
                if (one.status_code, _words(one)) != (other.status_code, _words(other)):
                    differing.append((name, theirs, one.status_code, other.status_code))
    assert differing == []
    assert asked > 50


def test_how_many_views_there_are_and_how_many_a_partner_needs(capsys):
    from tests.cms.partners.test_boundary import _names

    names = set(_names(get_resolver()))
    with capsys.disabled():
        print(f"\n{len(names)} views of the admin: {len(ALLOWED)} for partners, {len(DENIED)} not")
    assert len(ALLOWED) < len(names) / 3


def test_wagtails_comments_are_switched_off_and_read_by_nobody(heron, otter, hub):
    """It mails them to people who have left. What the hub has to say goes back with a change."""
    Comment.objects.create(
        page=otter.live, user=otter.user, text="Otter Society secret remark", contentpath="summary"
    )
    Comment.objects.create(
        page=heron.live, user=hub.user, text="Please say for whom", contentpath="summary"
    )
    said = _said(heron.client.get(reverse("wagtailadmin_pages:edit", args=[heron.live.pk])))
    assert "Please say for whom" not in said
    assert "Otter Society secret" not in said
    assert "otter@example.org" not in said


def test_a_partner_hears_who_of_the_hub_is_at_its_page_and_of_nobody_else(heron, otter, hub):
    """Names of the hub's people are shown to those they work with; other partners' never are."""
    for page, user in ((heron.live, hub.user), (otter.live, otter.user)):
        EditingSession.objects.create(
            user=user,
            content_type=ContentType.objects.get_for_model(ServicePage),
            object_id=str(page.pk),
            last_seen_at=page.latest_revision_created_at,
        )

    def ping(page):
        session = EditingSession.objects.create(
            user=heron.user,
            content_type=ContentType.objects.get_for_model(ServicePage),
            object_id=str(page.pk),
            last_seen_at=page.latest_revision_created_at,
        )
        address = reverse(
            "wagtailadmin_editing_sessions:ping", args=["cms", "servicepage", page.pk, session.pk]
        )
        return heron.client.post(address)

    assert ping(heron.live).status_code == 200
    refused = ping(otter.live)
    assert refused.status_code in (403, 404)
    assert "otter" not in _said(refused).lower()


@pytest.mark.parametrize("query", ["", "?type=cms.ServicePage", "?fields=*", "?search=Otter"])
def test_the_admins_api_lists_own_pages_only(query, heron, otter):
    said = _said(heron.client.get(reverse("wagtailadmin_api:pages:listing") + query))
    assert "Otter" not in said


def test_nothing_is_handed_out_as_a_document(client, heron, hub, settings, tmp_path):
    """Wagtail gives any document to anybody who knows its number: there are none."""
    settings.MEDIA_ROOT = tmp_path
    document = Document.objects.create(title="Minutes", file=ContentFile(b"x", "minutes.pdf"))
    for browser in (client, heron.client, hub):
        assert browser.get(document.url).status_code == 404
    assert not [name for name in ALLOWED if "docs" in name or "documents" in name]


def test_somebody_of_two_partners_sees_both_and_only_those(heron, otter, client_of):
    from tests.cms.partners.conftest import Partner

    third = Partner("Teal Circle", client_of())
    add_member(otter.space, heron.user.email)
    for space in (heron, otter):
        address = reverse("wagtailadmin_pages:edit", args=[space.draft.pk])
        assert heron.client.get(address).status_code == 200
    for name in ("edit", "history", "view_draft"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[third.draft.pk])
        assert heron.client.get(address).status_code == 403
    said = _said(heron.client.get(reverse("wagtailadmin_api:pages:listing") + "?limit=20"))
    assert "Heron Trust secret draft" in said
    assert "Otter Society secret draft" in said
    assert "Teal Circle" not in said


def test_the_hub_loses_by_being_put_into_a_partners_group(heron, otter, administrator):
    administrator.user.groups.add(heron.space.group)
    for name in ("wagtailadmin_reports:site_history", "hub_partners", "wagtailusers_users:index"):
        assert administrator.get(reverse(name)).status_code == 403
    address = reverse("wagtailadmin_pages:edit", args=[otter.live.pk])
    assert administrator.get(address).status_code == 403


def test_who_may_see_a_page_is_set_for_none_of_ours(heron, hub, administrator):
    """Wagtail tells nobody when that is changed, so the public record could not follow."""
    for browser in (heron.client, hub, administrator):
        for page in (heron.live, heron.page, heron.page.get_parent()):
            address = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
            response = browser.post(address, {"restriction_type": "login"})
            assert response.status_code in (302, 403)
    assert not PageViewRestriction.objects.exists()
