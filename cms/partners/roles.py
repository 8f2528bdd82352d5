"""The hub's two roles and the review that partners' changes go through: made once, kept right."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.models import HomePage, HubReview

EDITORS, ADMINISTRATORS = "Hub editors", "Hub administrators"
#: What Wagtail makes on a fresh install: rights on the whole tree, for whoever is put in by
#: mistake, and a review of its own.
_WAGTAILS_GROUPS = ("Moderators", "Editors")
_WAGTAILS_WORKFLOW = "Moderators approval"
_REVIEW = "Review by the hub"
_ON_PAGES = ("add", "change", "publish", "lock", "unlock")
#: What everybody at the hub has beside: the dashboard and the reports.
_DESK = "use_hub_desk"
_ON_PHOTOS = ("add_image", "change_image", "choose_image")
#: What administrators may do beside: people, groups and what the site says.
_ADMINISTRATION = (
    ("auth", ("add_user", "change_user", "delete_user", "view_user")),
    ("cms", ("add_partnerspace", "change_partnerspace", "view_partnerspace", "view_login")),
    ("cms", ("view_confidentialaddress", "change_safefields", "change_sitetexts")),
)
#: The shared language: everybody at the hub reads it, administrators change it.
_LANGUAGE = ("area", "helpline", "level", "need", "outcome", "phrase", "presentedneed")


@transaction.atomic
def make_roles() -> None:
    """The hub's groups with their rights, and the review on the home page. Idempotent."""
    home = HomePage.objects.get()
    Group.objects.filter(name__in=_WAGTAILS_GROUPS).delete()
    Workflow.objects.filter(name=_WAGTAILS_WORKFLOW).delete()
    editors, administrators = (
        Group.objects.get_or_create(name=name)[0] for name in (EDITORS, ADMINISTRATORS)
    )
    for group in (editors, administrators):
        grant(group, home, _ON_PAGES)
        group.permissions.add(admin_access(), Permission.objects.get(codename=_DESK))
        grant_photos(group, Collection.get_first_root_node())
    for app, codenames in _ADMINISTRATION:
        administrators.permissions.add(
            *Permission.objects.filter(content_type__app_label=app, codename__in=codenames)
        )
    for group, rights in (
        (editors, ("view",)),
        (administrators, ("view", "add", "change", "delete")),
    ):
        names = [f"{right}_{table}" for right in rights for table in _LANGUAGE]
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="directory", codename__in=names)
        )
    _make_review(home, [editors, administrators])


def grant(group: Group, page: Page, rights: Iterable[str]) -> None:
    """Let a group do something with a page and all below it: add, change, publish, lock, …"""
    for right in rights:
        GroupPagePermission.objects.get_or_create(
            group=group,
            page=page,
            permission=Permission.objects.get(
                content_type__app_label="wagtailcore",
                content_type__model="page",
                codename=f"{right}_page",
            ),
        )


def grant_photos(group: Group, collection: Collection) -> None:
    """Let a group upload, change and choose the photos of a collection and all below it."""
    for right in Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=_ON_PHOTOS
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=right
        )


def admin_access() -> Permission:
    """The right to log in to the admin at all."""
    return Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")


def _make_review(home: HomePage, groups: list[Group]) -> None:
    task = HubReview.objects.filter(name=_REVIEW).first() or HubReview.objects.create(name=_REVIEW)
    task.groups.set(groups)
    workflow, _ = Workflow.objects.get_or_create(name=_REVIEW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr)
    WorkflowPage.objects.update_or_create(page=home.page_ptr, defaults={"workflow": workflow})
