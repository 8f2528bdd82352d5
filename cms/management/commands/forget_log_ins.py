"""Delete what is too old to keep of log-ins: `manage.py forget_log_ins`, every day by a timer."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from cms.accounts.counts import forget_counts
from cms.accounts.log import forget_log_ins


class Command(BaseCommand):
    help = "Delete log-ins older than LOG_IN_LOG_DAYS, ended sessions and old counts of attempts."

    def handle(self, *args: Any, **options: Any) -> None:
        rows, counted = forget_log_ins(), forget_counts()
        call_command("clearsessions")
        self.stdout.write(f"{rows} log-ins older than {settings.LOG_IN_LOG_DAYS} days forgotten,")
        self.stdout.write(f"{counted} counts of attempts, and the sessions that have ended.")
