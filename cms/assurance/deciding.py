"""What the hub does about a listing that nobody has confirmed for a year: ask again or withdraw.

(To confirm it is `cms.assurance.confirming`.)
"""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.assurance.ageing import months_since
from cms.assurance.reminders import letter_to
from cms.models import PartnerPage, Reminder, ServicePage


@transaction.atomic
def ask_again(page: ServicePage, today: date, by: User | None = None) -> list[str]:
    """Remember that the partner is asked, and mail it as soon as that is certain.

    Returns who is written to. Raises NobodyToTell; then nothing is remembered.
    """
    letter = letter_to(partner_of(page), [page])
    since = page.assured_date or timezone.localdate(page.first_published_at)
    asked, _ = Reminder.objects.get_or_create(
        page=page, assured_date=page.assured_date, month=months_since(since, today)
    )
    asked.sent = timezone.now()
    asked.save(update_fields=["sent"])
    log(page, "cms.ask_again", user=by, data={"people": len(letter.people)})
    letter.post()
    return list(letter.people)


@transaction.atomic
def withdraw(page: ServicePage, by: User | None = None) -> None:
    """Take the listing out of public view. Its page stays and can be published again."""
    log(page, "cms.withdraw_unconfirmed", user=by, data={"assured_date": _words(page)})
    page.unpublish(user=by)


def partner_of(page: ServicePage) -> PartnerPage:
    """The partner whose service it is."""
    return PartnerPage.objects.get(path=page.path[: -page.steplen])


def _words(page: ServicePage) -> str | None:
    return page.assured_date.isoformat() if page.assured_date else None
