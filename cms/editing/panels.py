"""Parts of the form that ask for nothing: they help to fill it and show what it comes to."""

from typing import Any

from wagtail.admin.panels import Panel

from cms.editing.site_map import site_map
from directory.geography.place import Point


class _ServicePanel(Panel):
    """A panel that knows the page whose rights count: the service, or the partner of a new one."""

    class BoundPanel(Panel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            page = self.instance if self.instance.pk else self.form.parent_page
            return context | {"asked_of": page.pk}


class SuggestNeeds(_ServicePanel):
    """A button that reads what the partner has written and proposes needs to tick."""

    class BoundPanel(_ServicePanel.BoundPanel):
        template_name = "cms/editing/suggest_needs.html"


class MapPanel(_ServicePanel):
    """The sites on a map. A confidential one is on none."""

    class BoundPanel(_ServicePanel.BoundPanel):
        template_name = "cms/editing/map_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            sites = _saved_rows(self.form, "page_sites")
            shown = [
                (site.name or site.city or "Site", Point(site.latitude, site.longitude))
                for site in sites
                if not site.confidential and site.latitude is not None
            ]
            return context | {
                "map": site_map(shown),
                "hidden": any(site.confidential for site in sites),
            }


class FindPlace(Panel):
    """Beside a site's postcode: a button that looks up where it is."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/editing/find_place.html"

        def is_shown(self) -> bool:
            """Not where the address is hidden from whoever looks."""
            return "postal_code" in self.form.fields if self.form else True


class HoursInWords(Panel):
    """The opening hours as people read them, of what was saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/editing/hours_in_words.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from cms.projection import holidays_of, schedules_of

            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {
                "schedules": schedules_of(_saved_rows(self.form, "page_schedules")),
                "holidays": holidays_of(_saved_rows(self.form, "page_holidays")),
            }


def _saved_rows(form: Any, name: str) -> list[Any]:
    """The rows that a form has read already, so that they are not read again."""
    return [row.instance for row in form.formsets[name].initial_forms]
