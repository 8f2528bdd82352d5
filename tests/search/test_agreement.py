"""Both engines propose the same services, and people get the same answers."""

import random
from dataclasses import replace

import pytest

from directory import listings
from directory.geography.coverage import covers
from directory.geography.resolve import resolve
from directory.models import Need, Phrase
from directory.search import embedded_engine
from directory.search.document import reach_of
from directory.search.live import live_facets
from directory.search.opensearch.engine import OpenSearchEngine
from directory.search.opensearch.rebuilding import rebuild
from directory.search.query import Query
from matching.enquiry import Enquiry, Member
from matching.pipeline import answer
from tests.benchmarks.synthetic import LEVELS, add_districts, services

SERVICES, QUERIES, ENQUIRIES = 5_000, 500, 500
PLACES = ("Diss", "NR18", "Wymondham", "IP22 4", "Harleston", "Norwich", "Loddon", "PE1", "M1", "")


@pytest.fixture
def directory(empty_directory, index):
    add_districts()
    listings.publish_all(services(SERVICES), "synthetic")
    rebuild()


@pytest.fixture
def rng() -> random.Random:
    return random.Random(20)


def _query(rng: random.Random, needs: list[str], phrases: list[str]) -> Query:
    return Query(
        needs=tuple(rng.sample(needs, rng.choice((1, 1, 2, 3, 5)))),
        text=rng.choice(phrases) if rng.random() < 0.5 else "",
        place=resolve(rng.choice(PLACES)),
        ages=tuple(rng.sample(range(90), rng.choice((0, 0, 1, 2)))),
        levels=tuple(rng.sample(LEVELS, rng.choice((0, 0, 1)))),
        limit=100,
        beyond=rng.random() < 0.5,
    )


def _eligible(engine, query: Query) -> set[int]:
    """What an engine proposes and the place allows."""
    ids = [candidate.listing_id for candidate in engine.candidates(query).candidates]
    facets = live_facets(ids)
    return {pk for pk in ids if covers(reach_of(facets[pk]), query.place).covered}


@pytest.mark.django_db
@pytest.mark.usefixtures("directory")
class TestAgreement:
    def test_the_engines_propose_the_same_services(self, rng):
        needs = list(Need.objects.values_list("code", flat=True))
        phrases = list(Phrase.objects.order_by("pk").values_list("text", flat=True)[:2_000])
        different = []
        for number in range(QUERIES):
            # Words only add services here and order them by scores of their own: what may answer
            # is compared without them, and within what fits into one answer.
            query = replace(_query(rng, needs, phrases), text="", limit=SERVICES)
            embedded = _eligible(embedded_engine(), query)
            found = _eligible(OpenSearchEngine(), query)
            if embedded != found:
                different.append((number, query.needs, query.place.name, embedded ^ found))
        assert different == []

    def test_people_get_the_same_answers(self, rng, model):
        needs = list(Need.objects.values_list("code", flat=True))
        phrases = list(Phrase.objects.order_by("pk").values_list("text", flat=True)[:2_000])
        same = whole = 0
        for _ in range(ENQUIRIES):
            enquiry = _enquiry(rng, needs, phrases)
            mine, theirs = (
                {service.id for service in answer(enquiry, engine=engine).services[:5]}
                for engine in (embedded_engine(), OpenSearchEngine())
            )
            whole += len(mine)
            same += len(mine & theirs)
        share = same / whole
        print(
            f"\nOf {whole:,} services among the first five of {ENQUIRIES} answers, "
            f"{share:.1%} are in both. The rest: text scores differ, because OpenSearch measures "
            "how rare a word is, and how long a text, field by field."
        )
        assert share >= 0.95


def _enquiry(rng: random.Random, needs: list[str], phrases: list[str]) -> Enquiry:
    chosen = tuple(rng.sample(needs, rng.choice((0, 1, 1, 2, 3))))
    ages = rng.sample(range(90), rng.choice((0, 0, 1, 2)))
    return Enquiry(
        text=". ".join(rng.sample(phrases, 2)) if rng.random() < 0.5 or not chosen else "",
        needs=chosen,
        household=tuple(Member(role="person", age=age) for age in ages),
        level=rng.choice((None, None, *LEVELS)),
        place=rng.choice(PLACES),
        limit=10,
    )
