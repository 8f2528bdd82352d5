"""The short form "How full we are": two minutes a month, whatever else of a service waits."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.locks import BasicLock

from cms.models import ServicePage
from cms.moderation.capacity import FIELDS, Said, may_say, offered, say_how_full
from cms.moderation.differences import content_of
from cms.moderation.safe import is_harmless, words_of
from cms.partners.boundary import is_partner
from cms.projection import service_record
from cms.templatetags.cms_display import capacity_words

_LOCKED = "The hub has locked this service. Ask the hub to change it, or to take the lock off."
_ALL_LOOKED_AT = (
    "The hub looks at these changes before they are public. Write them into the whole form of the "
    "service and submit it."
)


class HowFullForm(forms.ModelForm):  # type: ignore[type-arg]
    """The fields of a service by the model's own rules, over what is live.

    What the page said when the form was opened comes back with it. If that has changed meanwhile,
    the first attempt is refused with what was typed kept, and saving again is a decision.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ServicePage
        fields = FIELDS
        formfield_callback = formfield_for_dbfield
        labels = {
            "capacity": "How full it is",
            "waiting_weeks": "Weeks that people wait",
            "closed_until": "Closed until",
            "phone": "Phone number",
        }

    def __init__(self, *args: Any, fields: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            if name not in fields:
                del self.fields[name]
        self.live = content_of(self.instance)
        self.now_public = json.dumps({name: self.live[name] for name in fields})
        self.initial["seen"] = self.now_public

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not is_harmless("phone", self.live, {"phone": phone}) and phone != self.live["phone"]:
            raise ValidationError(
                "Write the number alone, for example 01632 960001 ext 4. Words beside it are "
                "looked at by the hub: write those into the whole form."
            )
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in FIELDS:
            if name not in self.fields:
                self._refuse(name)
        typed = set(self.changed_data) - {"seen"}
        if typed and self.data.get("seen", "") != self.now_public:
            self.add_error(
                None,
                "Somebody has changed this since you opened it. Public now: "
                f"{_in_words(self.instance)} What you typed is below. Save again to put it in the "
                "place of that.",
            )
            self.data = self.data.copy()
            self.data["seen"] = self.now_public
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with a part of the page that is not asked here is said above the form."""
        if field is None and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                if name in self.fields:
                    super().add_error(name, errors)
                else:
                    words = " ".join(ValidationError(errors).messages)
                    super().add_error(None, f"{_label(name)}: {words}")
        else:
            super().add_error(field, error)

    def _refuse(self, name: str) -> None:
        """A field that was sent and is not asked any more: say so, with what was typed."""
        was = "" if self.live[name] is None else str(self.live[name])
        if self.data.get(name, was) != was:
            self.add_error(
                None,
                f"The hub now looks at this before it is public: {words_of([name])}. Write it into "
                f"the whole form. You typed: {self.data[name]}",
            )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def how_full(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form; on POST make it public. What is not one's own, or not live, is not there."""
    if request.method != "POST":
        page = _found(request, pk, ServicePage.objects)
        return _shown(request, page, HowFullForm(instance=page, fields=offered(page)))
    with transaction.atomic():
        # Whoever confirms or changes it at the same moment waits, or is seen.
        page = _found(request, pk, ServicePage.objects.select_for_update())
        return _sent(request, page)


def _found(request: HttpRequest, pk: int, pages: Any) -> ServicePage:
    page: ServicePage | None = pages.filter(pk=pk, live=True).first()
    if page is None or not may_say(request.user, page):
        raise Http404
    return page


def _sent(request: HttpRequest, page: ServicePage) -> HttpResponse:
    fields = offered(page)
    form = HowFullForm(request.POST, instance=ServicePage.objects.get(pk=page.pk), fields=fields)
    if _stopped(request, page, fields) or not form.is_valid():
        return _shown(request, page, form)
    try:
        with transaction.atomic():
            said = say_how_full(page, form.instance, set(fields), request.user)
    except ValidationError as error:
        words = " ".join(error.messages)
        form.add_error(None, f"The page cannot be published as it is: {words} Ask the hub.")
        return _shown(request, page, form)
    _tell(request, page, said)
    if is_partner(request.user):
        return redirect("wagtailadmin_home")
    return redirect("wagtailadmin_pages:edit", page.pk)


def _shown(request: HttpRequest, page: ServicePage, form: HowFullForm) -> HttpResponse:
    fields = tuple(name for name in FIELDS if name in form.fields)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    stopped = _stopped(request, page, fields)
    context = {
        "page": page,
        "form": form,
        "media": form.media,
        "stopped": stopped,
        "edit": edit,
        "missing": words_of([name for name in FIELDS if name not in fields]),
        "action_url": request.path,
        "header_title": f"How full we are: {page.title}",
        "page_title": "How full we are",
        "page_subtitle": f"How full we are: {page.title}",
        "submit_button_label": "Make it public",
        "submit_button_active_label": "Making it public…",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": edit, "label": page.title},
            {"url": "", "label": "How full we are"},
        ],
    }
    status = 422 if form.is_bound and (form.errors or stopped) else 200
    return render(request, "cms/hub/how_full.html", context, status=status)


def _stopped(request: HttpRequest, page: ServicePage, fields: tuple[str, ...]) -> str:
    """Why nothing can be said here, if that is so."""
    if page.locked and BasicLock(page).for_user(request.user):
        return _LOCKED
    return "" if fields else _ALL_LOOKED_AT


def _tell(request: HttpRequest, page: ServicePage, said: Said) -> None:
    if not said.fields:
        messages.info(request, f"Nothing is new: “{page.title}” says this already.")
        return
    told = f"Public from now on, of “{page.title}”: {words_of(said.fields)}."
    for day in said.planned:
        told += f" What is planned for {day:%-d %B %Y} says something else, and stays as it is."
    messages.success(request, told)


def _label(name: str) -> str:
    """What people call a part of a service."""
    if name == NON_FIELD_ERRORS:
        return "The service"
    field = ServicePage._meta.get_field(name)
    return str(HowFullForm.Meta.labels.get(name, field.verbose_name)).capitalize()


def _in_words(page: ServicePage) -> str:
    """What everybody reads of a service, as far as it is asked here."""
    words = capacity_words(service_record(page)) or page.get_capacity_display()
    return f"{words.rstrip('.')}. Phone: {page.phone or 'none'}."
