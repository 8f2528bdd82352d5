"""What the index holds, in one readable place. A change here is noticed: see `SCHEMA`."""

import hashlib
import json
from typing import Any

APPLICATION = "no-wrong-door"

#: English as services are written up: "children's" is "child", "café" is "cafe". There are no
#: synonyms here: what people call a need is written into the document, the same for every engine.
_ANALYSIS = {
    "filter": {
        "possessive": {"type": "stemmer", "language": "possessive_english"},
        "stem": {"type": "stemmer", "language": "english"},
        "stop": {"type": "stop", "stopwords": "_english_"},
    },
    "analyzer": {
        "english_text": {
            "tokenizer": "standard",
            "filter": ["lowercase", "asciifolding", "possessive", "stop", "stem"],
        },
        "plain_text": {"tokenizer": "standard", "filter": ["lowercase", "asciifolding"]},
    },
}
_TEXT = {"type": "text", "analyzer": "english_text"}
_KEYWORD = {"type": "keyword"}

_FIELDS: dict[str, dict[str, Any]] = {
    "listing": {"type": "long"},
    "version": {"type": "long"},
    # A withdrawn listing stays as `active: false` under its version, because a deleted document's
    # version is forgotten after a minute and an older change that comes late would bring it back.
    "active": {"type": "boolean"},
    "name": _TEXT,
    "organization": _TEXT,
    "need_words": _TEXT,
    "summary": _TEXT,
    "description": _TEXT,
    "title": {"type": "search_as_you_type", "analyzer": "plain_text", "max_shingle_size": 2},
    "sort_name": _KEYWORD,
    "needs": _KEYWORD,
    "main_needs": _KEYWORD,
    # Coverage tokens of directory.geography.coverage: areas served and cells within reach.
    "reach": _KEYWORD,
    # Public sites only: the record holds no point of a confidential one.
    "sites": {"type": "geo_point"},
    "ages": {"type": "integer_range"},
    "levels": _KEYWORD,
    "delivery": _KEYWORD,
    "languages": _KEYWORD,
    # Share of the telling facts that are filled, in eighths.
    "quality": {"type": "short"},
}

#: Type by field. An index without one of them would find nothing by it, and not say so.
TYPES: dict[str, str] = {name: field["type"] for name, field in _FIELDS.items()}
#: Changes when settings or mapping do; kept in the index, so that an old one is known.
SCHEMA = hashlib.sha256(json.dumps([_ANALYSIS, _FIELDS], sort_keys=True).encode()).hexdigest()[:16]


def index_body(shards: int = 1, replicas: int = 0) -> dict[str, Any]:
    """Settings and mapping of a new index.

    Nothing is refreshed and nothing copied while it is filled; `serving_settings` ends that. No
    slow log may hold what people typed.
    """
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "analysis": _ANALYSIS,
            **{
                f"search.slowlog.threshold.{phase}.{level}": "-1"
                for phase in ("query", "fetch")
                for level in ("warn", "info", "debug", "trace")
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"application": APPLICATION, "schema": SCHEMA, "replicas": replicas},
            "properties": _FIELDS,
        },
    }


def serving_settings(replicas: int = 0) -> dict[str, Any]:
    """What an index gets once it is filled: changes show within half a second or so."""
    return {"index": {"refresh_interval": "500ms", "number_of_replicas": replicas}}
