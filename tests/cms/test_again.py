"""What is written again from a note is what the product wrote."""

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from cms.models.accounts import LogIn
from tests.cms.again import _noted
from tests.cms.partners.conftest import Partner, client_of, roles  # noqa: F401

#: No maker of partners writes in tables of so many rows, and reading them takes a second each.
MANY = 5_000
#: Who logs in is not written again, but logged in.
LOG_INS = (Session._meta.db_table, LogIn._meta.db_table)


def _rows() -> dict[str, list[tuple]]:
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            rows = cursor.execute(f'SELECT * FROM "{table}" LIMIT {MANY}').fetchall()
            if table not in LOG_INS and len(rows) < MANY:
                found[table] = rows
    return found


def test_a_partner_that_is_made_again_has_the_same_rows(roles, client_of):  # noqa: F811
    _noted.clear()
    seen = []
    for _ in range(2):
        with transaction.atomic():
            heron = Partner("Heron Trust", client_of())
            otter = Partner("Otter Society", client_of())
            get_user_model().objects.update(last_login=None)
            seen.append({**_rows(), "keys": [heron.live.pk, otter.revision.pk]})
            transaction.set_rollback(True)
    first, again = seen
    assert first["cms_partnerspace"]
    assert [table for table in first if again[table] != first[table]] == []


def test_what_is_made_on_other_rows_is_made_anew(roles, client_of):  # noqa: F811
    otter = Partner("Otter Society", client_of())
    heron = Partner("Heron Trust", client_of())
    assert heron.page.pk not in (otter.page.pk, otter.live.pk, otter.draft.pk)
    assert heron.live.get_parent().pk == heron.page.pk
    assert heron.live.title == "Heron Trust live service"
