"""What people type is data and is not kept, and the index knows what the public may know."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from directory import listings
from directory.models import Listing
from directory.records import confidential_location
from directory.search import current_engine
from directory.search.opensearch import queries, sync
from directory.search.opensearch.client import call
from directory.search.opensearch.mapping import index_body
from directory.search.opensearch.rebuilding import rebuild
from directory.search.query import Query
from tests.contracts.engine import DISS
from tests.factories import LocationRecordFactory, OrganizationRecordFactory, ServiceRecordFactory
from tests.search.failing import CANARY

FIELDS = set(index_body()["mappings"]["properties"])
#: What would be syntax if anybody read it as such, between letters as they come.
SYNTAX = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            ['"', "\\", "{", "}", '"}}}', "\n", "\r\n", '{"index":{}}', "*", "?", "~", "^9", "AND",
             "OR", "NOT", "name:", "_exists_:", "[a TO z]", "/.*/", "<script>", "${jndi:ldap://a}",
             "\x00", "\ud800", "\u202e", "💔", "ß", "İ", "_source", "; DROP TABLE", "%00"]
        ),
    ),
    max_size=12,
).map("".join)  # fmt: skip
FREELY = hypothesis_settings(
    deadline=None, max_examples=200, suppress_health_check=list(HealthCheck)
)


def _query(text: str) -> Query:
    return Query(text=text, needs=("debt-advice", "nuisance"), place=DISS, ages=(7,), beyond=True)


def _taken_out(body: dict[str, Any]) -> str:
    """What a search looks for; the body is left without it."""
    [typed] = [part for part in _parts(body) if isinstance(part.get("multi_match"), dict)]
    said = typed["multi_match"].pop("query")
    assert isinstance(said, str)
    return said


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _parts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _parts(each)


@FREELY
@given(SYNTAX)
def test_words_are_one_value_of_a_match_and_change_nothing_else(text):
    plain, bodies = queries.searches(_query("acorn"), 0.25), queries.searches(_query(text), 0.25)
    assert _taken_out(plain["text"]) == "acorn"
    if "text" in bodies:
        assert re.fullmatch(r"[^\W_]+( [^\W_]+)*", _taken_out(bodies["text"]))
    else:
        del plain["text"]
    assert bodies == plain


@FREELY
@given(SYNTAX, st.integers(1, 20))
def test_what_somebody_is_typing_is_one_value_of_a_match_and_nothing_else(prefix, limit):
    plain = queries.completion("acorn", limit)
    body = queries.completion(queries.typed(prefix), limit)
    assert _taken_out(plain) == "acorn"
    assert re.fullmatch(r"([^\W_]+( [^\W_]+)*)?", _taken_out(body))
    assert body == plain


@pytest.mark.django_db
@hypothesis_settings(FREELY, max_examples=40)
@given(text=SYNTAX)
def test_nothing_typed_makes_a_server_fail(server, text):
    assert not current_engine().candidates(_query(text)).degraded
    current_engine().suggest(text)
    assert current_engine().searches.state == "closed"


@pytest.fixture
def held(demonstration_index) -> list[dict[str, Any]]:
    """Every document of the demonstration's index, as it is stored."""
    body = {"size": 10_000, "query": {"match_all": {}}}
    answer = call(lambda server: server.search(index=demonstration_index, body=body), 60)
    documents = [hit["_source"] for hit in answer["hits"]["hits"]]
    assert len(documents) > 60
    return documents


def _partners() -> list[dict[str, Any]]:
    files = sorted((django_settings.FIXTURES_DIR / "demo" / "partners").glob("*.yaml"))
    return [yaml.safe_load(Path(file).read_text()) for file in files]


def test_no_hidden_address_is_in_the_index(held):
    sites = [
        site
        for partner in _partners()
        for service in partner["services"]
        for site in service["sites"] or ()
        if site.get("confidential")
    ]
    assert len(sites) >= 4
    stored = json.dumps(held)
    for site in sites:
        for word in (site["address_1"], str(site["latitude"]), str(site["longitude"])):
            assert word not in stored
    assert "Quillfeather" not in stored


@pytest.mark.django_db
def test_a_confidential_site_leaves_no_trace_in_a_document(empty_directory):
    hidden = LocationRecordFactory()
    values = {"name": "Refuge", "organization": OrganizationRecordFactory(name="A partner")}
    record = ServiceRecordFactory(locations=(confidential_location(hidden.id),), **values)
    without = ServiceRecordFactory(id=record.id, **values)
    documents = []
    for each in (record, without):
        listings.publish(each)
        [row] = sync.documents_of(Listing.objects.all())
        documents.append({k: v for k, v in row.document.items() if k != "version"})
    assert documents[0]["sites"] == []
    assert documents[0] == documents[1]


def test_no_way_to_reach_somebody_is_in_the_index(held):
    """No e-mail address at all, and no telephone number of a partner or service."""
    numbers = {
        re.sub(r"\D", "", str(of["phone"]))
        for partner in _partners()
        for of in (partner, *partner["services"])
        if of.get("phone")
    }
    assert len(numbers) > 20
    for document in held:
        stored = json.dumps(document)
        assert not re.search(r"\w@\w", stored)
        digits = re.sub(r"(?<=\d)[\s()-]+(?=\d)", "", stored)
        assert not [number for number in numbers if number in digits]


def test_the_index_has_the_fields_of_the_mapping_and_no_other(held, demonstration_index):
    assert {name for document in held for name in document} == FIELDS
    [index] = call(lambda s: s.indices.get_mapping(index=demonstration_index), 60).values()
    assert set(index["mappings"]["properties"]) == FIELDS
    assert index["mappings"]["dynamic"] == "strict"


def test_no_slow_log_writes_down_what_people_type(demonstration_index):
    flat = {"flat_settings": "true"}
    [index] = call(
        lambda server: server.indices.get_settings(index=demonstration_index, params=flat), 60
    ).values()
    thresholds = {
        name: value for name, value in index["settings"].items() if "search.slowlog" in name
    }
    assert len(thresholds) == 8
    assert set(thresholds.values()) == {"-1"}


@pytest.mark.django_db
def test_a_server_that_logs_every_search_of_others_logs_none_of_ours(index, node_url):
    """A rule of the whole cluster's does not win over our index's own."""
    template = {
        "index_patterns": [f"{index}-*"],
        "template": {"settings": {"index.search.slowlog.threshold.query.trace": "0ms"}},
    }
    call(lambda server: server.indices.put_index_template(name=CANARY, body=template), 60)
    try:
        made = rebuild().index
        said = call(lambda server: server.indices.get_settings(index=made), 60)
        assert "'trace': '0ms'" not in str(said)
    finally:
        call(lambda server: server.indices.delete_index_template(name=CANARY), 60)
