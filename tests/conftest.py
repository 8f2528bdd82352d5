"""What every test stands on: the demonstration hub, loaded once by the commands that users run."""

import gc
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from directory.models import Listing, Organization
from directory.search import embedded_engine
from matching.understanding.artefact import current_model
from matching.understanding.model import Model
from tests import databases
from tests.running_site import RunningSite, start
from tests.search.fixtures import index, node_url, proxy, remove_indices  # noqa: F401


def pytest_collection_finish() -> None:
    """Look for garbage seldom: what is imported by now stays, and pages are drawn by the thousand.

    It makes the tests of the admin about a twelfth cheaper.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that only asks a running site needs the tests' database as well.

    pytest-django makes it when some test is marked, and without it the fixtures below would go
    into the database of the install.
    """
    for item in items:
        if "django_db_setup" in item.fixturenames:  # type: ignore[attr-defined]
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings) -> None:
    """Nothing is migrated where the database will be a copy."""
    if databases.demonstration():
        connection.settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The shared language, the map, the lines and the demonstration, in the test database.

    Where the tests were started beside an OpenSearch, its index holds the demonstration too.
    """
    with django_db_blocker.unblock():
        if made := databases.demonstration():
            databases.fill(connection.connection, made)
        else:
            for command in ("load_language", "load_places", "load_helplines", "load_demo"):
                call_command(command, verbosity=0, stdout=_Silence())
        if settings.OPENSEARCH_URL:
            call_command("search_index", "rebuild", stdout=_Silence())
    yield
    if settings.OPENSEARCH_URL:
        remove_indices(settings.OPENSEARCH_INDEX)


@pytest.fixture(scope="session")
def model(django_db_setup, django_db_blocker) -> Model:
    """The matcher, trained as users train it: once, and again when what it learns from changes."""
    with django_db_blocker.unblock():
        call_command("train", stdout=_Silence())
    return current_model()


class _Silence:
    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None: ...


@pytest.fixture
def empty_directory(db) -> Iterator[None]:
    """No listing at all, for tests that make their own."""
    Listing.objects.all().delete()
    Organization.objects.all().delete()
    embedded_engine().rebuild()
    yield


@pytest.fixture(scope="session")
def running_site(tmp_path_factory, model) -> Iterator[RunningSite]:
    """The demonstration, served by gunicorn from files of its own."""
    like = {}
    if connection.vendor == "postgresql":
        # The tests' own database is a good beginning while nobody uses it.
        connection.close()
        like = {"like": connection.settings_dict["NAME"]}
    site = start(tmp_path_factory.mktemp("site"), **like)
    yield site
    site.stop()
