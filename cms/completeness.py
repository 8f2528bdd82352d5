"""How much of a listing is filled, and what to fill next: said to its editor and to the hub."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from wagtail.admin.panels import Panel

if TYPE_CHECKING:
    from cms.models.service import ServicePage

#: What makes a listing useful, the most useful first: what to do, and the fields of which one has
#: to be filled. The same facts as in directory.search.document, in the order of the form.
_FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("say how people start", ("how_to_access",)),
    ("give a phone number", ("phone",)),
    ("tick how people get it", ("in_person", "home_visit", "by_phone", "online")),
    ("describe what happens there", ("description",)),
    ("say who can come", ("eligibility",)),
    ("tick who may ask for it", ("self_referral", "practitioner_referral")),
    ("say what happens next", ("next_steps",)),
    ("add opening hours", ("page_schedules",)),
    ("tick the levels of need it is for", ("levels",)),
    ("say how easy it is to get in and around", ("accessibility",)),
    ("confirm that it is right", ("assured_date",)),
)
#: All facts, as words.
FACTS = tuple(words for words, _ in _FACTS)


def missing(page: "ServicePage") -> list[str]:
    """What is not filled yet, the most useful first. No query if its parts were prefetched."""
    return [
        words
        for words, names in _FACTS
        if not any(_is_filled(getattr(page, name)) for name in names)
    ]


def missing_in(content: Mapping[str, Any]) -> list[str]:
    """The same of a draft, from the content of its revision."""
    return [words for words, names in _FACTS if not any(content.get(name) for name in names)]


def share(page: "ServicePage") -> float:
    """How much is filled, 0 to 1."""
    return share_of(missing(page))


def share_of(gaps: list[str]) -> float:
    """How much is filled when so much is missing, 0 to 1."""
    return 1 - len(gaps) / len(_FACTS)


def lacking(words: str) -> Q:
    """Which service pages have not done what `words`, one of `FACTS`, says: for a query."""
    return ~_any_filled(dict(_FACTS)[words])


def number_missing() -> Any:
    """How many of the facts a service page lacks: for a query."""
    total: Any = Value(0)
    for words in FACTS:
        total += Case(When(lacking(words), then=1), default=0, output_field=IntegerField())
    return total


def _is_filled(value: Any) -> bool:
    return bool(value.all()) if hasattr(value, "all") else bool(value)


def _any_filled(names: tuple[str, ...]) -> Q:
    filled = Q(pk__in=())
    for name in names:
        filled |= _filled(name)
    return filled


def _filled(name: str) -> Q:
    """Whether a field of a service page is filled: for a query."""
    from cms.models.service import ServicePage

    field = ServicePage._meta.get_field(name)
    if isinstance(field, models.ManyToManyField):
        through: Any = getattr(ServicePage, name).through
        return Q(Exists(through.objects.filter(servicepage=OuterRef("pk"))))
    if field.is_relation:
        return Q(Exists(field.related_model.objects.filter(page=OuterRef("pk"))))
    if isinstance(field, models.BooleanField):
        return Q(**{name: True})
    if isinstance(field, models.CharField | models.TextField):
        return ~Q(**{name: ""})
    return Q(**{f"{name}__isnull": False})


class CompletenessPanel(Panel):
    """Above the form: how full the listing is, and what to do next."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/hub/completeness.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk:
                gaps = missing(self.instance)
                context |= {"percent": round(100 * share_of(gaps)), "missing": gaps}
            return context
