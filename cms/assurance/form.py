"""The date of confirmation in the form of a service: an open form undoes no later confirmation."""

from datetime import date
from typing import Any

from django import forms

from cms.moderation.concurrent import NewerVersionForm


class KeepsConfirmation(NewerVersionForm):
    """Knows which date the service had when the form was opened.

    Confirming a service makes no new version, so whoever has its form open is not warned. If it
    was confirmed meanwhile, the later date counts. Who wants an earlier one opens the form anew.
    """

    confirmed_at_opening = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["confirmed_at_opening"] = self.initial.get("assured_date")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "assured_date" in cleaned:
            # Looked up now: since `super().clean()` nobody can confirm it before this is saved.
            now = self._confirmed_now()
            if now is not None and now != cleaned.get("confirmed_at_opening"):
                cleaned["assured_date"] = max(now, cleaned["assured_date"] or now)
        return cleaned

    def _confirmed_now(self) -> date | None:
        """The date that the form would show if it were opened now."""
        found = (
            self._meta.model.objects.filter(pk=self.instance.pk)
            .values_list(
                "assured_date", "has_unpublished_changes", "latest_revision__content__assured_date"
            )
            .first()
        )
        if found is None:
            return None
        public, has_draft, in_draft = found
        if has_draft:
            return date.fromisoformat(in_draft) if in_draft else None
        return public  # type: ignore[no-any-return]
