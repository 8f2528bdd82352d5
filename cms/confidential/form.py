"""The sites of a service in its form: who may not see an address gets no field for it."""

from typing import Any
from uuid import UUID

from django import forms
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel, Panel

from cms.confidential.access import may_see_address
from cms.confidential.fields import Values, address_fields, values_of
from cms.confidential.held import held_of


class SiteForm(WagtailAdminModelForm):
    """One site. Locked, it can be moved and removed, but not read, changed or made public."""

    # Names the site of a draft, which has no row in the database yet.
    location_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        held: dict[UUID, dict[str, Any]] = kwargs.pop("held", {})
        sees: bool = kwargs.pop("sees", True)
        site = kwargs.get("instance")
        self.confidential = site is not None and (site.confidential or site.location_id in held)
        self.locked = self.confidential and not sees
        #: Ticked off in the draft that is shown; the address is held until that is published.
        self.asks_to_be_public = self.confidential and not site.confidential
        self.in_draft_only = site is not None and site.pk is None
        self._kept: Values = held.get(site.location_id, {}) if site is not None else {}
        if site is not None:
            known = held.get(site.location_id, {}) if sees else {}
            kwargs["initial"] = {**known, "location_id": site.location_id}
        super().__init__(*args, **kwargs)
        if self.locked:
            self._lock()

    def _lock(self) -> None:
        for field in address_fields():
            self.fields.pop(field.name, None)
        self.fields["confidential"].disabled = True

    def address(self) -> Values:
        """Where the site is when this is saved. Not to be shown: its reader may not see it."""
        return self._kept if self.locked else values_of(self.instance)

    def has_changed(self) -> bool:
        """A site of a draft is always saved again: the set drops what has no row otherwise."""
        return self.in_draft_only or bool(super().has_changed())

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.address_is_complete = not self.locked


class SiteFormSet(BaseChildFormSet):  # type: ignore[misc]
    """The sites of one service, each with what its reader may know of it."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        return kwargs | {"held": self._held, "sees": self._sees(kwargs.get("for_user"))}

    def _sees(self, user: Any) -> bool:
        """Asked once, not for each site."""
        if not hasattr(self, "_reader_sees"):
            self._reader_sees = self.instance.pk is None or may_see_address(user, self.instance)
        return self._reader_sees

    @property
    def _held(self) -> dict[UUID, dict[str, Any]]:
        if not hasattr(self, "_held_addresses"):
            self._held_addresses = held_of(self.instance)
        return self._held_addresses

    def _construct_form(self, i: int, **kwargs: Any) -> SiteForm:
        site = self._site_of_draft(i)
        if site is None:
            form: SiteForm = super()._construct_form(i, **kwargs)
            return form
        # Django's own, past the two that would put a new site in its place.
        kwargs["instance"] = site
        return super(forms.models.BaseModelFormSet, self)._construct_form(i, **kwargs)

    def _site_of_draft(self, i: int) -> Any:
        """The site of a draft that this row of the form was about: it has a name, but no key."""
        prefix = self.add_prefix(i)
        if not self.is_bound or i >= self.initial_form_count() or self.data.get(f"{prefix}-id"):
            return None
        named = self.data.get(f"{prefix}-location_id")
        return next(
            (
                site
                for site in self.get_queryset()
                if site.pk is None and str(site.location_id) == named
            ),
            None,
        )


class ConfidentialNote(Panel):
    """Above a site's fields: that its address is hidden, and from whom."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/confidential/note.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            # In a template, `form.confidential` would be the box.
            hidden = getattr(self.form, "confidential", False)
            return context | {"form": self.form, "confidential": hidden}


class SitesPanel(InlinePanel):
    """The sites of a service."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "form": SiteForm,
            "formset": SiteFormSet,
            "inherit_kwargs": ["for_user"],
        }
        return options
