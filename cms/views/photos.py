"""Photos as the public gets them: in the sizes that pages show, while a page shows them."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from cms.models import PhotoRendition
from cms.photos.showing import may_see


@require_safe
def photo(request: HttpRequest, name: str) -> FileResponse:
    """One rendition. The original is served to nobody.

    Kept by browsers for a minute only: a photo that is withheld is soon gone there too.
    """
    rendition = PhotoRendition.objects.select_related("image").filter(file=f"images/{name}").first()
    if rendition is None or not may_see(request.user, rendition.image):
        raise Http404
    try:
        file = rendition.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(file)
    response["Cache-Control"] = "private, max-age=60"
    return response
