"""Where attempts are counted: for all workers together, without a name or an address in clear.

allauth counts in Django's default cache, which each worker has for itself: with two workers
everybody would have twice the attempts, and a code could be used once with each.
"""

from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import caches
from django.db import connection
from django.utils import timezone
from django.utils.connection import ConnectionProxy
from django.utils.crypto import salted_hmac

CACHE = "log-in"
#: Made by a migration; named in the settings too.
TABLE = "cms_log_in_counts"

counts = ConnectionProxy(caches, CACHE)


def pseudonym(key: str, prefix: str, version: int) -> str:
    """What a key is kept under: allauth's hold addresses of machines, and codes that were used."""
    return salted_hmac(
        "cms.accounts.counts", f"{prefix}:{version}:{key}", algorithm="sha256"
    ).hexdigest()


def share_counts() -> None:
    """Let allauth count in the database. It has no setting for this, so its modules are told."""
    ratelimit.cache = counts
    totp.cache = counts


def forget_counts() -> int:
    """Delete counts whose time is over; the cache by itself does so only when it is full."""
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE expires < %s", [now])
        return int(cursor.rowcount)
