"""What somebody types or ticks on the public site, cleaned into an `Enquiry`.

The field templates are our own (`cms/forms/`), given to this form alone: overriding
`django/forms/` would change the forms of the Wagtail admin too.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cms.ages import Ages, read_ages
from matching.enquiry import TEXT_LIMIT, Enquiry

PLACE_LIMIT = 120
#: Services on the page before those that only the plan needs.
SHOWN = 12

Choices = Sequence[tuple[str, str]]


class GovukBoundField(forms.BoundField):
    """A field drawn as the GOV.UK Design System draws it."""

    @property
    def template_name(self) -> str:
        return self.field.template_name or "cms/forms/field.html"

    @property
    def first_id(self) -> str:
        """Where the error summary leads: the input, or the first of several."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        look = (widget or self.field.widget).attrs.get("class", "")
        if look and self.errors:
            built["class"] = f"{look} {look.split()[0]}--error"
        return built


class Radios(forms.RadioSelect):
    """Radio buttons with the classes that GOV.UK styles."""

    template_name = "cms/forms/radios.html"


class TypedField(forms.CharField):
    """Typed words: without null characters, with one kind of line end, however they were sent."""

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\x00", "").replace("\r\n", "\n")
        return str(super().to_python(text))


class KnownChoices(forms.MultipleChoiceField):
    """Ticked codes. One that no longer exists is passed over: an old page must still work."""

    def to_python(self, value: Any) -> list[str]:
        return [code for code in dict.fromkeys(super().to_python(value)) if self.valid_value(code)]


class FindForm(forms.Form):
    """What is going on, where, and for whom.

    `found` names the needs that the last answer read from the words. One of them that comes back
    unticked is excluded; one that comes back ticked is left to the words, so that changing the
    words changes what is found.
    """

    use_required_attribute = False
    bound_field_class = GovukBoundField

    text = TypedField(
        label="What is going on?",
        help_text="You do not need to give any names. We do not keep what you write.",
        required=False,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 6}),
    )
    place = TypedField(
        label="Where do you live?",
        help_text="Town, village or postcode",
        required=False,
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input govuk-input--width-20",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
    )
    ages = TypedField(
        label="Ages of people at home",
        help_text="For example 34, 15, 8",
        required=False,
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-20", "autocomplete": "off"}
        ),
    )
    audience = forms.ChoiceField(
        label="Who are you asking for?",
        choices=[
            ("resident", "Myself, my family or somebody I know"),
            ("practitioner", "A family I work with"),
        ],
        initial="resident",
        required=False,
        widget=Radios(attrs={"class": "govuk-radios__input"}),
    )
    level = forms.ChoiceField(
        label="Level of need",
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )
    needs = KnownChoices(required=False, widget=forms.CheckboxSelectMultiple)
    found = KnownChoices(required=False, widget=forms.MultipleHiddenInput)
    exclude = KnownChoices(required=False, widget=forms.MultipleHiddenInput)

    def __init__(
        self, *args: Any, needs: Choices = (), levels: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for name in ("needs", "found", "exclude"):
            self.fields[name].choices = needs
        self.fields["level"].choices = [("", "Suggest one from the words"), *levels]
        if self["audience"].value() == "practitioner":
            self.fields["place"].label = "Where does the family live?"

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if len(text) > TEXT_LIMIT:
            raise ValidationError(
                f"What you wrote is {len(text):,} characters long. "
                f"Shorten it to {TEXT_LIMIT:,} or fewer."
            )
        return text

    def clean_place(self) -> str:
        place: str = self.cleaned_data["place"]
        if len(place) > PLACE_LIMIT:
            raise ValidationError("Enter only a town, a village or a postcode, for example Diss.")
        return place

    def clean_ages(self) -> Ages:
        return read_ages(self.cleaned_data["ages"])

    def clean(self) -> None:
        said = self.cleaned_data.get("text") or self.cleaned_data.get("needs")
        if not said and "text" not in self.errors:
            self.add_error("text", "Tell us what is going on, or tick at least one kind of help")

    def to_enquiry(self) -> Enquiry:
        """The enquiry of a valid form."""
        data = self.cleaned_data
        ticked, found = data["needs"], data["found"]
        left_to_words = found if data["text"] else []
        return Enquiry(
            text=data["text"],
            needs=tuple(code for code in ticked if code not in left_to_words),
            exclude_needs=tuple(
                code for code in dict.fromkeys([*found, *data["exclude"]]) if code not in ticked
            ),
            level=data["level"] or None,
            household=data["ages"].members,
            place=data["place"] or None,
            audience=data["audience"] or "resident",
            limit=SHOWN,
        )
