"""The tables of the embedded engine, in whichever database the tests run on."""

import pytest
from django.db import connection

from directory import listings
from directory.search import embedded_engine
from directory.search.embedded import fulltext, reach
from directory.search.query import Query
from tests.contracts.engine import DISS
from tests.factories import ServiceRecordFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_directory")]


def _found(**query) -> list[int]:
    return [c.listing_id for c in embedded_engine().candidates(Query(**query)).candidates]


def test_a_description_of_megabytes_is_indexed_by_its_beginning():
    description = "wheelchair " + " ".join(f"word{n}" for n in range(300_000)) + " hoist"
    pk = listings.publish(ServiceRecordFactory(description=description)).pk
    assert _found(text="wheelchair") == [pk]
    assert _found(text="hoist") == []


def test_a_rebuild_that_fails_leaves_the_tables_as_they_were(monkeypatch):
    pk = listings.publish(ServiceRecordFactory(name="Acorn club")).pk

    class DiskFull(Exception):
        pass

    def fail(numbered):
        raise DiskFull

    monkeypatch.setattr(reach, "write", fail)
    with pytest.raises(DiskFull):
        embedded_engine().rebuild()
    assert _found(text="acorn") == _found(needs=("debt-advice",)) == [pk]
    assert embedded_engine().status().healthy


def test_the_tables_can_be_taken_away_and_made_anew():
    pk = listings.publish(ServiceRecordFactory(name="Acorn club")).pk
    with connection.cursor() as cursor:
        for statement in fulltext.drop_statements(connection.vendor):
            cursor.execute(statement)
        names = connection.introspection.table_names(cursor)
        assert not [name for name in names if name.startswith("directory_fulltext")]
        for statement in fulltext.create_statements(connection.vendor):
            cursor.execute(statement)
    assert embedded_engine().rebuild() == 1
    assert _found(text="acorn") == [pk]


def test_ranges_are_read_from_their_index():
    """Each pair of a need and a token is a short range of `reach_range`, at any size."""
    listings.publish(ServiceRecordFactory())
    explain = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}[connection.vendor]
    plans: list[str] = []

    def explained(execute, sql, params, many, context):
        if "directory_reach" in sql and sql.lstrip().startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.cursor.execute(f"{explain} {sql}", params)
                plans.append(str(cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # So small a table it would read through otherwise.
            cursor.execute("SET LOCAL enable_seqscan = off")
    with connection.execute_wrapper(explained):
        _found(needs=("debt-advice", "nuisance"), place=DISS, beyond=True)
    [plan] = plans
    assert plan.count("reach_range") == 2
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
