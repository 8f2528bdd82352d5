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

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            count = load_helplines(file)
        except FixtureError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Loaded {count} lines")
