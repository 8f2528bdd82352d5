"""Load the shared language: `manage.py load_language`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.loading.errors import FixtureError
from directory.loading.language import load_language


class Command(BaseCommand):
    help = "Load outcomes, needs, presented needs, phrases and levels from a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.FIXTURES_DIR / "language")
        parser.add_argument(
            "--over-edits",
            action="store_true",
            help="Load what the files say even where the hub has changed it in the admin.",
        )

    def handle(self, *args: Any, folder: Path, over_edits: bool, **options: Any) -> None:
        try:
            loaded = load_language(folder, self.stdout.write, over_edits)
        except FixtureError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Loaded " + ", ".join(f"{n} {what}" for what, n in loaded.items()))
