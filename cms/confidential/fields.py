"""What says where a site is: every field of it that the public record of a hidden site lacks."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Field

#: What may be said of a confidential site: that it is there, and where in the list.
_HARMLESS = frozenset({"id", "page", "sort_order", "location_id", "confidential"})

Values = dict[str, Any]


def address_fields() -> list["Field[Any, Any]"]:
    """The fields of a site that are hidden. A field that is added later is hidden too."""
    from cms.models import ServicePageSite

    return [field for field in ServicePageSite._meta.concrete_fields if field.name not in _HARMLESS]


def values_of(site: Any) -> Values:
    """What a site says of where it is."""
    return {field.name: getattr(site, field.attname) for field in address_fields()}


def blank() -> Values:
    """What a hidden site says: nothing."""
    return {field.name: None if field.null else field.get_default() for field in address_fields()}


def says_something(values: Mapping[str, Any]) -> bool:
    """Whether these values say anything of a place."""
    return any(values.get(name) != empty for name, empty in blank().items() if name in values)


def write(site: Any, values: Mapping[str, Any]) -> None:
    """Let a site say these values, as they come from a form, a row or JSON."""
    for field in address_fields():
        setattr(site, field.attname, field.to_python(values.get(field.name, field.get_default())))


def same_place(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two sites, whatever their ids, are at the same street address."""
    return _street(one) is not None and _street(one) == _street(other)


def _street(values: Mapping[str, Any]) -> tuple[str, str] | None:
    street = "".join(str(values.get("address_1") or "").lower().split())
    postcode = "".join(str(values.get("postal_code") or "").lower().split())
    return (street, postcode) if street and postcode else None
