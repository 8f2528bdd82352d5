"""The index in OpenSearch: make it anew, look at it, bring it up to date, compare it."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from directory.search.opensearch import checking, rebuilding, sync
from directory.search.opensearch.client import Unavailable


class Command(BaseCommand):
    help = "Rebuild, show, sync or check the index in OpenSearch."
    # What it stands on. All checks would build each form of the admin: longer than a sync takes.
    requires_system_checks = ("opensearch",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "action",
            choices=["rebuild", "status", "sync", "check"],
            help="rebuild: fill a new index and move over to it. status: how it stands. "
            "sync: push changes that it has not confirmed. check: compare it with the database.",
        )
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="with sync: go on, and push every so many seconds, until stopped",
        )

    def handle(self, *args: Any, action: str, every: float | None, **options: Any) -> None:
        if not settings.OPENSEARCH_URL:
            raise CommandError(
                "OPENSEARCH_URL is not set: the embedded engine keeps its index in the database, "
                "and there is nothing to do."
            )
        if every is not None and (action != "sync" or every <= 0):
            raise CommandError("--every takes a number of seconds above 0, and goes with sync.")
        if every is not None:
            self._sync_for_ever(every)
            return
        try:
            getattr(self, f"_{action}")()
        except (Unavailable, rebuilding.RebuildFailed) as error:
            raise CommandError(f"{action}: {error}") from None

    def _rebuild(self) -> None:
        began = time.monotonic()

        def progress(done: int, total: int) -> None:
            rate = done / max(1e-9, time.monotonic() - began)
            self.stdout.write(f"  {done:,} of {total:,} listings, {rate:,.0f} a second")

        done = rebuilding.rebuild(progress)
        self.stdout.write(
            f"{settings.OPENSEARCH_INDEX} is now {done.index}: {done.documents:,} listings in "
            f"{done.seconds:.1f} s."
        )
        if done.removed:
            self.stdout.write(f"Removed: {', '.join(done.removed)}.")

    def _status(self) -> None:
        found = checking.state()
        self.stdout.write(f"OpenSearch {found.server}, index {found.alias} ({found.index or '-'})")
        self.stdout.write(
            f"  {found.documents:,} live documents for {found.live:,} live listings; "
            f"{found.pending:,} changes not confirmed"
        )
        if found.building:
            self.stdout.write(f"  being filled: {found.building}")
        if found.problem:
            raise CommandError(found.problem)

    def _sync(self) -> None:
        pushed = sync.push_pending(lambda sent: self.stdout.write(f"  {sent:,} sent"))
        self.stdout.write(f"{pushed.confirmed:,} of {pushed.sent:,} changes confirmed.")
        if pushed.refused:
            raise CommandError(
                f"{pushed.sent - pushed.confirmed:,} refused ({', '.join(pushed.refused)}). They "
                "stay pending; `search_index status` says more."
            )

    def _check(self) -> None:
        found = checking.drift()
        for name in ("missing", "extra", "stale"):
            ids = getattr(found, name)
            some = f" (listings {', '.join(map(str, ids[:10]))})" if ids else ""
            self.stdout.write(f"{name}: {len(ids):,}{some}")
        if found:
            raise CommandError(
                "Index and database differ: run sync, and rebuild if that is not enough."
            )

    def _sync_for_ever(self, every: float) -> None:
        """Push again and again; an outage is said and waited out."""
        try:
            while True:
                try:
                    self._sync()
                except (Unavailable, CommandError) as error:
                    self.stderr.write(f"sync: {error}; again in {every:g} s")
                except DatabaseError as error:
                    kind = type(error).__name__
                    self.stderr.write(f"sync: the database: {kind}; again in {every:g} s")
                close_old_connections()
                time.sleep(every)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
