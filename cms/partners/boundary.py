"""Which of the admin's views a partner may use: every name is decided, and the rest is refused.

Wagtail guards bodies, drafts and revisions by itself; titles and pictures of others leak through
choosers, bulk actions, reports and the admin's API. A view that an upgrade adds is refused until
somebody decides (a test says so).
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import ResolverMatch
from wagtail.documents.models import AbstractDocument
from wagtail.images.permissions import permission_policy as photo_permission_policy
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from cms.models import PartnerPage, PartnerSpace
from cms.photos.showing import photos_of

#: Where a partner works: its own pages, its account, and what these need to be drawn.
ALLOWED = frozenset(
    {
        "services_exchange",
        "services_export",
        "services_import",
        "services_import_apply",
        "services_import_discard",
        "service_find_place",
        "service_how_full",
        "service_map",
        "service_suggest_needs",
        "login_state",
        "partner_still_right",
        "wagtailadmin_account",
        "wagtailadmin_dismissibles",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtailadmin_explore_root",
        "wagtailadmin_home",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_sprite",
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results",
        "wagtailimages_chooser:chosen",
        "wagtailimages_chooser:create",
        "wagtailadmin_api:pages:detail",
        "wagtailadmin_api:pages:listing",
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:add_subpage",
        "wagtailadmin_pages:collect_workflow_action_data",
        "wagtailadmin_pages:confirm_workflow_cancellation",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:history_results",
        "wagtailadmin_pages:preview_on_add",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:revisions_compare",
        "wagtailadmin_pages:revisions_index",
        "wagtailadmin_pages:revisions_revert",
        "wagtailadmin_pages:revisions_view",
        "wagtailadmin_pages:search",
        "wagtailadmin_pages:search_results",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:workflow_action",
        "wagtailadmin_pages:workflow_history",
        "wagtailadmin_pages:workflow_history_detail",
        "wagtailadmin_pages:workflow_preview",
    }
)

#: Entries of the menu that lead a partner somewhere.
MENU = frozenset({"explorer", "help", "import-and-export"})
#: Arguments of views that name a page.
_PAGES = ("page_id", "parent_page_id")
#: Views that make a page or show what it would be, and the one kind that a partner makes.
_MAKING = frozenset({"wagtailadmin_pages:add", "wagtailadmin_pages:preview_on_add"})
_MADE = ("cms", "servicepage")


def is_partner(user: User | AnonymousUser) -> bool:
    """Whether somebody is in the admin as a partner, and as a partner alone.

    A member of the hub who is also in a partner's group is bound as a partner: the narrower
    role counts, so that a group that was ticked by mistake opens nothing. Superusers are not.
    A closed space binds nobody: its group has no right left that would have to be bound.
    Asked once of a user as it was read: each request reads its own, so that what changes counts
    from the next request on.
    """
    if not user.is_authenticated or user.is_superuser:
        return False
    if not hasattr(user, "_is_partner"):
        user._is_partner = PartnerSpace.objects.filter(group__user=user, closed=None).exists()
    return bool(user._is_partner)


def works_as_partner(request: HttpRequest) -> bool:
    """Whether this is a request to the admin by somebody who is bound as a partner."""
    match = request.resolver_match
    return match is not None and match.route.startswith("admin/") and is_partner(request.user)


def bind(user: User) -> None:
    """Let a partner's person have the rights of its partner's group and of no other it is in.

    Wagtail reads what somebody may do with pages and pictures once and keeps it with the user;
    what is put there before it asks is what counts in every view, list and search.
    """
    spaces = PartnerSpace.objects.filter(closed=None)
    for policy in (page_permission_policy, photo_permission_policy):
        rights = policy.get_all_permissions_for_user(user).filter(group__space__in=spaces)
        setattr(user, policy.permission_cache_name, rights)


def refuses(request: HttpRequest) -> bool:
    """Whether this request to the admin is beyond what its user may ask for as a partner.

    Wagtail checks the page of each view too; here it is checked once more for all of them.
    """
    if not works_as_partner(request):
        return False
    match = request.resolver_match
    if match.view_name not in ALLOWED or _makes_another_kind(match):
        return True
    if match.view_name == "wagtailimages_chooser:chosen":
        return not photos_of(request.user).filter(pk=match.kwargs["pk"]).exists()
    if not match.view_name.startswith(("wagtailadmin_pages:", "wagtailadmin_explore")):
        return False
    # Somebody of two partners starts to explore at the page above both.
    exploring = match.view_name.startswith("wagtailadmin_explore")
    known = own_pages(request.user, with_above=exploring)
    asked = [match.kwargs[name] for name in _PAGES if name in match.kwargs] or match.args[:1]
    if match.view_name == "wagtailadmin_pages:delete" and _holds_partner(asked):
        return True
    return any(not known.filter(pk=pk).exists() for pk in asked)


def _makes_another_kind(match: ResolverMatch) -> bool:
    """Whether a page that no partner makes is asked for.

    Wagtail's preview looks only whether anything may be made below: the preview of a page of
    advice would show the address of every page, public or not, that its text links to.
    """
    named = match.kwargs.get("content_type_app_name"), match.kwargs.get("content_type_model_name")
    return match.view_name in _MAKING and named != _MADE


def _holds_partner(pks: Iterable[int]) -> bool:
    """Whether a partner's own page is among these: with it the space goes, which binds people."""
    return PartnerPage.objects.filter(pk__in=pks).exists()


def own_pages(user: User, with_above: bool = False) -> PageQuerySet:
    """The pages that a partner's person may know of: its partner's, and all below.

    `with_above`: and the way down to them, from the root of the tree.
    """
    inside = Q(pk__in=())
    spaces = PartnerSpace.objects.filter(group__user=user, closed=None)
    for page in Page.objects.filter(partnerpage__space__in=spaces).only("path"):
        inside |= Q(path__startswith=page.path)
        if with_above:
            steps = range(Page.steplen, len(page.path), Page.steplen)
            inside |= Q(path__in=[page.path[:end] for end in steps])
    return Page.objects.filter(inside)


def may_edit(user: User, page: Page) -> bool:
    """Whether somebody may edit a page at all: who is bound as a partner, only its partner's."""
    if not page.permissions_for_user(user).can_edit():
        return False
    return not is_partner(user) or bool(own_pages(user).filter(pk=page.pk).exists())


def serve_no_document(document: AbstractDocument, request: HttpRequest) -> None:
    """Wagtail gives any document to anybody who knows its number. The site uses none: refuse."""
    raise Http404


def narrowed(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Pages of a chooser that its user may know of."""
    if not is_partner(request.user):
        return pages
    return pages.filter(pk__in=own_pages(request.user).values("pk"))
