"""Make the demonstration ready to serve: `manage.py demo`. Run again, it does only what is new."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from cms.management.commands.load_demo import HUB_LOGIN
from directory.loading.digest import digest_of, is_loaded, remember


class Command(BaseCommand):
    help = "Migrate, load the fixtures, train the matcher, and say where everything is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        started = time.monotonic()
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        self._say("Preparing the database")
        call_command("migrate", verbosity=1, stdout=self.stdout)
        folder = settings.FIXTURES_DIR
        self._load("language", sorted((folder / "language").rglob("*.*")), "load_language")
        self._say("Places")
        call_command("load_places", stdout=self.stdout)
        self._load("helplines", [folder / "helplines.csv"], "load_helplines")
        self._load("demo", sorted((folder / "demo").rglob("*.yaml")), "load_demo")
        if settings.OPENSEARCH_URL:
            self._say("The index")
            call_command("search_index", "rebuild", stdout=self.stdout)
        self._say("The matcher")
        call_command("train", stdout=self.stdout)
        self._say(f"Ready after {time.monotonic() - started:.0f} s")
        self._say_where(f"http://localhost:{port}")

    def _load(self, name: str, paths: list[Any], command: str) -> None:
        digest = digest_of(paths)
        if is_loaded(name, digest):
            self._say(f"{name.capitalize()}: as loaded before")
            return
        self._say(f"{name.capitalize()}: loading")
        call_command(command, stdout=self.stdout)
        remember(name, digest)

    def _say(self, text: str) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(text))
        self.stdout.flush()

    def _say_where(self, address: str) -> None:
        name, password = HUB_LOGIN
        for label, value in (
            ("The site", f"{address}/"),
            ("The directory", f"{address}/directory/"),
            ("The API", f"{address}/api/docs"),
            ("The editors' door", f"{address}/admin/"),
            ("Log-in of the hub", f"{name} / {password}"),
        ):
            self.stdout.write(f"  {label:<20}{value}")
        self.stdout.flush()
