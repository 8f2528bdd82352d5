"""Uploaded files between their preview and "apply": kept for a day, for who uploaded them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone

from cms.exchange.comparing import plan_for
from cms.exchange.plan import ACTIONS, Plan
from cms.exchange.scope import Scope
from cms.models import ImportBatch, PartnerPage

KEPT = timedelta(hours=24)
#: What one click may do. Each changed page is saved and published by itself, which takes a while; a
#: web server ends a request after half a minute, and on SQLite other writers wait no longer than
#: five seconds. The command has no such limit.
ROWS_PER_CLICK, CHANGES_PER_CLICK, ADDED_PER_CLICK = 5_000, 50, 500


def keep(
    data: bytes, name: str, scope: Scope, partner: PartnerPage | None, publish: bool
) -> ImportBatch:
    """Keep a file that was uploaded. Looking at it comes later, and keeps no writer waiting."""
    purge()
    return ImportBatch.objects.create(
        user=scope.user, partner=partner, publish=publish, name=name[:200], file=data, plan={}
    )


def look(batch: ImportBatch, scope: Scope) -> None:
    """Work out what a file would do, if that was not done yet. Raises reading.Unreadable."""
    if not batch.fingerprint:
        data = bytes(batch.file)
        renew(batch, plan_for(data, scope, publish=batch.publish, most=ROWS_PER_CLICK))


def renew(batch: ImportBatch, plan: Plan) -> None:
    """Keep what the file would do now."""
    batch.plan, batch.fingerprint = _shown(plan), plan.fingerprint
    batch.save(update_fields=["plan", "fingerprint"])


def found(pk: UUID, user: User, hold: bool = False) -> ImportBatch | None:
    """Somebody's own file, if it is still kept.

    `hold`: for the caller alone until its transaction ends, so that a file is applied once.
    """
    batches = ImportBatch.objects.filter(pk=pk, user=user, made__gt=timezone.now() - KEPT)
    return (batches.select_for_update(of=("self",)) if hold else batches).first()


def purge() -> int:
    """Delete files that nobody applied within a day. Returns how many."""
    deleted, _ = ImportBatch.objects.filter(made__lte=timezone.now() - KEPT).delete()
    return deleted


def too_much(counts: dict[str, int], scope: Scope) -> str:
    """Why this cannot be done by a click; empty if it can.

    What a partner adds is submitted page by page, so that counts like a change.
    """
    changed, added = counts["changed"], counts["created"]
    slow = changed if scope.hub else changed + added
    if slow > CHANGES_PER_CLICK:
        return f"{slow:,} services at once, and a click takes {CHANGES_PER_CLICK}"
    if added > ADDED_PER_CLICK:
        return f"{added:,} new services at once, and a click takes {ADDED_PER_CLICK:,}"
    return ""


def _shown(plan: Plan) -> dict[str, Any]:
    return {
        "counts": plan.counts,
        "rows": {action: [row.as_json() for row in plan.doing(action)] for action in ACTIONS},
    }
