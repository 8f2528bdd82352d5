"""What the admin is given. Everything is registered here and written elsewhere."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.log_actions import LogActionRegistry

from cms.partners.boundary import MENU, is_partner, narrowed
from cms.views.hub import partners


@hooks.register("construct_page_chooser_queryset")
def only_own_pages(pages: Any, request: HttpRequest) -> Any:
    return narrowed(pages, request)


@hooks.register("register_log_actions")
def partner_actions(actions: LogActionRegistry) -> None:
    actions.register_action("cms.open_space", "Open space", "Opened the partner's space")
    actions.register_action("cms.close_space", "Close space", "Closed the partner's space")
    actions.register_action("cms.add_member", "Add person", "Let somebody edit for the partner")
    actions.register_action("cms.remove_member", "Remove person", "Ended somebody's access")
    actions.register_action("cms.confirm", "Confirm", "Confirmed that it is still right")


@hooks.register("register_admin_urls")
def hub_urls() -> list[URLPattern]:
    return [
        path("partners/", partners.listed, name="hub_partners"),
        path("partners/open/", partners.opened, name="hub_open_partner"),
        path("partners/<int:pk>/", partners.shown, name="hub_partner"),
        path("partners/<int:pk>/invite/", partners.invited, name="hub_invite"),
        path("partners/<int:pk>/close/", partners.closed, name="hub_close_partner"),
        path(
            "partners/<int:pk>/people/<int:user_pk>/remove/",
            partners.removed,
            name="hub_remove_person",
        ),
    ]


class HubMenuItem(MenuItem):
    """An entry that only the hub's administrators see."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("cms.add_partnerspace"))


@hooks.register("register_admin_menu_item")
def partners_menu_item() -> MenuItem:
    return HubMenuItem("Partners", reverse("hub_partners"), icon_name="group", order=200)


@hooks.register("construct_main_menu", order=100)
def only_what_leads_somewhere(request: HttpRequest, items: list[MenuItem]) -> None:
    if is_partner(request.user):
        items[:] = [item for item in items if item.name in MENU]


@hooks.register("construct_homepage_summary_items", order=100)
def only_pages_in_summary(request: HttpRequest, items: list[Any]) -> None:
    if is_partner(request.user):
        items[:] = [item for item in items if isinstance(item, PagesSummaryItem)]
