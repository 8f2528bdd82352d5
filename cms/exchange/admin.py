"""What the admin is given: addresses, the entry in the menu and the words of the log."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem

from cms.exchange.history import register_actions
from cms.exchange.scope import may_exchange
from cms.views.hub import exchange

__all__ = ["menu_item", "register_actions", "urls"]


class _Exchange(MenuItem):
    """An entry for those who keep services: the hub, and partners."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_exchange(request.user)


def menu_item() -> MenuItem:
    return _Exchange(
        "Import and export", reverse("services_exchange"), icon_name="table", order=250
    )


def urls() -> list[URLPattern]:
    return [
        path("services/exchange/", exchange.exchange, name="services_exchange"),
        path("services/export/", exchange.export, name="services_export"),
        path("services/import/<uuid:pk>/", exchange.preview, name="services_import"),
        path("services/import/<uuid:pk>/apply/", exchange.apply, name="services_import_apply"),
        path(
            "services/import/<uuid:pk>/discard/", exchange.discard, name="services_import_discard"
        ),
    ]
