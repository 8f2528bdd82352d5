"""How much of a listing is filled, and what to fill next: said to its editor."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wagtail.admin.panels import Panel

if TYPE_CHECKING:
    from cms.models.service import ServicePage

#: What makes a listing useful, the most useful first: what to do, and whether it is done. The same
#: facts as in directory.search.document, in the words and the order of the form.
_FACTS: tuple[tuple[str, Callable[["ServicePage"], bool]], ...] = (
    ("say how people start", lambda page: bool(page.how_to_access)),
    ("give a phone number", lambda page: bool(page.phone)),
    (
        "tick how people get it",
        lambda page: page.in_person or page.home_visit or page.by_phone or page.online,
    ),
    ("describe what happens there", lambda page: bool(page.description)),
    ("say who can come", lambda page: bool(page.eligibility)),
    ("add opening hours", lambda page: page.page_schedules.exists()),
    ("tick the levels of need it is for", lambda page: page.levels.exists()),
    ("confirm that it is right", lambda page: page.assured_date is not None),
)


def missing(page: "ServicePage") -> list[str]:
    """What is not filled yet, the most useful first."""
    return [words for words, filled in _FACTS if not filled(page)]


def share(page: "ServicePage") -> float:
    """How much is filled, 0 to 1."""
    return 1 - len(missing(page)) / len(_FACTS)


class CompletenessPanel(Panel):
    """Above the form: how full the listing is, and what to do next."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/hub/completeness.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk:
                context |= {
                    "percent": round(100 * share(self.instance)),
                    "missing": missing(self.instance),
                }
            return context
