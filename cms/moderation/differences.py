"""What differs between two versions of a page, by the names of its parts.

Compared is everything that is kept of a page but its bookkeeping, whatever the form shows of it, so
that nothing that differs goes unnoticed.
"""

import json
from typing import Any

from wagtail.models import COMMENTS_RELATION_NAME, Page

#: What is true of a page as such, and not part of what its writer says.
_BOOKKEEPING = frozenset(
    {
        "pk", "page_ptr", "path", "depth", "numchild", "url_path", "content_type", "locale",
        "translation_key", "alias_of", "owner", "live", "expired", "has_unpublished_changes",
        "draft_title", "first_published_at", "last_published_at", "live_revision",
        "latest_revision", "latest_revision_created_at", "locked", "locked_at", "locked_by",
        COMMENTS_RELATION_NAME,
    }
)  # fmt: skip
#: What a row of a page has beside what it says.
_OF_A_ROW = frozenset({"pk", "id", "page", "sort_order"})


def content_of(page: Page) -> dict[str, Any]:
    """All that is kept of a page, as a revision of it would hold it."""
    content: dict[str, Any] = json.loads(page.to_json())
    return content


def differing(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    """Names of the parts that do not say the same."""
    return {
        name
        for name in one.keys() | other.keys()
        if name not in _BOOKKEEPING and _said(one.get(name)) != _said(other.get(name))
    }


def _said(value: Any) -> Any:
    """What a part says, whatever the keys of its rows, and the way in which lines end."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        rows = sorted(value, key=lambda row: row.get("sort_order") or 0)
        return [
            {name: _said(part) for name, part in row.items() if name not in _OF_A_ROW}
            for row in rows
        ]
    if isinstance(value, list):
        return sorted(value, key=str)
    return value
