"""Let somebody set up two-step log-in again: `manage.py reset_two_factor who@example.org`."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from cms.accounts.reset import reset


class Command(BaseCommand):
    help = "Remove somebody's authenticator app and recovery codes, because both are lost."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the e-mail address or the user name")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        people = get_user_model().objects.filter(Q(username__iexact=name) | Q(email__iexact=name))
        if not people:
            raise CommandError(f"Nobody is called '{name}'.")
        for user in people:
            if reset(user):
                self.stdout.write(f"{user} sets up two-step log-in again at the next log-in.")
            else:
                self.stdout.write(f"{user} had no two-step log-in.")
