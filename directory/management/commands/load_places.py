"""Load areas, settlements, postcodes and outcodes: `manage.py load_places`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.loading.errors import FixtureError
from directory.loading.places import load_places


class Command(BaseCommand):
    help = "Make the files of a folder the places that people can type."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.FIXTURES_DIR / "places")
        parser.add_argument("--force", action="store_true", help="Load even if nothing changed.")
        parser.add_argument(
            "--over-edits",
            action="store_true",
            help="Load what the files say even where the hub has changed it in the admin.",
        )

    def handle(
        self, *args: Any, folder: Path, force: bool, over_edits: bool, **options: Any
    ) -> None:
        try:
            loaded = load_places(folder, self.stdout.write, force, over_edits)
        except FixtureError as error:
            raise CommandError(str(error)) from error
        if not loaded.unchanged:
            self.stdout.write(
                f"Loaded {loaded.areas} areas, {loaded.settlements} settlements, "
                f"{loaded.postcodes} postcodes and {loaded.outcodes} outcodes"
            )
