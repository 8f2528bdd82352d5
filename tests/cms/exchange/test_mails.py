"""The hub gets one mail for a partner's file, and none if nothing was written."""

import pytest
from django.urls import reverse

from cms.exchange.applying import apply_file
from cms.exchange.comparing import plan_for
from cms.exchange.mails import NAMED, connect, together
from cms.models import Notice, ServicePage
from cms.moderation import notifiers
from tests.cms.exchange.files import NEW, add_complete, applied, csv_of, row_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(django_capture_on_commit_callbacks, mailoutbox):
    """Bring rows in, and give the mails that went out because of it."""

    def do(scope, *rows, publish: bool = True):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            applied(scope, *rows, publish=publish)
        return list(mailoutbox)

    return do


def _many(number: int) -> list[dict[str, str]]:
    return [NEW | {"Name": f"Service number {n}"} for n in range(1, number + 1)]


def test_each_reviewer_gets_one_mail_for_the_whole_file(
    as_heron, heron, hub, administrator, sent, settings
):
    page = add_complete(heron.page)
    rows = [*_many(NAMED + 3), row_of(as_heron, page) | {"Summary": "Another sentence."}]
    mails = sent(as_heron, *rows)
    assert sorted(mail.to for mail in mails) == [[administrator.user.email], [hub.user.email]]
    waiting = [page for page in ServicePage.objects.all() if page.workflow_in_progress]
    assert len(waiting) == len(rows)
    for mail in mails:
        assert mail.subject == f"Heron Trust: {len(rows)} changes wait for you"
        assert f"heron@example.org has submitted {len(rows)} changes" in mail.body
        desk = f"{settings.SITE_URL}{reverse('wagtailadmin_home')}#hub-desk-section"
        assert desk in mail.body
        assert "Kingfisher casework" in mail.body
        assert f"and {len(rows) - NAMED} more" in mail.body
    assert not Notice.objects.filter(sent=None).exists()


def test_the_link_leads_to_what_waits_on_the_dashboard(as_heron, heron, hub, sent):
    sent(as_heron, *_many(2))
    shown = hub.get(reverse("wagtailadmin_home")).content.decode()
    assert 'id="hub-desk-section"' in shown
    assert "Service number 2" in shown


def test_a_file_with_one_change_leads_to_it(as_heron, heron, hub, sent):
    (mail,) = sent(as_heron, NEW)
    page = ServicePage.objects.get(title="Benefit checks")
    assert mail.subject == "Heron Trust: “Benefit checks” waits for you"
    assert reverse("hub_review", args=[page.pk]) in mail.body


def test_what_goes_live_at_once_is_not_counted(as_heron, heron, hub, sent):
    page = add_complete(heron.page)
    safe = row_of(as_heron, page) | {"Phone": "01632 960777"}
    (mail,) = sent(as_heron, safe, *_many(2))
    assert mail.subject == "Heron Trust: 2 changes wait for you"
    assert sent(as_heron, row_of(as_heron, page) | {"Phone": "01632 960888"}) == []


def test_who_has_switched_these_mails_off_gets_none(as_heron, heron, hub, administrator, sent):
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=hub.user, submitted_notifications=False)
    assert [mail.to for mail in sent(as_heron, *_many(2))] == [[administrator.user.email]]


def test_drafts_and_the_hubs_own_files_are_told_to_nobody(as_heron, as_editor, heron, hub, sent):
    assert sent(as_heron, *_many(2), publish=False) == []
    assert sent(as_editor, NEW, NEW | {"Name": "Form filling"}) == []


def test_of_a_file_that_is_undone_nobody_hears(as_heron, heron, hub, monkeypatch, mailoutbox):
    data = csv_of(*_many(2))
    agreed = plan_for(data, as_heron, publish=True).fingerprint
    before = Notice.objects.count()
    monkeypatch.setattr("cms.exchange.applying.log_import", _fail)
    with pytest.raises(ZeroDivisionError):
        apply_file(data, as_heron, publish=True, agreed=agreed, name="x")
    assert Notice.objects.count() == before
    assert mailoutbox == []


def _fail(*_):
    raise ZeroDivisionError


def test_after_a_file_pages_are_told_by_themselves_again(
    as_heron, heron, hub, sent, django_capture_on_commit_callbacks, mailoutbox
):
    sent(as_heron, *_many(2))
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        heron.draft.get_workflow().start(heron.draft, heron.user)
    assert [mail.subject for mail in mailoutbox] == [
        "Heron Trust: “Heron Trust secret draft” waits for you"
    ]


def test_reviewers_are_told_by_one_receiver_alone(as_heron, heron, hub, sent):
    """Connecting again, in whatever order, adds no second mail."""
    notifiers.connect()
    connect()
    assert len(sent(as_heron, *_many(2))) == 1
    with together():
        pass
    assert Notice.objects.filter(sent=None).count() == 0
