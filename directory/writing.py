"""Those who change listings do so one after another."""

from directory.models import Revision

#: The row that numbers the changes of listings, and that whoever changes them holds.
LISTINGS = "listings"


def wait_for_turn() -> None:
    """Let nobody else change listings until the caller's transaction has ended.

    Taken before anything is read that a listing is made from, and before any other lock: so
    nobody publishes what has changed meanwhile, and no two wait for each other. On SQLite whoever
    begins a transaction has had to wait already (`transaction_mode` IMMEDIATE).
    """
    Revision.objects.select_for_update().get_or_create(name=LISTINGS)
