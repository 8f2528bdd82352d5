"""How long the command takes to add 5,000 services from a workbook, and to change them all, in a
database of their own.

`python -m tests.benchmarks.import_speed [number …]`
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from tests import databases
from tests.benchmarks.own_directory import apart, sizes

PARTNERS = 50
#: An import of so many rows, new or changed, may take so many seconds; of fewer or more, in
#: proportion.
ROWS, SECONDS = 5_000, 60


def main() -> None:
    for size in sizes([5_000]):
        apart_with_a_database(_measure, size)


def apart_with_a_database(work: Callable[[int, str], None], size: int) -> None:
    """Do `work` in a process of its own, with an empty database and a folder for files."""
    given = os.environ.get("DATABASE_URL")
    with tempfile.TemporaryDirectory() as folder:
        url = databases.address(Path(folder))
        databases.create(url)
        os.environ["DATABASE_URL"] = url
        try:
            apart(work, size, folder, OPENSEARCH_URL="")
        finally:
            databases.drop(url)
            os.environ.pop("DATABASE_URL")
            if given is not None:
                os.environ["DATABASE_URL"] = given


def verdict(measured: float, most: float, unit: str) -> str:
    """What is asked for, and whether what was measured keeps to it."""
    return f"target ≤ {most:,.0f} {unit}: {'met' if measured <= most else 'MISSED'}"


def _in_time(rows: int, seconds: float) -> str:
    return verdict(seconds, SECONDS * rows / ROWS, "s")


def import_made_up(folder: str, size: int, told: TextIO) -> float:
    """Fill the database with a site, partners and services from a workbook. Returns the seconds
    that the import itself took."""
    from django.core.management import call_command

    file = Path(folder) / "services.xlsx"
    with open(os.devnull, "w") as nowhere:
        call_command("migrate", verbosity=0)
        for command in ("load_language", "load_places", "load_helplines"):
            call_command(command, stdout=nowhere)
    _write(file, size)
    started = time.perf_counter()
    call_command("services", "import", str(file), "--apply", stdout=told)
    return time.perf_counter() - started


def _measure(size: int, folder: str) -> None:
    from django.db import connection
    from wagtail.models import Page

    from cms.exchange.batches import CHANGES_PER_CLICK
    from cms.models import ServicePage
    from directory.models import Listing

    worked = time.process_time()
    spent = import_made_up(folder, size, sys.stdout)
    worked = time.process_time() - worked
    assert ServicePage.objects.count() == Listing.objects.live().count() == size
    assert not any(Page.find_problems())
    print(
        f"\n{size:,} new services ({connection.vendor}): looked at twice, added and published in "
        f"{spent:.1f} s, {size / spent:,.0f} a second ({worked:.0f} s of a processor with what "
        f"goes before); {_in_time(size, spent)}"
    )
    _again(Path(folder) / "again.xlsx")
    # As many as a click may change, then all of them, as only the command may.
    _change(Path(folder) / "few.csv", "2 pounds", CHANGES_PER_CLICK)
    _change(Path(folder) / "all.csv", "3 pounds", size)
    assert Listing.objects.live().count() == size
    assert not any(Page.find_problems())


def _again(file: Path) -> None:
    """The export of them all, and what bringing it in again takes."""
    from django.core.management import call_command

    with open(os.devnull, "w") as nowhere:
        started = time.perf_counter()
        call_command("services", "export", str(file), stdout=nowhere)
        written = time.perf_counter()
        call_command("services", "import", str(file), stdout=nowhere)
    print(
        f"their export took {written - started:.1f} s ({file.stat().st_size / 1e6:.1f} MB), "
        f"comparing it {time.perf_counter() - written:.1f} s"
    )


def _change(file: Path, cost: str, most: int) -> None:
    """Another cost of so many services: each page is published by itself, and keeps its history."""
    from django.core.management import call_command
    from wagtail.models import Revision

    from cms.models import ServicePage

    ids = ServicePage.objects.order_by("pk").values_list("service_id", flat=True)[:most]
    lines = [f"{service_id},{cost}" for service_id in ids]
    file.write_text("\n".join(["Service id,Cost", *lines]))
    rows, versions = len(lines), Revision.objects.count()
    with open(os.devnull, "w") as nowhere:
        started, worked = time.perf_counter(), time.process_time()
        call_command("services", "import", str(file), "--apply", stdout=nowhere)
    spent, worked = time.perf_counter() - started, time.process_time() - worked
    assert ServicePage.objects.filter(fees=cost).count() == rows
    assert Revision.objects.count() >= versions + rows
    print(
        f"changing {rows:,} took {spent:.1f} s, {rows / spent:,.0f} a second ({worked:.1f} s of a "
        f"processor); {_in_time(rows, spent)}"
    )


def _write(file: Path, size: int) -> None:
    """Partners' pages, and a workbook of made-up services of all of them."""
    from openpyxl import Workbook

    from cms.demonstration.pages import make_site
    from cms.models import DirectoryPage, PartnerPage
    from cms.partners.roles import make_roles
    from tests.benchmarks.synthetic import services

    make_site("localhost", 8000)
    make_roles()
    directory = DirectoryPage.objects.get()
    for number in range(PARTNERS):
        page = PartnerPage(title=f"Partner {number}", live=False)
        directory.add_child(instance=page)
        page.save_revision().publish()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Services")
    for number, record in enumerate(services(size)):
        row = _row(number, record)
        if number == 0:
            sheet.append(list(row))
        sheet.append(list(row.values()))
    book.save(file)


def _row(number: int, record: object) -> dict[str, object]:
    """A service that says all that services usually say."""
    site = record.locations[0] if record.locations else None
    return {
        "Service id": "",
        "Partner": f"Partner {number % PARTNERS}",
        "Name": record.name[:200],
        "Summary": record.summary,
        "Description": record.description,
        "Main needs": "; ".join(need.code for need in record.needs if need.weight == 1),
        "Also helps with": "; ".join(need.code for need in record.needs if need.weight < 1),
        "Youngest age": record.minimum_age,
        "Oldest age": record.maximum_age,
        "Levels of need": "; ".join(record.levels),
        "At a site": "yes" if site else "no",
        "By phone": "yes",
        "Serves the whole country": "yes" if record.national else "no",
        "Areas": "E07000149" if record.service_areas else "",
        "Opening hours": "MO-FR 09:00-17:00; SA 10:00-12:00",
        "How to get it": "Ring us or ask somebody to ring for you.",
        "Phone": "01632 960123",
        "Site 1 name": "The hall" if site else "",
        "Site 1 postcode": "IP22 4AB" if site else "",
        "Site 1 latitude": site.latitude if site else None,
        "Site 1 longitude": site.longitude if site else None,
    }


if __name__ == "__main__":
    main()
