"""What the front page shows, and the page about privacy."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.forms import FindForm
from directory.models import Need
from directory.reference import current_reference


def start_context() -> dict[str, Any]:
    """The empty form, the needs under their outcomes, and the hubs."""
    reference = current_reference()
    return {"form": FindForm(), "need_groups": need_groups(), "hubs": reference.hubs}


def need_groups() -> list[tuple[str, list[Need]]]:
    """Needs under the name of their outcome, both in their order."""
    needs = sorted(
        current_reference().needs.values(), key=lambda need: (need.outcome_id, need.position)
    )
    return [
        (outcome.name, list(group)) for outcome, group in groupby(needs, key=lambda n: n.outcome)
    ]


def privacy(request: HttpRequest) -> HttpResponse:
    """What happens with what people type: nothing is kept."""
    return render(request, "cms/privacy.html")
