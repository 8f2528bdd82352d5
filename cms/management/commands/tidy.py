"""What is left over: mails that did not go out, and pages that were deleted long ago."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.confidential.previews import forget_stale
from cms.exchange.batches import purge as purge_imports
from cms.moderation.outbox import forget_old, send_waiting
from cms.partners import invitations
from cms.recovery.keeping import purge


class Command(BaseCommand):
    help = (
        "Send again the mails and invitations that did not go out, and delete for good what was "
        "deleted too long ago. Safe to run again; meant for a timer, every few minutes."
    )
    # What it stands on, for a timer runs it day and night: all checks would build each form.
    requires_system_checks = ("accounts", "opensearch")

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_waiting(self.stdout.write)
        invited = invitations.send_waiting(self.stdout.write)
        self.stdout.write(f"{sent.mails} mails and {invited.mails} invitations sent.")
        self.stdout.write(f"{purge()} deleted pages are gone for good.")
        forget_old()
        forget_stale()
        self.stdout.write(f"{purge_imports()} files that nobody applied are deleted.")
        failed = (*sent.failed, *invited.failed)
        if failed:
            raise CommandError("Not sent, and tried again:\n  " + "\n  ".join(failed))
