"""Which panels and numbers somebody's dashboard has."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from cms.dashboard.hub import HubPanel
from cms.dashboard.partner import PartnerPanel
from cms.partners.boundary import is_partner
from cms.reports.desk import may_use

#: What ours say better, in queries that do not grow with what waits.
_REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)
#: What a partner is not shown: pages that it edited before it left another partner.
_NOT_FOR_PARTNERS = (*_REPLACED, RecentEditsPanel, LockedPagesPanel)


def arrange(request: HttpRequest, panels: list[Any]) -> None:
    """Put the hub's or the partner's panel in the place of Wagtail's."""
    if is_partner(request.user):
        panels[:] = [panel for panel in panels if not isinstance(panel, _NOT_FOR_PARTNERS)]
        panels.append(PartnerPanel())
    elif may_use(request.user):
        panels[:] = [panel for panel in panels if not isinstance(panel, _REPLACED)]
        panels.append(HubPanel())
