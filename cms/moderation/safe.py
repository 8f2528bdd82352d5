"""Small changes that go live as soon as a partner submits them: the parts that the hub calls safe.

What is published is never the partner's version. It is the live one, with the safe parts of the
partner's put into it; whatever else that version or an older draft says stays a draft. A part that
nobody thought of is therefore not published.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_published, published

from cms.models import SafeFields, ServicePage
from cms.moderation.differences import content_of, differing

ACTION = "cms.publish_safe"
#: What each field of the policy stands for.
PARTS = {
    "hours": "page_schedules",
    "holidays": "page_holidays",
    "phone": "phone",
    "email": "email",
    "website": "website",
    "capacity": "capacity",
    "waiting_weeks": "waiting_weeks",
    "closed_until": "closed_until",
    "still_right": "assured_date",
}
#: Of no policy, in words: to confirm that nothing has changed is no change of a listing.
_ALWAYS = {"still_right": "“still right”: the date of confirmation"}
#: What could give away where a confidential site is.
_CONTACTS = frozenset({"phone", "email", "website"})
_A_PHONE_NUMBER = re.compile(r"[\d\s+()/.,-]*((ext|extension|option)\.?\s*\d+)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What went live at once, as fields of the policy, and whether anything waits for the hub."""

    fields: tuple[str, ...] = ()
    rest: bool = True


@transaction.atomic
def publish_safe(page: Page, user: User | None) -> Outcome:
    """Publish the safe part of what is submitted of a live service.

    The rest, if there is one, becomes a draft on top of what went live. A live version that would
    not be valid with the safe part in it is left alone.
    """
    service = ServicePage.objects.select_for_update().filter(pk=page.pk, live=True).first()
    if service is None or service.latest_revision is None or service.scheduled_revision:
        # Not public, or publishing would undo what is approved for a later day.
        return Outcome()
    submitted = content_of(service.latest_revision.as_object())
    live = content_of(service)
    different = differing(live, submitted)
    safe = [
        field
        for field in allowed_fields(live, submitted)
        if PARTS[field] in different and is_harmless(field, live, submitted)
    ]
    if not safe:
        return Outcome(rest=bool(different))
    parts = {PARTS[field] for field in safe}
    try:
        with transaction.atomic():
            publish_beside_review(
                service, live | {name: submitted[name] for name in parts}, safe, user
            )
    except ValidationError:
        return Outcome()
    rest = different - parts
    if rest:
        keep_as_draft(service, submitted, parts, user)
    return Outcome(tuple(safe), bool(rest))


def words_of(fields: list[str] | tuple[str, ...]) -> str:
    """Fields of the policy as people read them."""
    return ", ".join(
        _ALWAYS.get(name) or str(SafeFields._meta.get_field(name).verbose_name) for name in fields
    )


def allowed_fields(live: dict[str, Any], submitted: dict[str, Any]) -> list[str]:
    """Fields that the hub lets go live at once, for a service that says these two things."""
    policy = SafeFields.load()
    sites = [*live["page_sites"], *submitted["page_sites"]]
    hidden = any(site["confidential"] for site in sites)
    return [
        field
        for field in PARTS
        if (field in _ALWAYS or getattr(policy, field)) and not (hidden and field in _CONTACTS)
    ]


def is_harmless(field: str, live: dict[str, Any], submitted: dict[str, Any]) -> bool:
    """Whether a safe part says no more than its kind: a number, a day that has come."""
    value = submitted[PARTS[field]]
    if field == "phone":
        return _A_PHONE_NUMBER.fullmatch(value) is not None
    if field == "still_right":
        today = timezone.localdate().isoformat()
        return value is not None and (live["assured_date"] or "") < value <= today
    return True


class _BesideReview(PublishPageRevisionAction):
    """Publishes without ending the review of what is left; comments stay with the draft."""

    def _after_publish(self) -> None:
        page_published.send(
            sender=self.object.specific_class,
            instance=self.object.specific,
            revision=self.revision,
        )
        published.send(sender=type(self.object), instance=self.object, revision=self.revision)


def publish_beside_review(
    service: ServicePage, content: dict[str, Any], fields: list[str], user: User | None
) -> None:
    """Make this the live version, logged as a safe change of these fields.

    Wagtail forgets what is planned for a later day: whoever calls this keeps it.
    """
    revision = service.with_content_json(content).save_revision(user=user)
    _BesideReview(revision, user=user, log_action=False).execute(skip_permission_checks=True)
    log(service, ACTION, user=user, revision=revision, data={"fields": fields})


def keep_as_draft(
    service: ServicePage,
    submitted: dict[str, Any],
    parts: set[str],
    user: User | None,
    go_live: datetime | None = None,
) -> None:
    """The submitted version again, as the latest, with the rows that are live now.

    `go_live` is when it will be published, if that is approved.
    """
    service = ServicePage.objects.get(pk=service.pk)
    live = content_of(service)
    draft = service.with_content_json(submitted | {name: live[name] for name in parts})
    draft.save_revision(user=user, clean=False, approved_go_live_at=go_live)
