"""Saying that a listing is still right: a date, and nothing else."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from cms.models import ServicePage
from cms.projection import project

ACTION = "cms.confirm"


@transaction.atomic
def confirm(page: ServicePage, today: date, by: User | None = None) -> None:
    """The public listing was confirmed today. Logged; drafts keep whatever else they change.

    The date goes into the page's revisions as well: publishing a draft that was begun before, or
    is scheduled, must not bring the old date back. A form that is open meanwhile minds it too:
    `cms.assurance.form`.
    """
    page = ServicePage.objects.select_for_update().get(pk=page.pk)
    before = page.assured_date
    ServicePage.objects.filter(pk=page.pk).update(assured_date=today)
    wanted = Q(pk__in={page.live_revision_id, page.latest_revision_id} - {None})
    for revision in page.revisions.filter(wanted | Q(approved_go_live_at__isnull=False)):
        revision.content["assured_date"] = today.isoformat()
        revision.save(update_fields=["content"])
    data = {"before": before.isoformat() if before else None, "now": today.isoformat()}
    log(page, ACTION, user=by, data=data)
    project(ServicePage.objects.get(pk=page.pk))
