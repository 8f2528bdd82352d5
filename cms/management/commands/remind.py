"""Ask partners whether their listings are still right: `manage.py remind`, every day by a timer."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.assurance.reminders import due, send_reminders


class Command(BaseCommand):
    help = "Mail partners about listings that were not confirmed for months. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what is due, send nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        today: date = timezone.localdate()
        if dry_run:
            for one in due(today):
                self.stdout.write(f"{one.month} months: {one.page.title}")
            return
        sent = send_reminders(today, self.stdout.write)
        self.stdout.write(f"{sent.mails} mails about {sent.services} services.")
        if sent.failed:
            raise CommandError(
                "Not told. Mails are tried again by `manage.py tidy`, the rest next time:\n  "
                + "\n  ".join(sent.failed)
            )
