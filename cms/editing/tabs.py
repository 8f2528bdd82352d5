"""The tabs of a service's form, in the order in which a partner thinks of its service."""

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.completeness import CompletenessPanel
from cms.confidential.form import SitesPanel
from cms.editing.panels import HoursInWords, MapPanel, SuggestNeeds
from cms.editing.widgets import Areas, Languages, Levels, PresentedNeeds
from cms.models.base import SitePage
from cms.photos.form import photo_panel

_WHAT = [
    CompletenessPanel(),
    TitleFieldPanel(
        "title",
        placeholder="Name of the service",
        help_text="What people would call it, in everyday words. Up to 60 characters read best.",
    ),
    FieldPanel(
        "summary",
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
        help_text="One plain sentence: whom it helps, and with what. Up to 160 characters read "
        "best; 300 are kept.",
    ),
    FieldPanel(
        "description",
        help_text="What happens there, in short sentences. Say “you”. Leave out what only people "
        "who do this work understand.",
    ),
    photo_panel(),
]
_WHOM = [
    InlinePanel("page_needs", label="Need", heading="Needs that it meets", min_num=1),
    SuggestNeeds(heading="Suggest needs"),
    FieldPanel(
        "presented_needs",
        widget=PresentedNeeds,
        heading="What people come with",
        help_text="Tick what you help with, in the words of those who come.",
    ),
    FieldRowPanel([FieldPanel("minimum_age"), FieldPanel("maximum_age")], heading="Ages"),
    FieldPanel("eligibility"),
    FieldPanel("levels", widget=Levels, heading="Levels of need"),
]
_WHERE = [
    MultiFieldPanel(
        [
            FieldPanel("in_person"),
            FieldPanel("home_visit"),
            FieldPanel("by_phone"),
            FieldPanel("online"),
        ],
        heading="How people get it",
    ),
    SitesPanel("page_sites", label="Site", heading="Sites"),
    MapPanel(heading="On the map"),
    FieldPanel("national"),
    FieldPanel("areas", widget=Areas, heading="Areas that it serves"),
    FieldPanel("outreach"),
]
_WHEN = [
    HoursInWords(heading="Opening hours in words"),
    InlinePanel("page_schedules", label="Opening hours", heading="Every week"),
    InlinePanel("page_holidays", label="Days that differ", heading="Holidays and other days"),
]
_HOW = [
    MultiFieldPanel(
        [FieldPanel("self_referral"), FieldPanel("practitioner_referral")],
        heading="Who may ask for it",
    ),
    FieldPanel("how_to_access", heading="How people start"),
    FieldPanel("next_steps"),
    FieldPanel("phone"),
    FieldPanel("email"),
    FieldPanel("website"),
    FieldRowPanel(
        [FieldPanel("free"), FieldPanel("fees", heading="What it costs, if not")], heading="Cost"
    ),
    MultiFieldPanel(
        [
            FieldPanel(
                "languages",
                widget=Languages,
                heading="What your people speak",
                help_text="For a language that is not here, ask the hub.",
            ),
            FieldPanel("interpreters"),
        ],
        heading="Languages",
    ),
    FieldPanel("accessibility", heading="Getting in and around"),
]
_FULL = [
    FieldPanel("capacity", heading="How full it is"),
    FieldRowPanel(
        [
            FieldPanel("waiting_weeks", heading="Weeks that people wait"),
            FieldPanel("closed_until", heading="Closed until"),
        ],
        heading="How long",
    ),
    FieldPanel("assured_date"),
]
_PROMISE = [FieldPanel("pledge"), FieldPanel("outcomes")]

TABS = [
    ObjectList(_WHAT, heading="What it is"),
    ObjectList(_WHOM, heading="Who it is for"),
    ObjectList(_WHERE, heading="Where"),
    ObjectList(_WHEN, heading="When"),
    ObjectList(_HOW, heading="How to get it"),
    ObjectList(_FULL, heading="How full it is"),
    ObjectList(_PROMISE, heading="Pledge"),
    ObjectList([*SitePage.promote_panels, *SitePage.settings_panels], heading="Publishing"),
]
