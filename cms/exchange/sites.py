"""Sites in numbered columns: "Site 1 street", "Site 2 postcode" and so on.

The number is the place of the site in the service's list. Columns that are all empty are no site:
emptying them removes it. A confidential site says "confidential" to those who may not see it, and
they cannot change it either.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from cms.confidential.fields import same_place, says_something
from cms.confidential.written_out import WrittenOut
from cms.editing.placing import by_postcode
from cms.exchange.cells import CellRefused, Content, Problem, as_decimal, as_text, as_yes_no, yes_no
from cms.models import ServicePageSite

#: Words of the heading for each field of a site.
PARTS = {
    "confidential": "confidential",
    "name": "name",
    "street": "address_1",
    "town or village": "city",
    "postcode": "postal_code",
    "latitude": "latitude",
    "longitude": "longitude",
}
#: As many as a file may name; nobody has more.
MOST = 50
#: What those read who may not see an address.
HIDDEN = "confidential"
#: Marks a site whose address is held apart (`cms.confidential`), though a draft may ask to show it.
#: What is held stands under it, to compare texts with: it is never shown and never saved.
HELD = "address is held apart"

_HEADING = re.compile(r"Site ([1-9][0-9]?) (" + "|".join(PARTS) + ")", re.IGNORECASE)
_NUMBERS = frozenset({"latitude", "longitude"})


def site_headings(count: int) -> list[str]:
    return [f"Site {number} {part}" for number in range(1, count + 1) for part in PARTS]


def site_heading(text: str) -> str | None:
    """The heading as it is written here, None if it is not one of a site."""
    found = _HEADING.fullmatch(text)
    if found is None or int(found[1]) > MOST:
        return None
    return f"Site {found[1]} {found[2].lower()}"


def heading_of(number: int, field: str) -> str:
    """The heading for a field of the model."""
    part = next((part for part, name in PARTS.items() if name == field), "name")
    return f"Site {number} {part}"


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites of a service. `hidden`: the reader may not see confidential addresses."""

    hidden: bool
    info = False

    @property
    def headings(self) -> tuple[str, ...]:
        return ()

    def show(self, content: Content) -> dict[str, str]:
        shown = {}
        for number, site in enumerate(content.get("page_sites", []), start=1):
            for part, field in PARTS.items():
                shown[f"Site {number} {part}"] = self._text(site, field)
        return shown

    def take(self, content: Content, told: Mapping[str, str]) -> Iterator[Problem]:
        shown = self.show(content)
        before: list[Content] = content.get("page_sites", [])
        after = []
        for number in range(1, max([len(before), *_numbers(told)], default=0) + 1):
            old = before[number - 1] if number <= len(before) else None
            group = {part: f"Site {number} {part}" for part in PARTS}
            wanted = {part: told.get(name, shown.get(name, "")) for part, name in group.items()}
            if old is not None and all(wanted[p] == shown[group[p]] for p in PARTS):
                after.append(old)
            elif old is not None and self.hidden and is_hidden(old):
                yield Problem(
                    group["confidential"],
                    "You may not see this address, so only its partner or an administrator of the "
                    "hub can change the site. Leave its cells as they were exported.",
                )
            elif any(text for part, text in wanted.items() if part != "confidential") or (
                wanted["confidential"].casefold() not in ("", "no")
            ):
                site, problems = _taken(old, wanted, number)
                yield from problems
                after.append(site)
        content["page_sites"] = [{**site, "sort_order": n} for n, site in enumerate(after)]

    def _text(self, site: Content, field: str) -> str:
        value = site.get(field)
        if field == "confidential":
            return yes_no(value)
        if self.hidden and is_hidden(site):
            return HIDDEN
        return "" if value is None else str(value)


def is_hidden(site: Content) -> bool:
    """Whether where this site is may not be told to everybody."""
    return bool(site.get("confidential") or site.get(HELD))


def with_held(sites: list[Content], held: Mapping[UUID, Content], tell: bool) -> list[Content]:
    """The sites of a revision, which never holds a confidential address, with what is held of them.

    `tell`: put the addresses in; otherwise it is only marked that there is one.
    """
    return [
        {**site, **(values if tell else {}), HELD: values}
        if (values := held.get(UUID(site["location_id"]))) is not None
        else site
        for site in sites
    ]


def written_out(content: Content) -> WrittenOut:
    """What gives the confidential sites away, also those whose address the reader may not see."""
    sites = [site for site in content.get("page_sites", []) if site.get("confidential")]
    return WrittenOut.of(site if says_something(site) else site.get(HELD, {}) for site in sites)


def problems_of_sites(content: Content) -> Iterator[Problem]:
    """What the model of a site refuses."""
    sites, secret = content.get("page_sites", []), written_out(content)
    for number, site in enumerate(sites, start=1):
        texts = {name: site.get(name) for name in ("name", "address_1", "city")}
        if not is_hidden(site) and (
            secret.fields(texts) or any(same_place(site, o) for o in sites if is_hidden(o))
        ):
            yield Problem(
                f"Site {number} street", "This is the address of a confidential site as well."
            )
        row = ServicePageSite(**{field: site.get(field) for field in PARTS.values()})
        try:
            row.clean_fields(exclude=["page", "sort_order", "location_id", "id"])
            row.clean()
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                yield Problem(heading_of(number, field), " ".join(messages))


def _numbers(told: Mapping[str, str]) -> Iterator[int]:
    for heading in told:
        yield int(heading.split()[1])


def _taken(
    old: Content | None, wanted: Mapping[str, str], number: int
) -> tuple[Content, list[Problem]]:
    fresh: Content = {"pk": None, "page": None, "location_id": str(uuid4())}
    site = dict(old) if old is not None else fresh
    problems = []
    for part, field in PARTS.items():
        try:
            site[field] = _value(part, field, wanted[part])
        except CellRefused as refused:
            problems.append(Problem(f"Site {number} {part}", str(refused)))
            site.setdefault(field, None if part in _NUMBERS else "")
    _place(site)
    return site, problems


def _place(site: Content) -> None:
    """Put a site that says its postcode and no point on the map, as its form does."""
    if site["confidential"] or site["latitude"] is not None or not site["postal_code"]:
        return
    point = by_postcode(site["postal_code"])
    if point and site["longitude"] is None:
        site["latitude"], site["longitude"] = point.latitude, point.longitude


def _value(part: str, field: str, text: str) -> object:
    if part == "confidential":
        return as_yes_no(text)
    if part in _NUMBERS:
        return as_decimal(text)
    if text == HIDDEN:
        raise CellRefused("Write the address itself; to hide it, write yes under 'confidential'.")
    return as_text(text, getattr(ServicePageSite._meta.get_field(field), "max_length", None))
