"""Who has left a partner, or never was of it, is mailed nothing of its pages."""

import pytest
from wagtail.models import Comment, PageSubscription
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.partners.spaces import add_member, close_space, remove_member
from tests.cms.moderation.steps import answer, edit, latest, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ola(heron):
    """A second person of the partner."""
    return add_member(heron.space, "ola@example.org").user


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_the_answer_goes_to_the_others_when_who_asked_has_left(decision, heron, hub, ola, sent):
    sent(submit, heron.client, heron.live, summary="News")
    remove_member(heron.space, heron.user)
    (mail,) = sent(answer, hub, heron.live, decision, "Say for whom it is.")
    assert mail.to == [ola.email]
    assert "Say for whom it is." in mail.body


def test_so_does_the_word_that_the_hub_has_published_it_itself(heron, hub, ola, sent):
    sent(submit, heron.client, heron.live, summary="News")
    remove_member(heron.space, heron.user)
    (mail,) = sent(edit, hub, heron.live, summary="Ours", **{"action-publish": "1"})
    assert mail.to == [ola.email]


def test_it_goes_to_the_others_as_well_when_the_account_is_gone(heron, hub, ola, sent):
    sent(submit, heron.client, heron.live, summary="News")
    heron.user.delete()
    (mail,) = sent(answer, hub, heron.live, "approve")
    assert mail.to == [ola.email]


def test_while_who_asked_is_there_the_others_are_not_told(heron, hub, ola, sent):
    sent(submit, heron.client, heron.live, summary="News")
    (mail,) = sent(answer, hub, heron.live, "approve")
    assert mail.to == [heron.user.email]


def test_when_nobody_is_left_nobody_is_told(heron, hub, sent):
    sent(submit, heron.client, heron.live, summary="News")
    remove_member(heron.space, heron.user)
    assert sent(answer, hub, heron.live, "approve") == []


def test_who_has_gone_to_another_partner_is_not_told_nor_are_its_people(heron, otter, hub, sent):
    sent(submit, heron.client, heron.live, summary="News")
    add_member(otter.space, heron.user.email)
    remove_member(heron.space, heron.user)
    assert sent(answer, hub, heron.live, "reject", "Say for whom it is.") == []


def test_when_the_space_is_closed_its_people_are_not_told(heron, ola, hub, sent):
    sent(submit, heron.client, heron.live, summary="News")
    close_space(heron.space)
    assert sent(answer, hub, heron.live, "reject", "Say for whom it is.") == []


def test_a_reviewer_who_is_bound_as_another_partner_is_not_told_that_something_waits(
    heron, otter, hub, administrator, sent
):
    hub.user.groups.add(otter.space.group)
    (mail,) = sent(submit, heron.client, heron.live, summary="News")
    assert mail.to == [administrator.user.email]


def test_what_is_written_in_wagtails_comments_is_mailed_to_nobody(heron, hub, ola, sent):
    """Wagtail would mail it to whoever subscribed or ever wrote in the thread."""
    page = heron.live
    PageSubscription.objects.create(page=page, user=ola, comment_notifications=True)
    thread = Comment.objects.create(
        page=page, user=heron.user, text="Who opens?", contentpath="summary"
    )
    remove_member(heron.space, heron.user)
    replies = inline_formset([{"id": "", "text": "Ring the bell"}])
    row = {
        "id": thread.pk, "text": "Who opens?", "contentpath": "summary", "position": "",
        "resolved": "", "replies": replies,
    }  # fmt: skip
    forged = nested_form_data({"comments": inline_formset([row], initial=1)})
    assert sent(edit, hub, page, summary="Ask at the door", **forged) == []
    assert latest(page).summary == "Ask at the door"
    assert not thread.replies.exists()


def _subscribe(user, *pages) -> None:
    for page in pages:
        PageSubscription.objects.create(page=page, user=user, comment_notifications=True)


def _subscribed(user) -> set[int]:
    return set(PageSubscription.objects.filter(user=user).values_list("page_id", flat=True))


def test_leaving_ends_subscriptions_of_the_partners_pages_and_of_no_others(heron, otter, ola):
    add_member(otter.space, heron.user.email)
    for user in (heron.user, ola):
        _subscribe(user, heron.page, heron.live, heron.draft)
    _subscribe(heron.user, otter.live)
    remove_member(heron.space, heron.user)
    assert _subscribed(heron.user) == {otter.live.pk}
    assert _subscribed(ola) == {heron.page.pk, heron.live.pk, heron.draft.pk}


def test_closing_ends_the_subscriptions_of_everybody_in_it(heron, ola):
    for user in (heron.user, ola):
        _subscribe(user, heron.page, heron.live)
    close_space(heron.space)
    assert _subscribed(heron.user) == _subscribed(ola) == set()


def test_who_may_edit_the_page_by_another_right_stays_subscribed(heron, hub):
    hub.user.groups.add(heron.space.group)
    _subscribe(hub.user, heron.live)
    remove_member(heron.space, hub.user)
    assert _subscribed(hub.user) == {heron.live.pk}
