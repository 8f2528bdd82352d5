"""What OpenSearch is asked. Whatever people typed is data in a `match`, never query syntax."""

import re
from collections.abc import Sequence
from typing import Any

from directory.geography.coverage import place_tokens
from directory.search.opensearch.documents import composed
from directory.search.query import Query
from directory.search.words import words

Body = dict[str, Any]

#: A main need counts more than any place among the coverage tokens of a place.
_MAIN = 1_000
#: What a word is worth by where it stands. The embedded engine multiplies a word's frequency by
#: 8, 5, 4, 3 and 1 in these fields before BM25 levels it off (k1 = 1.2), so that one word counts
#: w * 2.2 / (w + 1.2): these.
_TEXT_FIELDS = ["name^1.91", "need_words^1.77", "organization^1.69", "summary^1.57", "description"]
#: What a word in a second field adds to the best one.
_AGAIN = 0.1
#: Listings asked for each need beyond its share of the answer, as in the embedded engine.
_SPARE = 10
_NEED = "need:"
_WORD = re.compile(r"[^\W_]+")
_MOST_TYPED = 8


def searches(query: Query, timeout: float) -> dict[str, Body]:
    """The searches of one enquiry by name: `need:<code>` each, `needs` together, `text`, `beyond`,
    or `everything` when nothing is asked for. `timeout`: seconds that the server may take.
    """
    near = place_tokens(query.place)
    conditions = [{"term": {"active": True}}, *_filters(query)]
    here = {"terms": {"reach": list(near)}}
    bodies: dict[str, Body] = {}
    if query.needs:
        depth = query.limit // len(query.needs) + _SPARE
        for code in query.needs:
            bodies[_NEED + code] = _ranked((code,), query.needs, [*conditions, here], near, depth)
        if len(query.needs) > 1:
            bodies["needs"] = _ranked(
                query.needs, query.needs, [*conditions, here], near, query.limit
            )
        if query.beyond and (far := _beyond(query, near)):
            there = {"terms": {"reach": far}}
            bodies["beyond"] = _ranked(
                query.needs, query.needs, [*conditions, there], far, query.limit, unlike=here
            )
    if telling := words(query.text):
        bodies["text"] = _text(telling, query, [*conditions, here])
    elif not query.needs:
        bodies["everything"] = {
            "query": {"bool": {"filter": conditions}},
            "sort": ["sort_name", "listing"],
            "size": query.limit,
        }
    common = {
        "_source": False,
        "stored_fields": "_none_",
        "track_total_hits": False,
        "timeout": f"{round(timeout * 1000)}ms",
    }
    return {name: common | body for name, body in bodies.items()}


def typed(prefix: str) -> str:
    """The words of what somebody is typing, "" when there is none."""
    return " ".join(_WORD.findall(composed(prefix))[:_MOST_TYPED])


def completion(prefix: str, limit: int) -> Body:
    """Names with all the words of `prefix`, the last of which may be unfinished."""
    return {
        "query": {
            "bool": {
                "filter": [{"term": {"active": True}}],
                "must": {
                    "multi_match": {
                        "query": prefix,
                        "type": "bool_prefix",
                        "operator": "and",
                        "fields": ["title", "title._2gram"],
                    }
                },
            }
        },
        "sort": ["_score", "listing"],
        "size": limit,
        "_source": False,
        "stored_fields": "_none_",
        "track_total_hits": False,
    }


def _ranked(
    codes: Sequence[str],
    asked: Sequence[str],
    conditions: list[Body],
    tokens: Sequence[str],
    size: int,
    unlike: Body | None = None,
) -> Body:
    """Listings for any of `codes`: those that are mainly for it first, then the most local, then
    the best written, as in the embedded engine. Hits say which of `asked` they meet.
    """
    tests: Body = {
        "filter": [*conditions, {"terms": {"needs": list(codes)}}],
        "should": [
            *(_worth({"term": {"main_needs": code}}, _MAIN) for code in codes),
            _most_local(tokens),
            *_named(asked),
        ],
    }
    if unlike:
        tests["must_not"] = [unlike]
    return {
        "query": {"bool": tests},
        "sort": ["_score", {"quality": "desc"}, "listing"],
        "size": size,
    }


def _text(telling: Sequence[str], query: Query, conditions: list[Body]) -> Body:
    filters = list(conditions)
    if query.needs:
        filters.append({"terms": {"needs": list(query.needs)}})
    match = {
        "multi_match": {
            "query": " ".join(telling),
            "fields": _TEXT_FIELDS,
            "type": "cross_fields",
            "tie_breaker": _AGAIN,
        }
    }
    return {
        "query": {"bool": {"filter": filters, "must": [match], "should": _named(query.needs)}},
        "sort": ["_score", "listing"],
        "size": query.limit,
    }


def _named(codes: Sequence[str]) -> list[Body]:
    """Clauses that count nothing and whose names come back with each hit."""
    return [
        {
            "constant_score": {
                "filter": {"term": {"needs": code}},
                "boost": 0,
                "_name": _NEED + code,
            }
        }
        for code in codes
    ]


def _most_local(tokens: Sequence[str]) -> Body:
    ranked = [_worth({"term": {"reach": t}}, len(tokens) - rank) for rank, t in enumerate(tokens)]
    return {"dis_max": {"queries": ranked}}


def _worth(test: Body, boost: float) -> Body:
    return {"constant_score": {"filter": test, "boost": boost}}


def _beyond(query: Query, near: Sequence[str]) -> list[str]:
    known = set(near)
    return [token for token in place_tokens(query.place, beyond=True) if token not in known]


def _filters(query: Query) -> list[Body]:
    found: list[Body] = [
        {"terms": {name: list(getattr(query, name))}}
        for name in ("levels", "delivery", "languages")
        if getattr(query, name)
    ]
    if query.ages:
        fits = [{"term": {"ages": age}} for age in query.ages]
        found.append({"bool": {"should": fits, "minimum_should_match": 1}})
    return found
