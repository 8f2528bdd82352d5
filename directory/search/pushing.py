"""Letting OpenSearch know of a change, once it is committed."""

from django.conf import settings
from django.db import transaction


def after_commit() -> None:
    """Push what is pending as soon as the transaction is committed, if there is an OpenSearch.

    Several changes of one transaction go in one bulk: the first push takes them all.
    """
    if settings.OPENSEARCH_URL:
        transaction.on_commit(_push, robust=True)


def _push() -> None:
    from directory.search import current_engine
    from directory.search.failover import FailoverEngine

    engine = current_engine()
    if isinstance(engine, FailoverEngine):
        engine.push_pending()
