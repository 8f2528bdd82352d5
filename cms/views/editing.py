"""What the form of a service asks while it is being filled. Nothing that is sent is kept."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from wagtail.models import Page

from cms.editing.placing import find_place
from cms.editing.site_map import site_map
from cms.editing.suggesting import proposals
from cms.models import PartnerPage, ServicePage
from directory.geography.place import Point
from directory.reference import current_reference
from matching.understanding.artefact import ModelDamaged, ModelMissing

#: Sites that are drawn at most.
_MOST_SITES = 30
_TEXTS = ("title", "summary", "description")


@never_cache
@require_POST
@sensitive_post_parameters()
def suggest_needs(request: HttpRequest, page_id: int) -> HttpResponse:
    """Needs that the words of an unsaved listing suggest."""
    _only_if_theirs(request, page_id)
    reference = current_reference()
    texts = [request.POST.get(name, "") for name in _TEXTS]
    if not any(text.strip() for text in texts):
        return render(request, "cms/editing/suggestions.html", {"empty": True})
    try:
        found = proposals(texts[0], texts[1], texts[2], reference)
    except (ModelMissing, ModelDamaged):
        return render(request, "cms/editing/suggestions.html", {"untrained": True})
    named = set(request.POST.getlist("named"))
    context = {
        "proposals": [proposal for proposal in found if proposal.code not in named],
        "named": [proposal.name for proposal in found if proposal.code in named],
    }
    return render(request, "cms/editing/suggestions.html", context)


@never_cache
@require_POST
@sensitive_post_parameters()
def find_site(request: HttpRequest, page_id: int) -> JsonResponse:
    """Where a site is, by its postcode or its town."""
    _only_if_theirs(request, page_id)
    placed = find_place(request.POST.get("postal_code", "")[:20], request.POST.get("city", "")[:80])
    point = placed.point
    return JsonResponse(
        {
            "latitude": round(point.latitude, 6) if point else None,
            "longitude": round(point.longitude, 6) if point else None,
            "words": placed.words,
        }
    )


@never_cache
@require_POST
@sensitive_post_parameters()
def draw_map(request: HttpRequest, page_id: int) -> HttpResponse:
    """The map of the sites as they stand in the form. Points that are none are left out."""
    _only_if_theirs(request, page_id)
    values = [request.POST.getlist(name) for name in ("name", "latitude", "longitude")]
    rows = [_Row(*row) for row in zip(*values, strict=False)][:_MOST_SITES]
    sites = [(row.name[:160] or "Site", point) for row in rows if (point := row.point)]
    context = {"map": site_map(sites), "hidden": bool(request.POST.get("hidden"))}
    return render(request, "cms/editing/site_map.html", context)


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    latitude: str
    longitude: str

    @property
    def point(self) -> Point | None:
        try:
            point = Point(float(self.latitude), float(self.longitude))
        except ValueError:
            return None
        return point if abs(point.latitude) < 90 and abs(point.longitude) <= 180 else None


def _only_if_theirs(request: HttpRequest, page_id: int) -> None:
    """Only who may write this service, or a new one below this partner, is answered."""
    page = Page.objects.filter(pk=page_id).first()
    specific = page.specific if page else None
    if isinstance(specific, ServicePage):
        allowed = specific.permissions_for_user(request.user).can_edit()
    elif isinstance(specific, PartnerPage):
        allowed = specific.permissions_for_user(request.user).can_add_subpage()
    else:
        allowed = False
    if not allowed:
        raise Http404("There is no such page, or it is not yours.")
