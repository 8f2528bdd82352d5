"""A directory of any size in a database of its own, and processes of their own to measure in."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests import databases


def sizes(defaults: Sequence[int]) -> list[int]:
    """The numbers of services that were asked for on the command line, or the usual ones."""
    return [int(size.replace(",", "")) for size in sys.argv[1:]] or list(defaults)


@contextmanager
def filled(size: int) -> Iterator[None]:
    """A database with the shared language, the places and `size` made-up services."""
    given = os.environ.get("DATABASE_URL")
    with tempfile.TemporaryDirectory() as folder:
        url = databases.address(Path(folder))
        databases.create(url)
        os.environ["DATABASE_URL"] = url
        try:
            apart(_fill, size, OPENSEARCH_URL="")
            yield
        finally:
            databases.drop(url)
            os.environ.pop("DATABASE_URL")
            if given is not None:
                os.environ["DATABASE_URL"] = given


def apart(work: Callable[..., None], *values: object, **settings: str) -> None:
    """Do `work` in a process of its own, set up by `settings` from the environment.

    Nothing that others loaded or cached is there. Exits when it fails.
    """
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.environ.update(settings)
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
            import django

            django.setup()
            work(*values)
            code = 0
        except BaseException:  # noqa: BLE001
            import traceback

            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if status:
        sys.exit("The run failed: see above.")


def _fill(size: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from directory import listings
    from tests.benchmarks.synthetic import add_districts, services

    with open(os.devnull, "w") as nowhere:
        call_command("migrate", verbosity=0)
        for command in ("load_language", "load_places", "load_helplines", "train"):
            call_command(command, stdout=nowhere)
    add_districts()
    before = _bytes()
    started = time.perf_counter()
    listings.publish_all(services(size), "benchmark")
    spent = time.perf_counter() - started
    if connection.vendor == "postgresql":
        # What its autovacuum does by itself, within a minute or so.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(
        f"\n{size:,} services ({connection.vendor}): published in {spent:.1f} s, "
        f"{size / spent:,.0f} a second; {(_bytes() - before) / size:,.0f} bytes each"
    )


def _bytes() -> int:
    """How much the database holds."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(str(connection.settings_dict["NAME"])).stat().st_size
