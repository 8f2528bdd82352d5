"""What the form of a service gives to the admin: its addresses, and a word after saving."""

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, QueryDict
from django.urls import URLPattern, path
from wagtail.models import Page, WorkflowState

from cms.confidential.held import read_once
from cms.editing.placing import by_postcode
from cms.models import ServicePage
from cms.views import editing


def urls() -> list[URLPattern]:
    """Where the form asks while it is being filled."""
    return [
        path(
            "services/<int:page_id>/suggest-needs/",
            editing.suggest_needs,
            name="service_suggest_needs",
        ),
        path("services/<int:page_id>/place/", editing.find_site, name="service_find_place"),
        path("services/<int:page_id>/map/", editing.draw_map, name="service_map"),
    ]


def ask_once(request: HttpRequest, page: Page) -> None:
    """Read what Wagtail and we ask for in a dozen places of a form before it is shown.

    Not when it is sent: then what was read changes. The review is kept where Wagtail keeps it for
    lists (`PageQuerySet.prefetch_workflow_states`).
    """
    if request.method not in ("GET", "HEAD"):
        return
    reviews = WorkflowState.objects.active().select_related(
        "current_task_state__task", "workflow", "requested_by"
    )
    kept = "_current_workflow_states"
    prefetch_related_objects(
        [page], Prefetch("_specific_workflow_states", queryset=reviews, to_attr=kept)
    )
    for review in getattr(page, kept):
        review.content_object = page
    if isinstance(page, ServicePage):
        read_once(page)


def say_where_sites_are(request: HttpRequest, page: Page) -> None:
    """Tell which sites their postcodes put on the map, and which are on no map yet."""
    if not isinstance(page, ServicePage):
        return
    for name, postcode in _without_a_point(request.POST):
        if by_postcode(postcode):
            messages.info(request, f"{name} is on the map in the middle of its postcode.")
        else:
            messages.warning(
                request,
                f"{name} is on no map yet, so nobody sees how far away it is. Press “Find the "
                "place”, or give its latitude and longitude.",
            )


def _without_a_point(data: QueryDict) -> Iterator[tuple[str, str]]:
    """Name and postcode of each site for which somebody gave no point. Not of confidential ones."""
    total = data.get("page_sites-TOTAL_FORMS", "")
    for number in range(int(total) if total.isdecimal() else 0):
        row = {
            name: data.get(f"page_sites-{number}-{name}", "").strip()
            for name in ("name", "postal_code", "latitude", "confidential", "DELETE")
        }
        named = row["name"] or row["postal_code"]
        if named and not (row["latitude"] or row["confidential"] or row["DELETE"]):
            yield named, row["postal_code"]
