"""The signed link that says "still right": no log-in, one service, one use, and it expires."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cms.models import ServicePage

_SALT = "cms.assurance"

State = Literal["open", "used", "expired", "wrong"]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to. `page` is None when the link is wrong, or the service is not live."""

    state: State
    page: ServicePage | None = None


def link_to(page: ServicePage) -> str:
    """The address that confirms `page` as it is confirmed now.

    It names the date on which the listing was last confirmed: the first use changes that date,
    and with it the link is used up.
    """
    token = signing.dumps([str(page.service_id), _dated(page.assured_date)], salt=_SALT)
    return f"{settings.SITE_URL}{reverse('still_right', args=[token])}"


def opened(token: str) -> Opened:
    """What a token is good for. Never raises: links are cut off, and mail programs change them."""
    try:
        service_id, dated = signing.loads(
            token, salt=_SALT, max_age=timedelta(days=settings.ASSURANCE_LINK_DAYS)
        )
    except signing.SignatureExpired:
        return Opened("expired")
    except signing.BadSignature:
        return Opened("wrong")
    page = ServicePage.objects.live().filter(service_id=service_id).first()
    if page is None:
        return Opened("wrong")
    return Opened("open" if _dated(page.assured_date) == dated else "used", page)


def _dated(assured: date | None) -> str:
    return assured.isoformat() if assured else ""
