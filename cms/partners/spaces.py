"""Opening and closing a partner's space, and who is in it.

A partner has `add` and `change` on its own page and nothing else: what it changes goes live when
the hub says so, and it reaches nobody else's page.
"""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, Page, PageSubscription

from cms.models import DirectoryPage, Invitation, PartnerPage, PartnerSpace
from cms.partners.boundary import may_edit
from cms.partners.roles import admin_access, grant

_ON_OWN_PAGE = ("add", "change")
_ON_OWN_PICTURES = ("add_image", "change_image", "choose_image")


class SpaceRefused(Exception):
    """What was asked for cannot be done; the text says what to do instead."""


class PersonRefused(SpaceRefused):
    """The person who was named cannot be let in."""


@transaction.atomic
def open_space(name: str, by: User | None = None) -> PartnerSpace:
    """The space of the partner `name`, with a page of its own, published.

    Takes up a partner's page of that name that nobody has a space for. Raises SpaceRefused.
    """
    name = name.strip()
    if not name:
        raise SpaceRefused("Give the partner a name.")
    page = PartnerPage.objects.filter(title__iexact=name).first() or _new_page(name, by)
    space = PartnerSpace.objects.filter(page=page).first()
    if space is not None and space.closed is None:
        raise SpaceRefused(f"{page.title} has a space already. Invite people to it instead.")
    if space is None:
        space = _new_space(page)
    space.closed = None
    space.save()
    grant(space.group, page, _ON_OWN_PAGE)
    space.group.permissions.add(admin_access())
    for right in Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=_ON_OWN_PICTURES
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=space.group, collection=space.collection, permission=right
        )
    log(page, "cms.open_space", user=by)
    return space


@transaction.atomic
def close_space(space: PartnerSpace, by: User | None = None) -> int:
    """Take the partner and all its services out of public view, and let nobody in any more.

    Returns how many services were withdrawn. Nothing is deleted: opening it again brings the
    people back, and the hub publishes what is right.
    """
    page = PartnerPage.objects.get(pk=space.page_id)
    withdrawn = 0
    for service in page.get_children().live().specific():
        service.unpublish(user=by)
        withdrawn += 1
    if page.live:
        page.unpublish(user=by)
    space.group.permissions.clear()
    space.group.page_permissions.all().delete()
    GroupCollectionPermission.objects.filter(group=space.group).delete()
    _unsubscribe(page, space.group.user_set.all())
    space.closed = timezone.now()
    space.save()
    log(page, "cms.close_space", user=by, data={"services": withdrawn})
    return withdrawn


@transaction.atomic
def add_member(space: PartnerSpace, email: str, by: User | None = None) -> Invitation:
    """Let the person with this address edit for the partner; their account is made if need be.

    Raises SpaceRefused. `invitations.post` tells them.
    """
    email = email.strip().lower()
    if "@" not in email:
        raise PersonRefused(f"'{email}' is no e-mail address.")
    if space.closed is not None:
        raise SpaceRefused(f"{space} is closed. Open it again first.")
    users = get_user_model().objects
    user = users.filter(email__iexact=email).first()
    if user is not None and _is_of_the_hub(user):
        raise PersonRefused(
            f"{email} is of the hub: use another address. Whoever edits for a partner can do "
            "nothing else here."
        )
    if user is None:
        user = users.create_user(username=email, email=email)
        user.set_unusable_password()
        user.save()
    user.groups.add(space.group)
    invitation, _ = Invitation.objects.get_or_create(
        space=space, user=user, defaults={"invited_by": by}
    )
    log(space.page, "cms.add_member", user=by)
    return invitation


@transaction.atomic
def remove_member(space: PartnerSpace, user: User, by: User | None = None) -> None:
    """End somebody's access to a partner, from their next click on, and what it mails them."""
    user.groups.remove(space.group)
    Invitation.objects.filter(space=space, user=user).delete()
    _unsubscribe(space.page, [user])
    log(space.page, "cms.remove_member", user=by)


def spaces_of(user: User) -> list[PartnerSpace]:
    """The partners that somebody edits for."""
    return list(PartnerSpace.objects.filter(group__user=user, closed__isnull=True))


def people_of(page: Page) -> set[User]:
    """Everybody who edits for the partner that a page is of; nobody if it is of none."""
    above = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    spaces = PartnerSpace.objects.filter(page__path__in=above, closed=None)
    return set(get_user_model().objects.filter(groups__space__in=spaces))


def _is_of_the_hub(user: User) -> bool:
    """Superusers are not meant: nothing binds them."""
    return bool(user.has_perm("cms.use_hub_desk")) and not user.is_superuser


def _unsubscribe(page: Page, people: Iterable[User]) -> None:
    """Drop what these people have asked to hear of a partner's pages, unless they may edit them.

    Wagtail subscribes whoever makes or opens a page, and asks for no right when it mails.
    """
    # Asked for anew: what somebody may do is remembered with the object.
    for user in get_user_model().objects.filter(pk__in=[person.pk for person in people]):
        if not may_edit(user, page):
            below = Page.objects.descendant_of(page, inclusive=True)
            PageSubscription.objects.filter(user=user, page__in=below).delete()


def _new_page(name: str, by: User | None) -> PartnerPage:
    page = PartnerPage(title=name, live=False, owner=by)
    page.full_clean(exclude=["path", "depth", "url_path", "slug"])
    DirectoryPage.objects.get().add_child(instance=page)
    page.save_revision(user=by).publish()
    return PartnerPage.objects.get(pk=page.pk)


def _new_space(page: PartnerPage) -> PartnerSpace:
    root = Collection.get_first_root_node()
    return PartnerSpace(
        page=page,
        group=Group.objects.create(name=f"Partner: {page.title} ({page.pk})"[:150]),
        collection=root.add_child(name=f"{page.title} ({page.pk})"),
    )
