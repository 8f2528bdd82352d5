"""Who may do what with a service in every state it can be in: one table, tried in two ways.

What the admin offers is looked at in every cell. Who may not publish, submit or approve sends it
all the same, as somebody would who has forged the form, and nothing must come of it.

A practitioner is an audience of the public pages and has no account: like everybody who is not
logged in. Pages of ours cannot be made private, so that is no state of them.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from cms.models import ServicePage, ServicePageSite
from cms.partners.roles import ADMINISTRATORS, EDITORS, make_roles
from cms.partners.spaces import add_member, close_space, open_space
from directory.models import Listing
from tests.cms.pages import add_service
from tests.cms.partners.conftest import _hub
from tests.cms.untouched import untouched

#: E an editor of the hub, A an administrator of the hub, P the partner itself, O another partner,
#: N nobody who is logged in (residents, practitioners). Who is not named may not.
TABLE = """
state         public found  edit   save   publish submit approve delete copy  move  unpublish lock  history compare preview privacy
draft         -      -      EAP    EAP    EA      EAP    -       EAP    EA    EA    -         EA    EAP     EAP     EAP     -
live          EAPON  EAPON  EAP    EAP    EA      EAP    -       EA     EA    EA    EA        EA    EAP     EAP     EAP     -
newer_draft   EAPON  EAPON  EAP    EAP    EA      EAP    -       EA     EA    EA    EA        EA    EAP     EAP     EAP     -
in_moderation EAPON  EAPON  EAP    EA     EA      -      EA      EA     EA    EA    EA        EA    EAP     EAP     EAP     -
sent_back     EAPON  EAPON  EAP    EAP    EA      EAP    -       EA     EA    EA    EA        EA    EAP     EAP     EAP     -
scheduled     -      -      EAP    -      -       -      -       EAP    EA    EA    -         EA    EAP     EAP     EAP     -
expired       -      -      EAP    EAP    EA      EAP    -       EAP    EA    EA    -         EA    EAP     EAP     EAP     -
unpublished   -      -      EAP    EAP    EA      EAP    -       EAP    EA    EA    -         EA    EAP     EAP     EAP     -
locked        EAPON  EAPON  EAP    -      -       -      -       EA     EA    EA    -         EA    EAP     EAP     EAP     -
confidential  EAPON  EAPON  EAP    EAP    EA      EAP    -       EA     EA    EA    EA        EA    EAP     EAP     EAP     -
closed        -      -      EA     EA     EA      EA     -       EA     EA    EA    -         EA    EA      EA      EA      -
"""  # noqa: E501

ROLES = "EAPON"


def _cells() -> Iterator[tuple[str, str, str]]:
    head, *rows = (line.split() for line in TABLE.strip().splitlines())
    for state, *cells in rows:
        assert len(cells) == len(head) - 1, state
        for action, who in zip(head[1:], cells, strict=True):
            yield state, action, who.strip("-")


class Hub:
    """A partner with a service in each state, and a browser for each role."""

    def __init__(self) -> None:
        make_roles()
        self.space, self.other = open_space("Heron Trust"), open_space("Otter Society")
        gone = open_space("Teal Circle")
        self.clients = {
            "E": _hub(Client, EDITORS, "editor"),
            "A": _hub(Client, ADMINISTRATORS, "administrator"),
            "P": self._member(self.space, gone),
            "O": self._member(self.other),
            "N": Client(),
        }
        self.partner = self.clients["P"].user
        self.pages = {
            name: getattr(self, f"_{name}")(self._service(name))
            for name in dict.fromkeys(state for state, _, _ in _cells())
            if name != "closed"
        }
        self.pages["closed"] = add_service(gone.page, "closed", phone="01632 960001")
        close_space(gone)
        self.forms: dict[tuple[str, str], str] = {}
        self.can_save: set[tuple[str, str]] = set()
        self.sent: dict[tuple[str, str], QueryDict] = {}

    def _member(self, *spaces) -> Client:
        client = Client()
        for space in spaces:
            client.user = add_member(space, f"{spaces[0].pk}@example.org").user
        client.force_login(client.user)
        return client

    def _service(self, name: str) -> ServicePage:
        publish = name not in ("draft", "scheduled")
        sites = (ServicePageSite(confidential=True, address_1="7 Yard"),)
        return add_service(
            self.space.page,
            name,
            publish=publish,
            phone="01632 960001",
            sites=sites if name == "confidential" else (),
        )

    def _draft(self, page: ServicePage) -> ServicePage:
        return page

    _live = _confidential = _draft

    def _newer_draft(self, page: ServicePage) -> ServicePage:
        page.summary = "Newer"
        page.save_revision(user=self.partner)
        return page

    def _in_moderation(self, page: ServicePage) -> ServicePage:
        self._newer_draft(page).get_workflow().start(page, self.partner)
        return page

    def _sent_back(self, page: ServicePage) -> ServicePage:
        state = self._in_moderation(page).current_workflow_task_state
        state.specific.reject(user=self.clients["A"].user, comment="Please say more")
        return page

    def _scheduled(self, page: ServicePage) -> ServicePage:
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()
        return page

    def _expired(self, page: ServicePage) -> ServicePage:
        page.unpublish(set_expired=True)
        return page

    def _unpublished(self, page: ServicePage) -> ServicePage:
        page.unpublish()
        return page

    def _locked(self, page: ServicePage) -> ServicePage:
        page.locked, page.locked_by, page.locked_at = True, None, timezone.now()
        page.save()
        return page

    def form(self, role: str, state: str) -> str:
        """The form of a service as a role gets it, once; empty if it gets none."""
        if (role, state) not in self.forms:
            address = reverse("wagtailadmin_pages:edit", args=[self.pages[state].pk])
            response = self.clients[role].get(address)
            said = response.content.decode() if response.status_code == 200 else ""
            self.forms[role, state] = said
            if said and not response.context["locked_for_user"]:
                self.can_save.add((role, state))
        return self.forms[role, state]

    def forged(self, role: str, state: str) -> QueryDict:
        """The form that a role would send: its own, or what an administrator was given."""
        giver = role if self.form(role, state) else "A"
        if (giver, state) not in self.sent:
            self.sent[giver, state] = untouched(self.form(giver, state))
        form = self.sent[giver, state].copy()
        form["summary"] = "Forged"
        return form


@pytest.fixture(scope="module")
def matrix(django_db_setup, django_db_blocker) -> Iterator[Hub]:
    """Made once for all cells; each cell's own changes are taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Hub()
        transaction.set_rollback(True)


def _button(said: str, action: str) -> bool:
    return re.search(rf'name="{action}"|data-workflow-action-name="{action}"', said) is not None


def may(matrix: Hub, role: str, action: str, state: str) -> bool:
    """What happens when somebody of this role tries."""
    page, client = matrix.pages[state], matrix.clients[role]
    row = ServicePage.objects.get(pk=page.pk)

    def gets(name: str, *more: object) -> bool:
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more])
        return client.get(address).status_code == 200

    match action:
        case "public":
            return client.get(row.get_url()).status_code == 200
        case "found":
            return Listing.objects.live().filter(service_id=row.service_id).exists()
        case "edit":
            return matrix.form(role, state) != ""
        case "save":
            return matrix.form(role, state) != "" and (role, state) in matrix.can_save
        case "publish" | "submit":
            return _button(matrix.form(role, state), f"action-{action}")
        case "approve":
            return _button(matrix.form(role, state), "approve")
        case "delete" | "copy" | "move" | "unpublish" | "history":
            return gets(action)
        case "compare":
            return gets("revisions_compare", "earliest", "latest")
        case "preview":
            return gets("view_draft")
        case "privacy":
            return gets("set_privacy")
        case "lock":
            wanted = not page.locked
            ServicePage.objects.filter(pk=page.pk).update(locked=page.locked)
            address = reverse(f"wagtailadmin_pages:{'lock' if wanted else 'unlock'}", args=[row.pk])
            client.post(address)
            return ServicePage.objects.get(pk=row.pk).locked is wanted
    raise AssertionError(f"nobody knows how to try {action}")


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "action", "who"), list(_cells()))
def test_who_may(state, action, who, matrix):
    assert "".join(role for role in ROLES if may(matrix, role, action, state)) == who


def _public(page: ServicePage) -> list[object]:
    """What is public of a service or planned to be, and how its reviews stand.

    A page that is not live is a draft: what is saved of it is nobody's to see.
    """
    fields = ("title", "summary", "live_revision_id")
    found = Listing.objects.filter(service_id=page.service_id).values_list("active", "version")
    reviews = WorkflowState.objects.for_instance(page).order_by("pk").values_list("pk", "status")
    planned = page.revisions.exclude(approved_go_live_at=None).values_list("pk")
    row = ServicePage.objects.live().filter(pk=page.pk).values_list(*fields)
    return [list(rows) for rows in (row, found, reviews, planned)]


def _send(matrix: Hub, role: str, action: str, state: str) -> None:
    """Everything that could do it, whatever the admin shows to this role."""
    client, page = matrix.clients[role], ServicePage.objects.get(pk=matrix.pages[state].pk)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = dict(matrix.forged(role, state).lists())
    if action != "approve":
        client.post(edit, form | {f"action-{action}": "1"})
        return
    seen = {"answer": "approve", "comment": "", "revision": page.latest_revision_id}
    client.post(reverse("hub_review", args=[page.pk]), seen)
    waiting = page.current_workflow_task_state
    task = [page.pk, "approve", waiting.pk if waiting is not None else 0]
    client.post(reverse("wagtailadmin_pages:workflow_action", args=task), {"comment": ""})
    if waiting is not None:
        forged = {"action-workflow-action": "1", "workflow-action-name": "approve"}
        client.post(edit, form | forged)


def _came_of(matrix: Hub, role: str, action: str, state: str) -> bool:
    with transaction.atomic():
        before = _public(matrix.pages[state])
        _send(matrix, role, action, state)
        after = _public(matrix.pages[state])
        transaction.set_rollback(True)
    return before != after


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_nothing_comes_of_what_somebody_sends_who_may_not(role, matrix):
    refused = [
        (state, action)
        for state, action, who in _cells()
        if action in ("publish", "submit", "approve") and role not in who
    ]
    assert [cell for cell in refused if _came_of(matrix, role, cell[1], cell[0])] == []
