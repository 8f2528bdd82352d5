"""Words of the site that the hub edits; where it has not, the words that came with the software."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.forms import Textarea
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

_HELP = (
    "<p>These texts count on every page at the next request. The start page and the page of the "
    "hubs have a title and an introduction of their own, on the pages themselves: what stands "
    "here is shown where these are empty.</p>"
    "<p>What is said about danger, the licences of the map and what happens with people's words "
    "is the same everywhere and is not edited here.</p>"
)

_LINES = Textarea(attrs={"rows": 2})


@register_setting(icon="doc-full-inverse")
class SiteTexts(BaseGenericSetting):
    """One row at most. Templates have it as `texts`."""

    start_heading = models.CharField(
        "heading of the start page", max_length=80, default="Find help near you"
    )
    start_intro = models.CharField(
        "introduction of the start page",
        max_length=300,
        default="Tell us once. We find the people near you who can help.",
    )
    hubs_intro = models.CharField(
        "introduction of the hubs",
        max_length=300,
        default=(
            "A hub is a place to ring or walk into. The people there know the area and find the "
            "right help with you."
        ),
    )
    notice = models.CharField(
        "notice at the top of every page",
        max_length=300,
        blank=True,
        help_text="For example: Our phones are closed on Friday 3 April. Empty: no notice.",
    )
    phone = models.CharField(
        "the hub's general phone",
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(
                r"^\+?[0-9 ()\-]{3,}$",
                "That cannot be rung. Write one number, for example: 01632 960000",
            )
        ],
        help_text="Shown at the foot of every page, and wherever something goes wrong.",
    )
    phone_hours = models.CharField(
        "when it is answered",
        max_length=120,
        blank=True,
        help_text="For example: Monday to Friday, 9am to 5pm",
    )
    privacy_contact = models.CharField(
        "whom to ask about privacy",
        max_length=300,
        blank=True,
        help_text="A post, its phone and its address. Empty: people are told to ask any hub.",
    )
    footer = models.CharField(
        "line at the foot of every page",
        max_length=300,
        blank=True,
        help_text="For example, who runs this site.",
    )

    panels = [
        HelpPanel(_HELP),
        MultiFieldPanel(
            [
                FieldPanel("start_heading"),
                FieldPanel("start_intro", widget=_LINES),
                FieldPanel("hubs_intro", widget=_LINES),
            ],
            heading="Introductions",
        ),
        MultiFieldPanel(
            [FieldPanel("notice", widget=_LINES), FieldPanel("footer", widget=_LINES)],
            heading="On every page",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("phone_hours")]),
                FieldPanel("privacy_contact", widget=_LINES),
            ],
            heading="Whom to ask",
        ),
    ]

    class Meta:
        verbose_name = "site texts"

    def clean(self) -> None:
        super().clean()
        if self.phone_hours and not self.phone:
            raise ValidationError({"phone": "Give the number that is answered then."})

    @classmethod
    def in_force(cls) -> "SiteTexts":
        """The texts as the hub has them, or as they came (one query, and nothing is written)."""
        return cls.objects.first() or cls()
