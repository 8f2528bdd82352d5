"""Doing what a plan says, all of it or none: the only place here that writes pages."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import LogContext
from wagtail.models import Page, WorkflowState

from cms.exchange import bulk, mails
from cms.exchange.cells import Content
from cms.exchange.comparing import plan_for
from cms.exchange.history import Import, begun, log_added, log_import
from cms.exchange.plan import Plan, RowPlan
from cms.exchange.scope import Scope
from cms.models import DirectoryPage, PartnerPage, ServicePage
from directory.listings import InvalidRecord
from directory.writing import wait_for_turn

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Applied:
    """How many services were added and changed."""

    created: int
    changed: int


class Refused(Exception):
    """Nothing was written; the text says why."""


class Moved(Refused):
    """What the file would do is not what was agreed to any more. `plan` is what it would do now."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(
            "Pages were edited after this preview, so nothing was written. Look at what the file "
            "would do now."
        )


@transaction.atomic
def apply_file(
    data: bytes,
    scope: Scope,
    *,
    publish: bool,
    agreed: str,
    name: str,
    progress: Progress | None = None,
) -> Applied:
    """Do what the file `data` says, if that is still what was agreed to (`Plan.fingerprint`).

    Raises Moved if it is not, Refused if a row cannot be taken, reading.Unreadable.
    """
    wait_for_turn()
    plan = plan_for(data, scope, publish=publish)
    if plan.fingerprint != agreed:
        raise Moved(plan)
    if plan.refused:
        raise Refused("Some rows cannot be taken, so nothing was written.")
    pages = [row.page_id for row in plan.doing("changed")]
    # Who saves one of these pages now waits; who did so since it was read is noticed.
    locked = Page.objects.select_for_update().filter(pk__in=pages).order_by("pk")
    newest = dict(locked.values_list("pk", "latest_revision_id"))
    if any(newest.get(r.page_id) != r.revision_id for r in plan.doing("changed") if r.page_id):
        raise Moved(plan_for(data, scope, publish=publish))
    try:
        with mails.together():
            return _apply(plan, scope, publish, name, progress)
    except InvalidRecord as error:
        raise Refused(f"The public record refuses this: {error}") from error


def _apply(
    plan: Plan, scope: Scope, publish: bool, name: str, progress: Progress | None
) -> Applied:
    changed, created = plan.doing("changed"), plan.doing("created")
    partners = (row.partner.pk for row in plan.rows if row.partner is not None)
    current = begun(name, scope.user, partners)
    for done, row in enumerate(changed, start=1):
        try:
            # An action of its own: of one action Wagtail shows the last entry alone, on one page.
            with LogContext(user=scope.user):
                _change(row, scope, publish)
        except ValidationError as error:
            raise Refused(f"Row {row.number}: {' '.join(error.messages)}") from error
        if progress and (done % 50 == 0 or done == len(changed)):
            progress("changed", done, len(changed))
    _create(created, scope, publish, current, progress)
    applied = Applied(len(created), len(changed))
    if created or changed:
        log_import(_logged_on(scope), current, applied.created, applied.changed)
    return applied


def _change(row: RowPlan, scope: Scope, publish: bool) -> None:
    page = ServicePage.objects.get(pk=row.page_id)
    changed: ServicePage = page.with_content_json(row.content)
    _say_that_addresses_are_whole(changed, scope.sees_addresses)
    if not changed.live:
        # A page that was never published says in its own row what its newest version says.
        changed.save(clean=publish)
        _say_that_addresses_are_whole(changed, False)
    revision = changed.save_revision(user=scope.user, log_action=True, clean=publish)
    if publish and scope.hub:
        revision.publish(user=scope.user)
    elif publish:
        submit(ServicePage.objects.get(pk=page.pk), scope.user)


def _say_that_addresses_are_whole(page: ServicePage, whole: bool) -> None:
    """What the file says of a confidential site, if its reader sees it, is all there is to know."""
    for site in page.page_sites.all():
        site.address_is_complete = whole


def _create(
    rows: list[RowPlan], scope: Scope, publish: bool, current: Import, progress: Progress | None
) -> None:
    by_partner: dict[int, tuple[PartnerPage, list[Content]]] = {}
    for row in rows:
        if row.partner is not None and row.content is not None:
            by_partner.setdefault(row.partner.pk, (row.partner, []))[1].append(row.content)
    before = 0
    for partner, contents in by_partner.values():

        def said(done: int, before: int = before) -> None:
            if progress:
                progress("added", before + done, len(rows))

        live = publish and scope.hub
        pages = bulk.create(partner, contents, live=live, user=scope.user, progress=said)
        log_added(pages, current)
        before += len(contents)
        for page in pages if publish and not scope.hub else ():
            with LogContext(user=scope.user):
                submit(ServicePage.objects.get(pk=page.pk), scope.user)


def submit(page: ServicePage, user: User | None) -> None:
    """Send the newest version to the hub, as the button of the form does."""
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    elif page.has_workflow:
        page.get_workflow().start(page, user)


def _logged_on(scope: Scope) -> Page:
    if len(scope.partners) == 1:
        return scope.partners[0]
    return DirectoryPage.objects.get()
