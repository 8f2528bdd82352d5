"""How long partners and the hub wait in the admin, with 5,000 services in the tree.

`python -m tests.benchmarks.admin_speed [number …]`
"""

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks.import_speed import apart_with_a_database, import_made_up, verdict
from tests.benchmarks.own_directory import sizes

ROUNDS = 30
#: What is asked for with 5,000 services in the tree: milliseconds, of 95 in 100 calls, and queries.
FORM_MS, FORM_QUERIES = 400, 60
EXPLORER_MS, APPROVING_MS = 300, 500


def main() -> None:
    for size in sizes([5_000]):
        apart_with_a_database(_measure, size)


def _measure(size: int, folder: str) -> None:
    from django.conf import settings
    from django.db import connection
    from django.urls import reverse

    from cms.models import PartnerPage, ServicePage
    from cms.partners.roles import EDITORS

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with open(os.devnull, "w") as nowhere:
        spent = import_made_up(folder, size, nowhere)
    partner_page = PartnerPage.objects.get(title="Partner 0")
    services = list(ServicePage.objects.child_of(partner_page)[:ROUNDS])
    partner, hub = _partner(partner_page.title), _person("hub@example.org", EDITORS)
    edit = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in services]
    explorer = reverse("wagtailadmin_explore", args=[partner_page.pk])
    print(f"\n{size:,} services in the tree ({connection.vendor}), imported in {spent:.0f} s")
    for who, browser in (("its partner", partner), ("the hub", hub)):
        forms = [lambda a=a, b=browser: b.get(a) for a in edit]
        _report(f"a service's form, as {who}", forms, FORM_MS, FORM_QUERIES)
    _report("explorer of the partner", [lambda: partner.get(explorer)] * ROUNDS, EXPLORER_MS)
    _report(
        "explorer of the partner, as the hub", [lambda: hub.get(explorer)] * ROUNDS, EXPLORER_MS
    )
    _report("dashboard of the hub", [lambda: hub.get(reverse("wagtailadmin_home"))] * ROUNDS)
    approved = [lambda a=a: hub.post(a, {}) for a in _submitted(services, partner)]
    _report("approving a change", approved, APPROVING_MS)


def _report(
    what: str, calls: list[Callable[[], Any]], most_ms: int = 0, most_queries: int = 0
) -> None:
    """Print what the calls took, with the targets, if there are any, and whether they were met.

    Queries of the first call are not judged: a process reads then what it holds in memory.
    """
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    spent, queries = [], []
    for call in calls:
        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            started = time.perf_counter()
            response = call()
            spent.append(1_000 * (time.perf_counter() - started))
        assert response.status_code in (200, 302), response.status_code
        queries.append(len(asked))
    p95, then = statistics.quantiles(spent, n=20)[-1], max(queries[1:])
    judged = [verdict(p95, most_ms, "ms")] if most_ms else []
    judged += [verdict(then, most_queries, "queries")] if most_queries else []
    print(
        f"  {what:<36} p50 {statistics.median(spent):6.0f}  p95 {p95:6.0f} ms; "
        f"queries: {'; '.join([f'{queries[0]} the first time, then at most {then}', *judged])}"
    )


def _submitted(services: list[Any], partner: Any) -> list[str]:
    """What each service's partner changed waits for the hub. Returns where each is approved."""
    from django.urls import reverse

    addresses = []
    for page in services:
        page.summary = f"{page.summary[:200]} Changed."
        page.save_revision(user=partner.user)
        state = page.get_workflow().start(page, partner.user).current_task_state
        addresses.append(
            reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        )
    return addresses


def _partner(name: str) -> Any:
    from cms.partners.spaces import add_member, open_space

    return _browser(add_member(open_space(name), "partner@example.org").user)


def _person(email: str, group: str) -> Any:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    user = get_user_model().objects.create_user(email, email, "quiet-harbour-42")
    user.groups.add(Group.objects.get(name=group))
    return _browser(user)


def _browser(user: Any) -> Any:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    client.user = user
    return client


if __name__ == "__main__":
    main()
