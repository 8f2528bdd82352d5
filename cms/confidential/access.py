"""Who may see where a confidential site is."""

from django.contrib.auth.models import AnonymousUser, User
from wagtail.models import Page

#: Held by hub administrators (`cms.partners.roles`), and by nobody else.
PERMISSION = "cms.view_confidentialaddress"


def may_see_address(user: User | AnonymousUser | None, page: Page | None) -> bool:
    """Whether somebody may see, in the admin, the addresses of a service's confidential sites.

    `page` is the service, or the partner's page under which a new service is being written.
    The owning partner's people may, and the hub's administrators (superusers count as such).
    Somebody who is in a partner's group is bound as a partner: of others they learn nothing.
    """
    from cms.partners.boundary import is_partner

    if user is None or not user.is_authenticated or not user.is_active:
        return False
    if is_partner(user):
        return page is not None and _is_theirs(user, page)
    return bool(user.has_perm(PERMISSION))


def _is_theirs(user: User, page: Page) -> bool:
    from cms.models import PartnerSpace

    above = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return PartnerSpace.objects.filter(
        group__user=user, closed__isnull=True, page__path__in=above
    ).exists()
