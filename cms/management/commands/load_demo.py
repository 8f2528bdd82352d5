"""Load the demonstration hub as pages: `manage.py load_demo`."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from cms.demonstration.files import HubFile, PartnerFile, read_hubs, read_partners
from cms.demonstration.pages import make_hubs, make_partners, make_site
from cms.partners.roles import make_roles
from directory.loading.errors import FixtureError

HUB_LOGIN = ("hub", "demonstration-only")


class Command(BaseCommand):
    help = "Add the demonstration's hubs, partners and services. What is there already is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.FIXTURES_DIR / "demo")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This install is not a demonstration. Set DEMONSTRATION=true to load invented "
                "partners and a log-in with a known password."
            )
        try:
            hubs, partners = read_hubs(folder / "hubs.yaml"), read_partners(folder / "partners")
            self._make(hubs, partners)
        except FixtureError as error:
            raise CommandError(str(error)) from error

    @transaction.atomic
    def _make(self, hubs: list[HubFile], partners: list[PartnerFile]) -> None:
        address = urlsplit(settings.SITE_URL)
        make_site(address.hostname or "localhost", address.port or 80)
        make_roles()
        make_hubs(hubs, self.stdout.write)
        make_partners(partners, timezone.localdate(), self.stdout.write)
        self._make_login()

    def _make_login(self) -> None:
        name, password = HUB_LOGIN
        users = get_user_model().objects
        if not users.filter(username=name).exists():
            users.create_superuser(name, "hub@example.org", password)
