"""What keeps a service, as a file would make it, from being kept or published."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Field as ModelField

from cms.confidential.written_out import ASK
from cms.exchange.cells import Content, Problem
from cms.exchange.columns import MAIN, Field, Part, heading_of
from cms.exchange.sites import problems_of_sites, written_out
from cms.models import ServicePage

_WAYS = ("in_person", "home_visit", "by_phone", "online")
_CONTACTS = ("how_to_access", "phone", "email", "website")


def problems_of(content: Content, table: Sequence[Part], complete: bool) -> list[Problem]:
    """`complete`: it is to be published or submitted. A draft may lack things, as in the form."""
    return [
        *_model_problems(content, table, complete),
        *problems_of_sites(content),
        *_giving_away(content, table),
        *(_missing(content) if complete else ()),
    ]


def _giving_away(content: Content, table: Sequence[Part]) -> Iterator[Problem]:
    """Texts that say where a confidential site is, as the form refuses them."""
    secret = written_out(content)
    for part in table if secret else ():
        if isinstance(part, Field):
            yield from (Problem(column, ASK) for column in secret.fields(part.show(content)))


def plain_fields(table: Sequence[Part]) -> "list[ModelField[Any, Any]]":
    """The fields of the page's own row that a file may fill."""
    names = {part.name for part in table if isinstance(part, Field)}
    return [field for field in ServicePage._meta.concrete_fields if field.name in names]


def _model_problems(content: Content, table: Sequence[Part], complete: bool) -> Iterator[Problem]:
    fields = plain_fields(table)
    page = ServicePage(**{f.name: f.to_python(content[f.name]) for f in fields})
    page.slug = page.draft_title = "a"
    checked = {field.name for field in fields if complete or content[field.name] not in ("", None)}
    checked.add("title")
    errors: dict[str, list[str]] = {}
    for check in (
        lambda: page.clean_fields(
            exclude={f.name for f in ServicePage._meta.concrete_fields} - checked
        ),
        page.clean,
    ):
        try:
            check()
        except ValidationError as error:
            found = error.message_dict if hasattr(error, "error_dict") else {}
            errors |= {name: lines for name, lines in found.items() if name not in errors}
            if not found:
                errors[NON_FIELD_ERRORS] = error.messages
    for name, lines in errors.items():
        yield Problem(heading_of(name, table), " ".join(lines))


def _missing(content: Content) -> Iterator[Problem]:
    """What the form asks for when a service is published (`cms.models.service_form`)."""
    if not content.get("page_needs"):
        yield Problem(MAIN, "Name at least one need that the service meets.")
    if not any(content.get(way) for way in _WAYS):
        yield Problem("At a site", "Say yes to at least one way in which people get it.")
    if not any(content.get(contact) for contact in _CONTACTS):
        yield Problem(
            "How to get it",
            "Say how people start: a phone number, an address to write to, or what to do.",
        )
    if content.get("in_person") and not content.get("page_sites"):
        yield Problem(
            "At a site",
            "Add the site in the columns that begin with “Site 1”. If its address must stay "
            "hidden, write yes under “Site 1 confidential”.",
        )
    elif not _reaches_somebody(content):
        yield Problem(
            "Areas",
            "Nobody would find it: name the areas that it serves, say that it serves the whole "
            "country, or give a site that is not confidential a postcode.",
        )


def _reaches_somebody(content: Content) -> bool:
    """Whether it covers any place at all: see `directory.geography.coverage`."""
    if any(content.get(name) for name in ("national", "areas", "by_phone", "online")):
        return True
    return not any(content.get(way) for way in _WAYS) or any(
        site["latitude"] is not None and not site["confidential"]
        for site in content.get("page_sites", [])
    )
