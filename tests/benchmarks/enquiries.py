"""What benchmarks ask: the same numbers make the same enquiries."""

import json
import random
from collections.abc import Sequence

from django.conf import settings

from directory.geography.resolve import resolve
from directory.models import Need, Phrase, Place
from directory.reference import Reference
from directory.search.query import Query
from matching.enquiry import Enquiry
from matching.retrieval import MOST
from matching.understood import understand

_NORFOLK = "E10000020"


def stories(number: int) -> list[Enquiry]:
    """Real stories of several needs, from all over the map."""
    path = settings.FIXTURES_DIR / "training" / "notes-round2.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()[:number]
    places = list(Place.objects.filter(kind="settlement").values_list("name", flat=True))
    return [
        Enquiry(text=json.loads(line)["story"], place=places[37 * n % len(places)])
        for n, line in enumerate(lines)
    ]


def chosen(number: int, needs: int, worded: bool, seed: int = 1) -> list[Enquiry]:
    """Enquiries for `needs` needs from Norfolk, with a phrase for each of them where `worded`."""
    rng = random.Random(seed)
    rows = Place.objects.filter(kind="settlement").order_by("pk").values_list("name", "areas")
    places = [name for name, areas in rows if _NORFOLK in areas]
    codes = list(Need.objects.order_by("pk").values_list("pk", flat=True))
    phrases: dict[str, list[str]] = {}
    for code, text in Phrase.objects.order_by("pk").values_list("presented__need_id", "text"):
        phrases.setdefault(code, []).append(text)
    found = []
    for _ in range(number):
        ticked = rng.sample(codes, needs)
        text = ". ".join(rng.choice(phrases[code]) for code in ticked) if worded else ""
        found.append(Enquiry(text=text, needs=tuple(ticked), place=rng.choice(places)))
    return found


def query_of(enquiry: Enquiry, reference: Reference) -> Query:
    """What the matching asks an engine for this enquiry."""
    understood = understand(enquiry, reference)
    return Query(
        text=understood.words,
        needs=understood.codes,
        place=resolve(enquiry.place),
        limit=MOST,
        beyond=True,
        distances=False,
    )


def queries_of(enquiries: Sequence[Enquiry], reference: Reference) -> list[Query]:
    """The same for many."""
    return [query_of(enquiry, reference) for enquiry in enquiries]
