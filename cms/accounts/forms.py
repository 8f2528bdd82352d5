"""allauth's forms, drawn as the rest of the site is, with labels and hints in plain English."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError

from cms.accounts import log
from cms.accounts.counts import counts
from cms.forms import GovukBoundField

_LABELS = {
    "login": "E-mail address or user name",
    "email": "E-mail address",
    "password": "Password",
    "oldpassword": "Password now",
    "password1": "New password",
    "password2": "New password again",
    "code": "Code",
}


class Plain:
    """Without placeholders; the browser's own complaints give way to ours, which say what to do."""

    use_required_attribute = False
    bound_field_class = GovukBoundField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = _LABELS[name]
            field.help_text = ""
            field.error_messages["required"] = f"Type your {_in_a_sentence(field.label)}."
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "govuk-input govuk-input--width-20"
        if "password1" in fields:
            fields["password1"].help_text = " ".join(password_validators_help_texts())


class LoginForm(Plain, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false",
        }  # fmt: skip


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    pass


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    pass


class CodeForm(Plain):
    """A code from the app. Each works once, however long after it is still in time."""

    user: User
    hint = "Six digits from your authenticator app, or a recovery code."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.Field = self.fields["code"]  # type: ignore[attr-defined]
        field.help_text = self.hint
        field.widget.attrs |= {
            "class": "govuk-input govuk-input--width-10", "inputmode": "numeric",
            "spellcheck": "false",
        }  # fmt: skip

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as error:
            if error.code in ("too_many_login_attempts", "rate_limited"):
                log.write(log.What.TOO_MANY, context.request, self.user)
            raise
        if not _first_use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(CodeForm, mfa.AuthenticateForm):
    pass


class CodeReauthenticateForm(CodeForm, mfa.ReauthenticateForm):
    pass


class ActivateForm(CodeForm, totp.ActivateTOTPForm):
    hint = "Six digits, shown by the app once it knows the key."


def _first_use(user: User, code: str) -> bool:
    """allauth remembers a code for one period, and takes it for one before and one after it too."""
    seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return bool(counts.add(f"used:{user.pk}:{normalize_user_code(code)}", True, seconds))


def _in_a_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]
