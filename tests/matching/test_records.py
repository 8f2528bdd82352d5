"""The records behind an answer."""

from dataclasses import replace

import pytest

from directory.models import Listing
from matching.answer import NearMiss
from matching.records import records_of
from tests.answers import EMPTY, FOUND

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [1, 20])
def test_one_query_brings_the_services_and_the_near_misses(number, django_assert_num_queries):
    ids = [str(pk) for pk in Listing.objects.live().values_list("service_id", flat=True)[:number]]
    missed, found = ids[:1], ids[1:]
    answer = replace(
        EMPTY,
        services=tuple(replace(FOUND, id=service_id) for service_id in found),
        near_misses=tuple(NearMiss(pk, "x", (), "area", "Too far.") for pk in missed),
    )
    with django_assert_num_queries(1):
        records = records_of(answer)
    assert set(records) == set(ids)


def test_a_service_that_was_withdrawn_meanwhile_has_no_record():
    listing = Listing.objects.live().first()
    Listing.objects.filter(pk=listing.pk).update(active=False)
    found = replace(FOUND, id=str(listing.service_id))
    assert records_of(replace(EMPTY, services=(found,))) == {}
