"""The form of a service: a draft may be incomplete, what is submitted may not."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

_WAYS = ("in_person", "home_visit", "by_phone", "online")
_CONTACTS = ("how_to_access", "phone", "email", "website")


class ServicePageForm(WagtailAdminPageForm):
    """Says what is missing beside the field, when the page is submitted or published."""

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
            if cleaned.get("in_person") and not self._has_site():
                self.add_error(
                    "in_person",
                    "Add the site below. If its address must stay hidden, tick that it is "
                    "confidential: then nobody sees it.",
                )
        return cleaned

    def _has_site(self) -> bool:
        formset = self.formsets.get("page_sites")
        if formset is None:
            return True
        # Rows are looked at after the page itself; what is left of them is wanted here already.
        formset.full_clean()
        gone = formset.deleted_forms if formset.is_valid() else []
        return any(
            form.has_changed() or form.instance.pk for form in formset.forms if form not in gone
        )
