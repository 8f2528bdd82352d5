"""Who uses a row of the shared language: what its editor sees, and why it cannot be deleted."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.admin.utils import quote
from django.db.models import Model, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from cms.models import HubPage, ServicePage
from cms.vocabulary.drafts import drafts_naming
from directory.models import (
    Area,
    Helpline,
    Level,
    Listing,
    Need,
    Outcome,
    Phrase,
    Place,
    PresentedNeed,
)

_PLURALS = {
    "draft of a service": "drafts of services",
    "area within it": "areas within it",
}


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that uses a row: what it is, its name, and where it is changed ("" if nowhere)."""

    what: str
    name: str
    url: str = ""


def uses_of(row: Model) -> list[Use]:
    """Everything that uses `row`, the public services first."""
    of = _OF.get(type(row))
    return list(of(row)) if of else []


def counted(uses: list[Use]) -> str:
    """How many of each kind: "17 services, 1 hub"; empty for none."""
    kinds = Counter(use.what for use in uses)
    return ", ".join(f"{number} {plural(what, number)}" for what, number in kinds.items())


def plural(what: str, number: int) -> str:
    """A kind of use, in the plural where there are several."""
    return what if number == 1 else _PLURALS.get(what, f"{what}s")


def services_of_need(code: str) -> "QuerySet[Listing]":
    """Live services for a need."""
    return Listing.objects.live().filter(listing_needs__need=code)


def services_of_presented(slug: str) -> "QuerySet[Listing]":
    """Live services that name a presented need."""
    return Listing.objects.live().filter(facets__presented__icontains=f'"{slug}"')


def _of_need(need: Need) -> Iterator[Use]:
    yield from _services("need", need.pk, services_of_need(need.pk))
    for presented in need.presented.all():
        yield Use("presented need", presented.name, _edit("presented", presented.pk))
    for line in Helpline.objects.all():
        if need.pk in line.needs:
            yield Use("line", line.name, _edit("line", line.pk))
    for phrase in _naming(Phrase, "also_needs", need.pk):
        yield Use("phrase", phrase.text, _edit("phrase", phrase.pk))


def _of_presented(presented: PresentedNeed) -> Iterator[Use]:
    yield from _services("presentedneed", presented.pk, services_of_presented(presented.pk))


def _of_outcome(outcome: Outcome) -> Iterator[Use]:
    for need in outcome.needs.all():
        yield Use("need", need.name, _edit("need", need.pk))


def _of_level(level: Level) -> Iterator[Use]:
    listings = Listing.objects.live().filter(facets__levels__icontains=f'"{level.pk}"')
    yield from _services("level", level.pk, listings)


def _of_area(area: Area) -> Iterator[Use]:
    listings = Listing.objects.live().filter(listing_areas__area_code=area.pk)
    yield from _services("area", area.pk, listings)
    for page in HubPage.objects.filter(areas=area):
        yield Use("hub", page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    for child in area.children.all():
        yield Use("area within it", child.name, _edit("area", child.pk))
    for line in Helpline.objects.all():
        if area.pk in line.areas:
            yield Use("line", line.name, _edit("line", line.pk))
    places = _naming(Place, "areas", area.pk).count()
    if places:
        yield Use("part of the map", f"{places:,} postcodes, towns and villages that lie in it")


def _services(table: str, key: str, listings: "QuerySet[Listing]") -> Iterator[Use]:
    """Public services and, after them, those that name the row in a draft only."""
    public = list(listings.order_by("name", "pk").values_list("service_id", "name", "url"))
    ids = [service for service, _, _ in public]
    pages = dict(ServicePage.objects.filter(service_id__in=ids).values_list("service_id", "pk"))
    for service, name, url in public:
        page = pages.get(service)
        edit = reverse("wagtailadmin_pages:edit", args=[page]) if page else url
        yield Use("service", name, edit or reverse("service", args=[service]))
    for draft in drafts_naming(table, key, ids):
        edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
        yield Use("draft of a service", draft.get_admin_display_title(), edit)


def _naming(table: type[Model], column: str, code: str) -> "QuerySet[Model]":
    """Rows whose list in `column` names a code."""
    rows = table._default_manager.annotate(listed=Cast(column, TextField()))
    return rows.filter(listed__contains=f'"{code}"')


def _edit(name: str, pk: object) -> str:
    return reverse(f"vocabulary_{name}:edit", args=[quote(pk)])


_OF: dict[type[Model], Callable[..., Iterator[Use]]] = {
    Need: _of_need,
    PresentedNeed: _of_presented,
    Outcome: _of_outcome,
    Level: _of_level,
    Area: _of_area,
}
