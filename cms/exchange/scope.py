"""Whose services somebody may take out and bring in, and what becomes of what they bring."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied

from cms.confidential import may_see_address
from cms.models import DirectoryPage, PartnerPage
from cms.partners.boundary import is_partner
from cms.partners.spaces import spaces_of


@dataclass(frozen=True, slots=True)
class Scope:
    """What an import or export reaches.

    `hub`: what it brings may be published; a partner's goes to the hub for review.
    `sees_addresses`: of confidential sites. `everything`: not narrowed to some partners.
    """

    user: User | None
    partners: tuple[PartnerPage, ...]
    hub: bool
    sees_addresses: bool
    everything: bool

    @property
    def hidden(self) -> bool:
        return not self.sees_addresses

    def narrowed(self, partner: PartnerPage) -> "Scope":
        """The same for one partner alone. The caller has looked whether it is among them."""
        return Scope(self.user, (partner,), self.hub, self.sees_addresses, everything=False)


def scope_of(user: User | AnonymousUser) -> Scope:
    """What somebody's role lets them exchange. Raises PermissionDenied.

    Partners reach their own services; who may publish the whole directory reaches all of them.
    Somebody in a partner's group is bound as a partner, whatever else they are.
    """
    if not isinstance(user, User) or not user.is_active:
        raise PermissionDenied
    if is_partner(user):
        own = tuple(space.page for space in spaces_of(user))
        if not own:
            raise PermissionDenied
        return Scope(user, own, hub=False, sees_addresses=True, everything=False)
    if not keeps_directory(user):
        raise PermissionDenied
    partners = tuple(PartnerPage.objects.order_by("title"))
    return Scope(user, partners, True, may_see_address(user, None), everything=True)


def scope_of_operator(sees_addresses: bool) -> Scope:
    """What the person at the server reaches: everything."""
    partners = tuple(PartnerPage.objects.order_by("title"))
    return Scope(None, partners, hub=True, sees_addresses=sees_addresses, everything=True)


def may_exchange(user: User | AnonymousUser) -> bool:
    """Whether somebody finds import and export in the menu."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return bool(spaces_of(user)) if is_partner(user) else keeps_directory(user)


def keeps_directory(user: User) -> bool:
    """Whether somebody may publish what is below the directory."""
    directory = DirectoryPage.objects.first()
    return directory is not None and bool(directory.permissions_for_user(user).can_publish())
