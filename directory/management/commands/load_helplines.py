"""Load the emergency, safeguarding, crisis and help lines: `manage.py load_helplines`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.loading.errors import FixtureError
from directory.loading.helplines import load_helplines


class Command(BaseCommand):
    help = "Make the rows of a CSV file the lines in force."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=settings.FIXTURES_DIR / "helplines.csv")
        parser.add_argument(
            "--over-edits",
            action="store_true",
            help="Load what the files say even where the hub has changed it in the admin.",
        )

    def handle(self, *args: Any, file: Path, over_edits: bool, **options: Any) -> None:
        try:
            count = load_helplines(file, self.stdout.write, over_edits)
        except FixtureError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Loaded {count} lines")
