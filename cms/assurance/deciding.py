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
    """Mail the partner now, and remember that it was asked. Returns who was written to.

    Raises NobodyToTell, or what the mail backend raises; then nothing is remembered.
    """
    mail = letter_to(partner_of(page), [page])
    since = page.assured_date or timezone.localdate(page.first_published_at)
    asked, _ = Reminder.objects.get_or_create(
        page=page, assured_date=page.assured_date, month=months_since(since, today)
    )
    asked.sent = timezone.now()
    asked.save(update_fields=["sent"])
    log(page, "cms.ask_again", user=by, data={"people": len(mail.to)})
    mail.send()
    return list(mail.to)


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
