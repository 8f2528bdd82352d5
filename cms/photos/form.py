"""Choosing the photo of a service: one's own, and not unnoticed when a site is confidential."""

from typing import Any

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

ASK = (
    "A site of this service is confidential. Tick this once you have looked: the photo, its "
    "surroundings and what can be read on it do not show the place."
)
NOT_YOURS = "Choose one of your own photos, or upload it."


class ChoosesPhoto:
    """For the form of a service, before its base class: what is asked about the photo."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._another = False
        if "photo" in self.fields:  # type: ignore[attr-defined]
            self._offer_own_photos()

    def _offer_own_photos(self) -> None:
        """A photo of somebody else is unknown here: not even its title comes back."""
        from cms.photos.showing import photos_of

        form: Any = self
        own = photos_of(form.for_user) if form.for_user else form.fields["photo"].queryset
        allowed = own.values_list("pk", flat=True)
        now = form.instance.photo_id
        queryset = form.fields["photo"].queryset.filter(pk__in=[*allowed, now] if now else allowed)
        form.fields["photo"].queryset = queryset
        asked = form.data.get(form.add_prefix("photo")) if form.is_bound else ""
        if asked and not (str(asked).isdigit() and queryset.filter(pk=int(asked)).exists()):
            self._another = True
            form.data = form.data.copy()
            form.data[form.add_prefix("photo")] = ""

    def clean(self) -> dict[str, Any]:
        form: Any = self
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        if self._another:
            form.add_error("photo", NOT_YOURS)
        if "photo" in form.changed_data and cleaned.get("photo") and self._has_confidential_site():
            if form.initial.get("photo") and form.initial.get("photo_shows_no_place"):
                # The tick was for the photo before: the new one waits for a tick of its own.
                cleaned["photo_shows_no_place"] = False
            elif not cleaned.get("photo_shows_no_place"):
                form.add_error("photo_shows_no_place", ASK)
        return cleaned

    def _has_confidential_site(self) -> bool:
        sites: Any = self.formsets.get("page_sites")  # type: ignore[attr-defined]
        if sites is None:
            return False
        sites.full_clean()
        gone = sites.deleted_forms if sites.is_valid() else []
        return any(form.instance.confidential for form in sites.forms if form not in gone)


class PhotoNote(Panel):
    """Above the photo: that it is withheld, and what brings it back."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/photos/note.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from cms.photos.showing import withheld

            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"withheld": bool(self.instance.pk) and withheld(self.instance)}


def photo_panel() -> MultiFieldPanel:
    """The photo and what is asked about it."""
    return MultiFieldPanel(
        [PhotoNote(), FieldPanel("photo"), FieldPanel("photo_shows_no_place")], heading="Photo"
    )
