"""Handing in a change, as a partner's person does, and what the hub answers."""

from wagtail.models import WorkflowState

from cms.models import ServicePage


def submit(page: ServicePage, user) -> WorkflowState:
    """A change that the hub has to look at."""
    page = ServicePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    page.summary = f"Changed: {page.summary}"[:300]
    page.save_revision(user=user)
    page = ServicePage.objects.get(pk=page.pk)
    return page.get_workflow().start(page, user)


def send_back(state: WorkflowState, user, comment: str) -> None:
    """The hub's answer."""
    state = WorkflowState.objects.get(pk=state.pk)
    state.current_task_state.specific.reject(user=user, comment=comment)
