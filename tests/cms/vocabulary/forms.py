"""What the forms of the shared language are sent: everything that a row has, changed as needed."""

from typing import Any

from django.forms import model_to_dict
from django.urls import reverse
from django.utils.html import strip_tags

NEED = {
    "code": "bed-bugs",
    "name": "Bed bugs and vermin",
    "plain_name": "Something is biting us",
    "description": "",
    "outcome": "5",
    "position": "60",
}
LINE = {
    "code": "our-line",
    "name": "Our line",
    "kind": "helpline",
    "serves": "everyone",
    "phone": "0808 157 0000",
    "position": "200",
    "source": "https://example.org/our-line",
    "source_date": "2026-11-01",
}
AREA = {"code": "our-patch", "name": "Our patch", "kind": "locality", "parent": "E07000149"}
LEVEL = {"code": "acute", "name": "Acute", "position": "9", "equivalents": "Norfolk: Tier 9"}
PRESENTED = {"slug": "pawned", "need": "debt-advice", "name": "We pawned our things"}
PHRASE = {"text": "they took the telly", "presented": "bailiffs", "register": "resident"}
OUTCOME = {"number": "11", "name": "Joy", "source": "https://example.org/joy"}

#: A new row of each table, by the name of its views.
NEW: dict[str, dict[str, Any]] = {
    "need": NEED,
    "presented": PRESENTED,
    "phrase": PHRASE,
    "outcome": OUTCOME,
    "level": LEVEL,
    "area": AREA,
    "line": LINE,
}


def add(client, table: str, **values: Any):
    """Send the form of a new row."""
    return client.post(reverse(f"vocabulary_{table}:add"), NEW[table] | values)


def change(client, table: str, row, **values: Any):
    """Send the form of a row that is there, as a browser would, with some values changed."""
    held = {name: value for name, value in model_to_dict(row).items() if value is not None}
    if isinstance(held.get("equivalents"), dict):
        held["equivalents"] = "\n".join(f"{k}: {v}" for k, v in held["equivalents"].items())
    held.pop("boundary", None)
    address = reverse(f"vocabulary_{table}:edit", args=[row.pk])
    return client.post(address, held | values)


def delete(client, table: str, row):
    """Confirm that a row is to be deleted."""
    return client.post(reverse(f"vocabulary_{table}:delete", args=[row.pk]))


def said(response) -> str:
    """What a page says, without its tags and with single spaces."""
    return " ".join(strip_tags(response.content.decode()).split())
