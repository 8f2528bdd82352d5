"""What the hub lets go live at once, mails on their way, and pages that can be brought back."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="check")
class SafeFields(BaseGenericSetting):
    """Which changes of a live service are public as soon as its partner submits them."""

    hours = models.BooleanField("opening hours", default=True)
    holidays = models.BooleanField("days with other hours, and the words for them", default=True)
    phone = models.BooleanField("phone number", default=True)
    email = models.BooleanField("e-mail address", default=False)
    website = models.BooleanField("website", default=False)
    capacity = models.BooleanField("whether it takes people on", default=True)
    waiting_weeks = models.BooleanField("weeks to wait", default=True)
    closed_until = models.BooleanField("closed until", default=True)

    panels = [
        HelpPanel(
            content="<p>When a partner submits a change of a live service, the parts ticked here "
            "are public at once and are in its history; the hub looks at everything else first. "
            "Names, needs, areas, sites and addresses are always looked at. If a service has a "
            "confidential site, so are its phone number, e-mail address and website. That a "
            "service is still right is no change of it: the date of confirmation is public at once "
            "whatever is ticked, unless you have locked the page.</p>"
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "hours", "holidays", "phone", "email", "website", "capacity",
                    "waiting_weeks", "closed_until",
                )
            ],
            heading="Public at once",
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = "what goes live at once"
        verbose_name_plural = verbose_name


class Notice(models.Model):
    """A mail about a page, from the moment it is due until it is out and has been for a while."""

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    made = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True, blank=True, help_text="Empty until the mail is out.")
    tried = models.DateTimeField(null=True, blank=True, help_text="When the last attempt began.")
    problem = models.TextField(blank=True, help_text="Why the last attempt failed.")

    class Meta:
        ordering = ("made", "pk")

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"


class DeletedPage(models.Model):
    """A page that somebody deleted, with all its versions, until it is brought back or purged.

    What partners typed is in here, so nothing of it is shown but what the columns name.
    """

    page_type = models.CharField(max_length=100, help_text="For example cms.servicepage.")
    page_pk = models.IntegerField()
    parent_pk = models.IntegerField()
    title = models.CharField(max_length=255)
    parent_title = models.CharField(max_length=255)
    was_live = models.BooleanField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    revisions = models.JSONField(encoder=DjangoJSONEncoder)
    beside = models.JSONField(
        encoder=DjangoJSONEncoder, default=dict, help_text="Rows that stood beside the page."
    )
    deleted = models.DateTimeField(default=timezone.now)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-deleted", "-pk")

    def __str__(self) -> str:
        return self.title
