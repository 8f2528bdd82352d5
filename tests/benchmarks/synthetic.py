"""A made-up directory of any size: the same numbers make the same services."""

import random
import uuid
from collections.abc import Iterator, Sequence

from directory.models import Area, Need, Phrase, Place
from directory.records import (
    ALSO,
    MAIN,
    LocationRecord,
    OrganizationRecord,
    ServiceNeed,
    ServiceRecord,
)

LEVELS = ("universal", "emerging", "targeted", "intensive")


def add_districts() -> list[str]:
    """Every district that an outcode lies in, so that services can be spread over the country."""
    known = set(Area.objects.values_list("code", flat=True))
    codes = sorted(
        {
            c
            for areas in Place.objects.filter(kind="outcode").values_list("areas", flat=True)
            for c in areas
        }
        - known
    )
    Area.objects.bulk_create(Area(code=code, name=code, kind="district") for code in codes)
    return codes


def services(number: int, seed: int = 1) -> Iterator[ServiceRecord]:
    """`number` services: half with a declared district, a third by their sites, the rest remote."""
    rng = random.Random(seed)
    outcodes = list(
        Place.objects.filter(kind="outcode").values_list("latitude", "longitude", "areas")
    )
    norfolk = [row for row in outcodes if "E10000020" in row[2]]
    needs = list(Need.objects.values_list("code", flat=True))
    phrases: dict[str, list[str]] = {code: [] for code in needs}
    for code, text in Phrase.objects.values_list("presented__need_id", "text"):
        phrases[code].append(text)
    partners = [
        OrganizationRecord(id=uuid.UUID(int=rng.getrandbits(128)), name=f"Partner {n}")
        for n in range(max(30, number // 4))
    ]
    for n in range(number):
        latitude, longitude, areas = rng.choice(norfolk if n % 4 == 0 else outcodes)
        yield _service(rng, n, partners, needs, phrases, (latitude, longitude), areas)


def _service(
    rng: random.Random,
    n: int,
    partners: Sequence[OrganizationRecord],
    needs: Sequence[str],
    phrases: dict[str, list[str]],
    point: tuple[float, float],
    areas: list[str],
) -> ServiceRecord:
    chosen = rng.sample(needs, rng.choice((1, 1, 2, 3)))
    words = " ".join(rng.choice(phrases[code]) for code in chosen for _ in range(6))
    kind = rng.random()
    site = LocationRecord(
        id=uuid.UUID(int=rng.getrandbits(128)),
        latitude=point[0] + rng.uniform(-0.05, 0.05),
        longitude=point[1] + rng.uniform(-0.05, 0.05),
    )
    low = rng.choice((None, None, 0, 11, 16, 18, 60))
    return ServiceRecord(
        id=uuid.UUID(int=rng.getrandbits(128)),
        organization=rng.choice(partners),
        name=f"Service {n} {words[:40]}",
        summary=words[:200],
        description=words,
        needs=tuple(ServiceNeed(code, ALSO if turn else MAIN) for turn, code in enumerate(chosen)),
        national=kind > 0.97,
        service_areas=tuple(areas[:1]) if kind < 0.5 else (),
        locations=(site,) if kind < 0.85 else (),
        delivery=("in_person",) if kind < 0.85 else ("phone", "online"),
        minimum_age=low,
        maximum_age=None if low is None or low >= 18 else low + 8,
        levels=tuple(rng.sample(LEVELS, 2)),
        capacity=rng.choice(("open", "open", "limited", "waiting_list")),
    )
