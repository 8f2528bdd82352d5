"""What every page says around its content: whose site it is, and whether it is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from cms.models import SiteTexts


def site(request: HttpRequest) -> dict[str, Any]:
    """`site_name`, `partnership` (the name that the hub gave its Wagtail site), `demonstration`,
    and the hub's `texts`, read when a page first asks for them.
    """
    return {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "partnership": SimpleLazyObject(lambda: _partnership(request)),
        "demonstration": settings.DEMONSTRATION,
        "texts": SimpleLazyObject(SiteTexts.in_force),
    }


def _partnership(request: HttpRequest) -> str:
    found = Site.find_for_request(request)
    name = found.site_name if found else ""
    return "" if name == settings.WAGTAIL_SITE_NAME else name
