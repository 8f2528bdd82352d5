"""What the admin is given. Everything is registered here and written elsewhere."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from cms.accounts import admin as accounts
from cms.confidential import admin as confidential
from cms.dashboard import how_full
from cms.dashboard import panels as dashboard
from cms.editing import admin as editing
from cms.exchange import admin as exchange
from cms.moderation import admin as moderation
from cms.partners.boundary import MENU, is_partner, narrowed, serve_no_document
from cms.photos.showing import only_own_photos
from cms.reports import admin as reports
from cms.views.hub import partners
from cms.vocabulary import log as vocabulary_log
from cms.vocabulary.hubs import hubs as vocabulary_hubs
from cms.vocabulary.viewsets import SharedLanguage


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


hooks.register("register_log_actions", accounts.register_actions)
hooks.register("register_admin_urls", accounts.urls)
hooks.register("register_reports_menu_item", accounts.report_item)
hooks.register("register_account_menu_item", accounts.password_item)
hooks.register("register_account_menu_item", accounts.two_factor_item)
hooks.register("register_user_listing_buttons", accounts.reset_button)
hooks.register("register_log_actions", reports.register_actions)
hooks.register("register_admin_urls", reports.urls)
hooks.register("construct_homepage_panels", dashboard.arrange)
hooks.register("register_admin_urls", how_full.urls)
hooks.register("register_page_listing_more_buttons", how_full.button)
for _item in reports.menu_items():
    hooks.register("register_reports_menu_item", _item)
hooks.register("register_log_actions", confidential.register_actions)
hooks.register("before_publish_page", confidential.stop_release)
hooks.register("before_copy_page", confidential.stop_alias)
hooks.register("construct_image_chooser_queryset", only_own_photos)
hooks.register("before_serve_document", serve_no_document)
hooks.register("after_create_page", confidential.say_what_was_hidden)
hooks.register("after_edit_page", confidential.say_what_was_hidden)
hooks.register("after_create_page", confidential.warn_where_it_is_written)
hooks.register("after_edit_page", confidential.warn_where_it_is_written)
hooks.register("register_admin_urls", exchange.urls)
hooks.register("register_admin_menu_item", exchange.menu_item)
hooks.register("register_log_actions", exchange.register_actions)
hooks.register("register_admin_urls", editing.urls)
hooks.register("before_edit_page", editing.ask_once)
hooks.register("after_create_page", editing.say_where_sites_are)
hooks.register("after_edit_page", editing.say_where_sites_are)
hooks.register("register_admin_urls", moderation.urls)
hooks.register("register_log_actions", moderation.register_actions)
hooks.register("register_reports_menu_item", moderation.deleted_item)
hooks.register("register_page_header_buttons", moderation.review_button)
hooks.register("construct_page_action_menu", moderation.submitting_first)
hooks.register("construct_page_action_menu", moderation.without_own_publishing)
hooks.register("before_publish_page", moderation.stop_own_publishing)
hooks.register("before_bulk_action", moderation.stop_own_publishing_in_bulk)
hooks.register("after_edit_page", moderation.say_what_is_live)
hooks.register("before_delete_page", moderation.say_that_it_can_be_undone)
hooks.register("insert_editor_js", moderation.keep_typed)


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


@hooks.register("insert_global_admin_css")
def fits_a_phone() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin/phone.css"))


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
def no_summary_for_partners(request: HttpRequest, items: list[Any]) -> None:
    # Wagtail counts all pages below what somebody's pages have in common: with two partners, all.
    if is_partner(request.user):
        items.clear()


hooks.register("register_log_actions", vocabulary_log.register)
hooks.register("register_admin_viewset", SharedLanguage)


@hooks.register("register_admin_urls")
def vocabulary_urls() -> list[URLPattern]:
    return [path("language/hubs/", vocabulary_hubs, name="vocabulary_hubs")]
