"""Who may use the hub's desk: its dashboard and its reports."""

from django.contrib.auth.models import AnonymousUser, User

from cms.partners.boundary import is_partner

#: Held by both of the hub's groups (`cms.partners.roles`).
DESK = "cms.use_hub_desk"
#: Held by administrators: who the partners' people are.
PEOPLE = "cms.view_partnerspace"


def may_use(user: User | AnonymousUser, permission: str = DESK) -> bool:
    """Whether somebody has a permission of the hub's, and is not bound as a partner."""
    return bool(user.has_perm(permission)) and not is_partner(user)
