"""What the admin shows of log-ins. Registered in `cms.wagtail_hooks`."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from cms.accounts import report
from cms.views.hub import two_factor


def urls() -> list[URLPattern]:
    return [
        path("log-ins/", report.view(), name="hub_log_ins"),
        path("log-ins/results/", report.view(results_only=True), name="hub_log_ins_results"),
        path("people/<int:pk>/two-factor/", two_factor.removed, name="hub_reset_two_factor"),
    ]


def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "cms.reset_two_factor", "Remove two-step log-in", "Removed a lost two-step log-in"
    )


class _ReportItem(MenuItem):
    """An entry that only those who may see log-ins see."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("cms.view_login"))


def report_item() -> MenuItem:
    return _ReportItem("Log-ins", reverse("hub_log_ins"), icon_name="key", order=1100)


def password_item(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("account_change_password"),
        "label": "Change your password",
        "help_text": "You need the one you have now.",
    }


def two_factor_item(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("mfa_index"),
        "label": "Two-step log-in",
        "help_text": "Besides the password, a code from an app on your phone.",
    }


def reset_button(user: User, request_user: User) -> Iterator[Button]:
    allowed = request_user.has_perm("auth.change_user") and (
        request_user.is_superuser or not user.is_superuser
    )
    if allowed and user.pk != request_user.pk:
        yield Button(
            "Two-step log-in lost", reverse("hub_reset_two_factor", args=[user.pk]),
            icon_name="key", priority=30,
        )  # fmt: skip
