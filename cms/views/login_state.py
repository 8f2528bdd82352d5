"""Whether a log-in still holds: asked by an open form before it is sent."""

from django.contrib.sessions.models import Session
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET


@never_cache
@require_GET
def login_state(request: HttpRequest) -> JsonResponse:
    """Who is logged in, for how many seconds, and the token that a form needs after a new log-in.

    Whoever is logged out is refused before they come here. Only the site's own pages can read it.
    """
    ends = (
        Session.objects.filter(session_key=request.session.session_key)
        .values_list("expire_date", flat=True)
        .first()
    )
    seconds = request.session.get_expiry_age()
    if ends is not None:
        seconds = min(seconds, int((ends - timezone.now()).total_seconds()))
    return JsonResponse({"user": request.user.pk, "seconds": seconds, "token": get_token(request)})
