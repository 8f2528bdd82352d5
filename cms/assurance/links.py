"""The signed link that says "still right": no log-in, one service, one use, and it expires."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.assurance.confirming import ACTION
from cms.models import ServicePage

_SALT = "cms.assurance.still_right"

State = Literal["open", "used", "expired", "wrong"]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to. `page` is None when the link is wrong, or the service is not live."""

    state: State
    page: ServicePage | None = None


def link_to(page: ServicePage) -> str:
    """The address that confirms `page` as it is confirmed now.

    It names the date on which the listing was last confirmed, and the moment. It is used up as
    soon as the listing is confirmed in any way, also if the hub takes that back: it works once.
    """
    made = timezone.now().timestamp()
    token = signing.dumps([str(page.service_id), _dated(page.assured_date), made], salt=_SALT)
    return f"{settings.SITE_URL}{reverse('still_right', args=[token])}"


def opened(token: str) -> Opened:
    """What a token is good for. Never raises: links are cut off, and mail programs change them."""
    try:
        service_id, dated, made = signing.loads(
            token, salt=_SALT, max_age=timedelta(days=settings.ASSURANCE_LINK_DAYS)
        )
    except signing.SignatureExpired:
        return Opened("expired")
    except signing.BadSignature:
        return Opened("wrong")
    page = ServicePage.objects.live().filter(service_id=service_id).first()
    if page is None:
        return Opened("wrong")
    used = _dated(page.assured_date) != dated or _confirmed_since(page, made)
    return Opened("used" if used else "open", page)


def _confirmed_since(page: ServicePage, made: float) -> bool:
    since = datetime.fromtimestamp(made, UTC)
    done = PageLogEntry.objects.filter(page=page.pk, action=ACTION, timestamp__gte=since)
    return bool(done.exists())


def _dated(assured: date | None) -> str:
    return assured.isoformat() if assured else ""
