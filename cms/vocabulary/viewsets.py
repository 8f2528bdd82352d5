"""The menu "Shared language": every table of it, with Wagtail's own views."""

from typing import Any, ClassVar

from django.forms import ModelForm
from django.urls import reverse
from django.utils.formats import date_format
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from cms.vocabulary import filters, lists, views
from cms.vocabulary.columns import CountColumn
from cms.vocabulary.forms import language, places
from cms.vocabulary.hubs import HubsMenuItem
from directory.models import Area, Helpline, Level, Need, Outcome, Phrase, PresentedNeed


class RowViewSet(ModelViewSet):
    """A table of the shared language. `form`: its form."""

    form: ClassVar[type[ModelForm[Any]]]
    add_view_class = views.RowCreateView
    edit_view_class = views.RowEditView
    delete_view_class = views.RowDeleteView
    inspect_view_class = views.RowInspectView
    usage_view_class = views.RowUsageView
    history_view_class = views.RowHistoryView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50

    def get_form_class(self, for_update: bool = False) -> type[ModelForm[Any]]:
        return self.form

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        named = {"page_title": self.menu_label, "template_name": "cms/vocabulary/index.html"}
        return dict(super().get_index_view_kwargs(**named, **kwargs))


class NeedViewSet(RowViewSet):
    model = Need
    form = language.NeedForm
    name = "vocabulary_need"
    url_prefix = "language/needs"
    icon = "help"
    menu_label = "Needs"
    index_view_class = lists.NeedList
    filterset_class = filters.NeedFilter
    search_fields = ("code", "name", "plain_name", "description")
    list_display = (
        "name",
        "plain_name",
        Column("outcome", label="Outcome", sort_key="outcome"),
        CountColumn("services", "vocabulary_need:usage", sort_key="services"),
        CountColumn("presented_needs", "vocabulary_presented:index", "need", label="Presented"),
        CountColumn("phrases", "vocabulary_phrase:index", "need", sort_key="phrases"),
    )
    list_export = (
        "code", "name", "plain_name", "description", "outcome", "position", "services",
        "presented_needs", "phrases",
    )  # fmt: skip
    export_headings: ClassVar = {
        "services": "Services",
        "presented_needs": "Presented needs",
        "phrases": "Phrases",
    }
    export_filename = "needs"


class PresentedViewSet(RowViewSet):
    model = PresentedNeed
    form = language.PresentedNeedForm
    name = "vocabulary_presented"
    url_prefix = "language/presented"
    icon = "comment"
    menu_label = "Presented needs"
    index_view_class = lists.PresentedList
    filterset_class = filters.PresentedFilter
    search_fields = ("slug", "name", "description")
    list_display = (
        "name",
        Column("need", label="Need", sort_key="need__name"),
        CountColumn("services", "vocabulary_presented:usage"),
        CountColumn(
            "number", "vocabulary_phrase:index", "presented", label="Phrases", sort_key="number"
        ),
    )
    list_export = ("slug", "name", "description", "need", "need.code", "services", "number")
    export_headings: ClassVar = {
        "need.code": "Need code",
        "services": "Services",
        "number": "Phrases",
    }
    export_filename = "presented-needs"


class PhraseViewSet(RowViewSet):
    model = Phrase
    form = language.PhraseForm
    name = "vocabulary_phrase"
    url_prefix = "language/phrases"
    icon = "openquote"
    menu_label = "Phrases"
    index_view_class = lists.PhraseList
    filterset_class = filters.PhraseFilter
    search_fields = ("text",)
    list_display = (
        "text",
        Column("presented", label="Presented need", sort_key="presented__name"),
        Column("presented.need", label="Need", sort_key="presented__need__name"),
        Column("get_register_display", label="Who speaks", sort_key="register"),
        Column("source", label="Source", sort_key="source"),
    )
    list_export = (
        "text", "presented.slug", "presented.need.code", "register", "also_needs", "source",
    )  # fmt: skip
    export_headings: ClassVar = {
        "presented.slug": "Presented need",
        "presented.need.code": "Need",
    }
    export_filename = "phrases"


class OutcomeViewSet(RowViewSet):
    model = Outcome
    form = language.OutcomeForm
    name = "vocabulary_outcome"
    url_prefix = "language/outcomes"
    icon = "list-ol"
    menu_label = "Outcomes"
    index_view_class = lists.OutcomeList
    search_fields = ("name",)
    list_display = (
        "name",
        Column("number", label="Number", sort_key="number"),
        CountColumn("number_of_needs", "vocabulary_need:index", "outcome", label="Needs"),
    )
    list_export = ("number", "name", "source", "number_of_needs")
    export_headings: ClassVar = {"number_of_needs": "Needs"}
    export_filename = "outcomes"


class LevelViewSet(RowViewSet):
    model = Level
    form = language.LevelForm
    name = "vocabulary_level"
    url_prefix = "language/levels"
    icon = "order-up"
    menu_label = "Levels of need"
    index_view_class = lists.LevelList
    search_fields = ("code", "name", "description")
    list_display = (
        "name",
        Column("position", label="Position", sort_key="position"),
        "description",
        CountColumn("services", "vocabulary_level:usage"),
    )
    list_export = ("code", "name", "position", "description", "services")
    export_headings: ClassVar = {"services": "Services"}
    export_filename = "levels"


def _dates(area: Area) -> str:
    """When an area is there, as far as it is known."""
    begins, ends = (
        date_format(day, "j M Y") if day else "" for day in (area.valid_from, area.valid_to)
    )
    return f"{begins} to {ends}".strip() if begins or ends else ""


class AreaViewSet(RowViewSet):
    model = Area
    form = places.AreaForm
    name = "vocabulary_area"
    url_prefix = "language/areas"
    icon = "globe"
    menu_label = "Areas"
    index_view_class = lists.AreaList
    filterset_class = filters.AreaFilter
    search_fields = ("code", "name")
    inspect_view_fields_exclude: ClassVar = ["boundary"]
    list_display = (
        "name",
        Column("get_kind_display", label="Kind", sort_key="kind"),
        Column("parent", label="Lies in", sort_key="parent__name"),
        Column("dates", label="Dates", accessor=_dates),
        CountColumn("services", "vocabulary_area:usage", sort_key="services"),
        CountColumn("hubs", "vocabulary_area:usage", sort_key="hubs"),
    )
    list_export = (
        "code", "name", "kind", "parent", "valid_from", "valid_to", "source", "services", "hubs",
    )  # fmt: skip
    export_headings: ClassVar = {"services": "Services", "hubs": "Hubs"}
    export_filename = "areas"


class LineViewSet(RowViewSet):
    model = Helpline
    form = places.HelplineForm
    name = "vocabulary_line"
    url_prefix = "language/lines"
    icon = "mobile-alt"
    menu_label = "National lines"
    index_view_class = lists.LineList
    filterset_class = filters.LineFilter
    search_fields = ("code", "name", "phone", "description")
    list_display = (
        "name",
        Column("get_kind_display", label="Kind", sort_key="kind"),
        Column("get_serves_display", label="For", sort_key="serves"),
        Column("phone", label="Phone"),
        Column("needs", label="Needs", accessor=lambda line: len(line.needs) or "none"),
        Column("areas", label="Where", accessor=lambda line: len(line.areas) or "everywhere"),
        Column("source_date", label="Checked on", sort_key="source_date"),
    )
    list_export = (
        "position", "code", "name", "kind", "serves", "phone", "text_number", "url", "hours",
        "description", "needs", "areas", "dangers", "professionals", "source", "source_date",
    )  # fmt: skip
    export_filename = "lines"


class SharedLanguage(ModelViewSetGroup):
    """The menu of the shared language, with the hubs' pages beside it."""

    items = (
        NeedViewSet,
        PresentedViewSet,
        PhraseViewSet,
        OutcomeViewSet,
        LevelViewSet,
        AreaViewSet,
        LineViewSet,
    )
    menu_label = "Shared language"
    menu_icon = "list-ul"
    menu_order = 210

    def get_submenu_items(self) -> list[MenuItem]:
        items: list[MenuItem] = super().get_submenu_items()
        return [
            *items,
            HubsMenuItem(
                "Hubs and connectors", reverse("vocabulary_hubs"), icon_name="home", order=20
            ),
        ]
