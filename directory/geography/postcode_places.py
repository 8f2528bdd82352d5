"""Where a postcode, a sector or an outcode lies: one query for all the ways to read it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q

from directory.geography.areas import merged
from directory.geography.place import Point, ResolvedPlace
from directory.geography.postcodes import Reading
from directory.models import Place


class _Row(NamedTuple):
    kind: str
    key: str
    name: str
    latitude: float
    longitude: float
    areas: list[str]
    exact: bool


def locate(readings: Sequence[Reading]) -> ResolvedPlace | None:
    """The place of the first reading that exists, or None.

    A postcode that exists is taken before anything else. One that does not, in its proper shape,
    stands for its outcode: it may be new, or outside the postcodes that are loaded.
    """
    if not readings:
        return None
    rows = _rows(readings)
    postcodes = {row.key: row for row in rows if row.kind == Place.Kind.POSTCODE}
    outcodes = {row.key: row for row in rows if row.kind == Place.Kind.OUTCODE}
    for reading in readings:
        if reading.full and reading.key in postcodes:
            return _place(postcodes[reading.key])
    for reading in readings:
        within = [] if reading.full or not reading.inward else _of_sector(reading, rows)
        if within:
            return _sector(reading, within)
        if reading.outcode.lower() in outcodes and not (reading.full and reading.slips):
            return _place(outcodes[reading.outcode.lower()])
    for reading in readings:
        if reading.outcode.lower() in outcodes:
            return _place(outcodes[reading.outcode.lower()])
    return None


def _rows(readings: Sequence[Reading]) -> list[_Row]:
    wanted = Q(
        kind=Place.Kind.OUTCODE, key__in={reading.outcode.lower() for reading in readings}
    ) | Q(kind=Place.Kind.POSTCODE, key__in={r.key for r in readings if r.full})
    for reading in readings:
        if len(reading.inward) == 1:
            wanted |= Q(
                kind=Place.Kind.POSTCODE,
                key__gte=reading.key + "aa",
                key__lte=reading.key + "zz",
            )
    rows = Place.objects.filter(wanted).order_by("key", "pk").values_list(*_Row._fields)
    return [_Row(*row) for row in rows]


def _of_sector(reading: Reading, rows: Sequence[_Row]) -> list[_Row]:
    return [
        row
        for row in rows
        if row.kind == Place.Kind.POSTCODE
        and len(row.key) == len(reading.key) + 2
        and row.key.startswith(reading.key)
    ]


def _place(row: _Row) -> ResolvedPlace:
    return ResolvedPlace(
        status="found",
        name=row.name,
        kind=row.kind,
        point=Point(row.latitude, row.longitude),
        areas=tuple(row.areas),
        exact=row.exact,
    )


def _sector(reading: Reading, rows: Sequence[_Row]) -> ResolvedPlace:
    """The middle of a sector's postcodes; exact if they all lie in the same areas."""
    return ResolvedPlace(
        status="found",
        name=reading.name,
        kind="sector",
        point=Point(
            sum(row.latitude for row in rows) / len(rows),
            sum(row.longitude for row in rows) / len(rows),
        ),
        areas=merged(row.areas for row in rows),
        exact=len({tuple(row.areas) for row in rows}) == 1,
    )
