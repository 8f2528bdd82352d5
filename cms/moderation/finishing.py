"""What happens when a review is over."""

from typing import Any


def publish_what_waits(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved.

    If all that was submitted is live already, because it was safe or hid an address, there is
    nothing to approve: the page is only told that its latest version is the live one.

    Wagtail calls it at the end of every review (`WAGTAIL_FINISH_WORKFLOW_ACTION`).
    """
    from wagtail.models import Page
    from wagtail.workflows import publish_workflow_state

    from cms.moderation.differences import content_of, differing

    page = Page.objects.get(pk=workflow_state.object_id).specific
    latest = page.latest_revision
    if page.live and page.live_revision_id == page.latest_revision_id:
        return
    if page.live and not differing(content_of(page), content_of(latest.as_object())):
        latest.publish(user=user, skip_permission_checks=True)
        return
    publish_workflow_state(workflow_state, user=user)
