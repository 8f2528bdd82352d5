"""Two people with the same page open: the second is told before anything is put on top."""

from typing import Any

from django.db import connection
from django.utils.timezone import localtime
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, Revision


class NewerVersionForm(WagtailAdminPageForm):
    """A page's form that is not saved over a version its writer has not seen, unless they insist.

    Wagtail warns with a script and saves on top all the same. Here the first attempt is refused
    with what was typed kept; the form then stands on the newer version, and saving again is a
    decision. Either way both versions are in the history.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        newer = self._saved_since()
        if newer is not None:
            self.add_error(None, _warning(newer))
        return cleaned

    def _saved_since(self) -> Revision | None:
        loaded = self.data.get("loaded_revision_id") if self.is_bound else None
        if not loaded or self.instance.pk is None:
            return None
        pages = Page.objects.filter(pk=self.instance.pk)
        if connection.in_atomic_block:
            # Whoever saves at the same moment waits, and then sees what was saved.
            pages = pages.select_for_update()
        latest = pages.values_list("latest_revision_id", flat=True).first()
        if latest is None or str(latest) == str(loaded):
            return None
        return Revision.objects.select_related("user").defer("content").get(pk=latest)


def _warning(newer: Revision) -> str:
    who = "Somebody"
    if newer.user is not None:
        who = newer.user.get_full_name() or newer.user.get_username()
    return (
        f"{who} saved a newer version at {localtime(newer.created_at):%H:%M on %d %B} while you "
        "were writing. Nothing is lost: what you typed is below, theirs is in the history. Save "
        "again to put yours on top, or copy what you need and open the page anew."
    )
