"""Who may do what with the pages around the services: a partner's own, a hub's, and those above.

Every cell is tried by sending what the admin would send, whether a button was shown or not, and
judged by what has become of the page.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from cms.models import DirectoryPage, HomePage, HubPage, ServicePage
from cms.partners.roles import ADMINISTRATORS, EDITORS, make_roles
from cms.partners.spaces import add_member, open_space
from directory.models import Listing
from tests.cms.pages import add_service
from tests.cms.partners.conftest import _hub
from tests.cms.untouched import untouched

#: E an editor of the hub, A an administrator of the hub, P the partner itself, O another partner,
#: N nobody who is logged in. Who is not named may not. A page with others below it is deleted by
#: nobody but a superuser.
TABLE = """
page      save publish submit approve unpublish delete lock add
partner   EAP  EA      EAP    -       EA        -      EA   EAP
in_review EA   EA      -      EA      EA        -      EA   EAP
hub       EA   EA      EA     -       EA        EA     EA   -
directory EA   EA      EA     -       EA        -      EA   EA
home      EA   EA      EA     -       EA        -      EA   EA
"""
ROLES = "EAPON"
#: What is made below each page.
CHILD = {
    "partner": "servicepage",
    "in_review": "servicepage",
    "hub": "servicepage",
    "directory": "partnerpage",
    "home": "advicepage",
}
NEW = "Something that was not there"


def _cells() -> Iterator[tuple[str, str, str]]:
    head, *rows = (line.split() for line in TABLE.strip().splitlines())
    for name, *cells in rows:
        for action, who in zip(head[1:], cells, strict=True):
            yield name, action, who.strip("-")


class Site:
    """One page of each kind, a browser for each role, and the forms that administrators have."""

    def __init__(self) -> None:
        make_roles()
        # Else each would be published again with the pages above it.
        ServicePage.objects.update(live=False)
        Listing.objects.all().delete()
        heron, teal, otter = (open_space(name) for name in ("Heron Trust", "Teal Circle", "Otter"))
        self.clients = {
            "E": _hub(Client, EDITORS, "editor"),
            "A": _hub(Client, ADMINISTRATORS, "administrator"),
            "P": self._member(heron, teal),
            "O": self._member(otter),
            "N": Client(),
        }
        self.pages = {
            "partner": heron.page,
            "in_review": teal.page,
            "hub": HubPage.objects.live().first(),
            "directory": DirectoryPage.objects.get(),
            "home": HomePage.objects.get(),
        }
        add_service(heron.page)
        add_service(teal.page)
        teal.page.title = NEW
        teal.page.save_revision(user=self.clients["P"].user)
        teal.page.get_workflow().start(teal.page, self.clients["P"].user)
        self.forms = {name: self._form(self.edit(name)) for name in self.pages}
        self.new = {name: self._form(self.add(name)) for name in self.pages if name != "hub"}
        self.new["hub"] = self.new["partner"]

    def edit(self, name: str) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.pages[name].pk])

    def add(self, name: str) -> str:
        return reverse("wagtailadmin_pages:add", args=["cms", CHILD[name], self.pages[name].pk])

    def _member(self, *spaces) -> Client:
        client = Client()
        for space in spaces:
            client.user = add_member(space, f"{spaces[0].pk}@example.org").user
        client.force_login(client.user)
        return client

    def _form(self, address: str) -> QueryDict:
        return untouched(self.clients["A"].get(address).content.decode())


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[Site]:
    """Made once; what each attempt changes is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Site()
        transaction.set_rollback(True)


def may(site: Site, role: str, action: str, name: str) -> bool:
    """What has become of the page when somebody of this role has tried."""
    with transaction.atomic():
        done = _tried(site, site.clients[role], action, name)
        transaction.set_rollback(True)
    return done


def _tried(site: Site, client: Client, action: str, name: str) -> bool:
    pk = site.pages[name].pk
    page = Page.objects.filter(pk=pk)

    def sends(view: str, **data: str) -> None:
        client.post(reverse(f"wagtailadmin_pages:{view}", args=[pk]), data)

    match action:
        case "save":
            before = page.get().latest_revision_id
            _send(client, site.edit(name), site.forms[name], title=NEW)
            return page.get().latest_revision_id != before
        case "publish":
            _send(client, site.edit(name), site.forms[name], title=NEW, **{"action-publish": "1"})
            return page.get().title == NEW
        case "submit":
            before = list(WorkflowState.objects.values_list("pk"))
            _send(client, site.edit(name), site.forms[name], title=NEW, **{"action-submit": "1"})
            return list(WorkflowState.objects.values_list("pk")) != before
        case "approve":
            before = page.get().live_revision_id
            _approve(client, page.get())
            return page.get().live_revision_id != before
        case "add":
            bare = {"page_needs-TOTAL_FORMS": "0"}
            _send(client, site.add(name), site.new[name], title=NEW, slug="new", **bare)
            return page.get().get_children().filter(draft_title=NEW, slug="new").exists()
        case "unpublish":
            sends("unpublish")
            return not page.get().live
        case "delete":
            sends("delete")
            return not page.exists()
        case "lock":
            sends("lock")
            return page.get().locked
    raise AssertionError(f"nobody knows how to try {action}")


def _send(client: Client, address: str, form: QueryDict, **values: str) -> None:
    client.post(address, dict(form.lists()) | values)


def _approve(client: Client, page: Page) -> None:
    """In the hub's way, and in Wagtail's."""
    answer = {"answer": "approve", "comment": "", "revision": page.latest_revision_id or 0}
    client.post(reverse("hub_review", args=[page.pk]), answer)
    state = page.current_workflow_task_state
    if state is not None:
        task = [page.pk, "approve", state.pk]
        client.post(reverse("wagtailadmin_pages:workflow_action", args=task), {"comment": ""})


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_what_somebody_sends_is_done_only_if_they_may(role, site):
    done = {(name, action) for name, action, _ in _cells() if may(site, role, action, name)}
    assert done == {(name, action) for name, action, who in _cells() if role in who}
