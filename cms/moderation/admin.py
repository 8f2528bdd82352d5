"""What the admin shows of reviews, of safe changes and of deleted pages."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from wagtail.admin.action_menu import (
    ActionMenuItem,
    PublishMenuItem,
    SubmitForModerationMenuItem,
)
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter, get_active_log_context
from wagtail.models import Page, PageLogEntry, WorkflowState, get_default_page_content_type

from cms.moderation.safe import ACTION, words_of
from cms.partners.boundary import is_partner
from cms.views.hub.deleted import brought_back, deleted
from cms.views.hub.reviews import reviewed
from cms.views.login_state import login_state


def urls() -> list[URLPattern]:
    return [
        path("reviews/<int:page_id>/", reviewed, name="hub_review"),
        path("deleted/", deleted, name="hub_deleted"),
        path("deleted/<int:pk>/bring-back/", brought_back, name="hub_bring_back"),
        path("log-in-state/", login_state, name="login_state"),
    ]


def register_actions(actions: LogActionRegistry) -> None:
    @actions.register_action(ACTION)
    class SafeFormatter(LogFormatter):  # type: ignore[misc]
        label = "Publish safe changes"

        def format_message(self, log_entry: Any) -> str:
            return f"Went live at once: {words_of(log_entry.data.get('fields', []))}"

    actions.register_action("cms.bring_back", "Bring back", "Brought the deleted page back")


class _DeletedItem(MenuItem):
    """An entry that the hub sees."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("cms.use_hub_desk"))


def deleted_item() -> MenuItem:
    return _DeletedItem("Deleted pages", reverse("hub_deleted"), icon_name="bin", order=1200)


def review_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """The two sides, from the page that is being edited: for those who may publish it."""
    if page.has_unpublished_changes and page.permissions_for_user(user).can_publish():
        address = reverse("hub_review", args=[page.pk])
        yield Button("See what changed", address, icon_name="doc-full-inverse", priority=5)


def submitting_first(items: list[ActionMenuItem], request: HttpRequest, context: Any) -> None:
    """What a partner means by saving is that people shall see it: that is the first button."""
    if is_partner(request.user):
        items.sort(key=lambda item: not isinstance(item, SubmitForModerationMenuItem))


def without_own_publishing(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """No button that `stop_own_publishing` would refuse."""
    page = context.get("page")
    publishing = [item for item in items if isinstance(item, PublishMenuItem)]
    if not publishing:
        return
    # The form for a new page has none yet.
    asked = page is not None and _reviews_asked_for(request.user).filter(object_id=page.pk).exists()
    if asked or is_partner(request.user):
        items[:] = [item for item in items if item not in publishing]


def stop_own_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Nobody publishes past the review that they are subject to.

    That is always so for a partner's people, whatever other groups they are in; for the hub's, as
    long as a review that they asked for themselves is not over.
    """
    if is_partner(request.user):
        words = "Submit it: somebody of the hub publishes it. It is kept as a draft."
    elif page.pk in {own.pk for own in _own_reviews(request.user)}:
        words = f"{_somebody_else(page, request.user)} What you changed is kept as a draft."
    else:
        return None
    messages.error(request, words)
    return redirect("wagtailadmin_pages:edit", page.pk)


def stop_own_publishing_in_bulk(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """The same of pages that are ticked in a list, and of those that are published below them."""
    if action_type != "publish" or action.model is not Page:
        return None
    below = action.cleaned_form.cleaned_data["include_descendants"]
    ticked = {page.pk for page in objects}
    for own in _own_reviews(request.user):
        if own.pk in ticked or (below and any(own.is_descendant_of(page) for page in objects)):
            words = _somebody_else(own, request.user)
            messages.error(request, f"“{own}” is not published, nor is anything else. {words}")
            return redirect(action.next_url)
    return None


def _own_reviews(user: User) -> list[Page]:
    """The pages that somebody has submitted, and that nobody has approved yet."""
    keys = [int(pk) for pk in _reviews_asked_for(user).values_list("object_id", flat=True)]
    return list(Page.objects.filter(pk__in=keys))


def _reviews_asked_for(user: User) -> QuerySet[WorkflowState]:
    reviews: QuerySet[WorkflowState] = WorkflowState.objects.active().filter(
        requested_by=user, base_content_type=get_default_page_content_type()
    )
    return reviews


def _somebody_else(page: Page, but: User) -> str:
    """Who may approve what somebody has submitted themselves."""
    task = page.current_workflow_state.current_task_state.task.specific
    desk = get_user_model().objects.filter(
        is_active=True, groups__permissions__codename="use_hub_desk"
    )
    names = [
        person.get_full_name() or person.email
        for person in desk.exclude(pk=but.pk).distinct().order_by("pk")
        if "approve" in {name for name, *_ in task.get_actions(page, person)}
    ]
    if not names:
        return (
            "You submitted it yourself, and nobody else of the hub may approve it: ask for "
            "somebody to be put into the group of hub editors."
        )
    return f"You submitted it yourself, so somebody else approves it: {get_text_list(names, 'or')}."


def say_what_is_live(request: HttpRequest, page: Page) -> None:
    """Tell who submitted it what everybody sees already."""
    entry = PageLogEntry.objects.filter(
        page=page.pk, action=ACTION, uuid=get_active_log_context().uuid
    ).first()
    if entry is None:
        return
    live = words_of(entry.data["fields"])
    waits = Page.objects.get(pk=page.pk).has_unpublished_changes
    rest = "The hub looks at the rest." if waits else "Nothing waits for the hub."
    messages.success(request, f"Public already: {live}. {rest}")


def say_that_it_can_be_undone(request: HttpRequest, page: Page) -> None:
    until = timezone.localdate() + timedelta(days=settings.DELETED_PAGES_KEPT_DAYS)
    if request.method != "POST":
        messages.info(request, f"If it is deleted, the hub can bring it back until {until:%-d %B}.")


def keep_typed() -> SafeString:
    """The script that looks whether the log-in still holds before a page is sent."""
    return format_html(
        '<link rel="stylesheet" href="{}">'
        '<script src="{}" data-check="{}" data-login="{}"></script>',
        static("cms/admin/keep-typed.css"),
        static("cms/admin/keep-typed.js"),
        reverse("login_state"),
        reverse("wagtailadmin_home"),
    )
