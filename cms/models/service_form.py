"""The form of a service: a draft may be incomplete, what is submitted may not."""

from typing import Any

from django.utils import timezone

from cms.assurance.form import KeepsConfirmation
from cms.confidential.texts import newly_confidential, refuse_addresses
from cms.editing.widgets import need_choices
from cms.photos.form import ChoosesPhoto

_WAYS = ("in_person", "home_visit", "by_phone", "online")
_CONTACTS = ("how_to_access", "phone", "email", "website")
#: Characters up to which a text reads best, for the count beside it.
_GOOD_LENGTHS = {"title": 60, "summary": 160}
_SENTENCES = ("summary", "description", "eligibility", "how_to_access", "next_steps", "outcomes")


class ServicePageForm(ChoosesPhoto, KeepsConfirmation):
    """Says what is missing beside the field, when the page is submitted or published."""

    class Media:
        js = ["cms/editing.js"]
        css = {"all": ["cms/editing.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, length in _GOOD_LENGTHS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["data-good-length"] = length
        for name in _SENTENCES:
            if name in self.fields:
                self.fields[name].widget.attrs["data-sentences"] = ""
        needs = need_choices()
        for row in self.formsets["page_needs"].forms if "page_needs" in self.formsets else ():
            row.fields["need"].widget.needs = needs

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation:
            if not any(cleaned.get(way) for way in _WAYS):
                self.add_error("in_person", "Tick at least one way in which people get it.")
            if not any(cleaned.get(contact) for contact in _CONTACTS):
                self.add_error(
                    "how_to_access",
                    "Say how people start: a phone number, an address to write to, or what to do.",
                )
            if cleaned.get("in_person") and not self._sites():
                self.add_error(
                    "in_person",
                    "Add the site below. If its address must stay hidden, tick that it is "
                    "confidential: then nobody sees it.",
                )
            elif not self._reaches_somebody(cleaned):
                self.add_error(
                    "areas",
                    "Nobody would find it: choose the areas that it serves, tick that it serves "
                    "the whole country, or give a site that is not confidential a postcode.",
                )
            if self.instance.first_published_at is None and not cleaned.get("assured_date"):
                # Whoever hands in a new service says that it is right, on that day.
                cleaned["assured_date"] = timezone.localdate()
        sites = self._sites()
        self.instance.newly_confidential = newly_confidential(sites)
        # Last: what is refused counts as missing.
        refuse_addresses(self, sites)
        return cleaned

    def _reaches_somebody(self, cleaned: dict[str, Any]) -> bool:
        """Whether it covers any place at all: see `directory.geography.coverage`."""
        if any(cleaned.get(name) for name in ("national", "areas", "by_phone", "online")):
            return True
        return not any(cleaned.get(way) for way in _WAYS) or any(
            site.latitude is not None and not site.confidential
            for site in (form.instance for form in self._sites())
        )

    def _sites(self) -> list[Any]:
        """The rows of sites that are not to be removed."""
        formset = self.formsets.get("page_sites")
        if formset is None:
            return []
        # Rows are looked at after the page itself; what is left of them is wanted here already.
        formset.full_clean()
        gone = formset.deleted_forms if formset.is_valid() else []
        return [
            form
            for form in formset.forms
            if form not in gone and (form.has_changed() or form.instance.pk)
        ]
