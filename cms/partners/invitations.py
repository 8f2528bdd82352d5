"""The mail that brings somebody in: a link to set a password, which works once and expires."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cms.accounts.links import has_password, password_link
from cms.models import Invitation


def link_of(invitation: Invitation) -> str:
    """Where the person sets a password; for those who have one, where they log in."""
    if has_password(invitation.user):
        return f"{settings.SITE_URL}{reverse('wagtailadmin_home')}"
    return password_link(invitation.user)


def send(invitation: Invitation) -> None:
    """Send the mail. Raises what the mail backend raises; the invitation then counts as unsent."""
    context = {
        "partner": invitation.space.page.title,
        "link": link_of(invitation),
        "new": not has_password(invitation.user),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        "site": settings.WAGTAIL_SITE_NAME,
    }
    send_mail(
        subject=f"Keep {context['partner']}'s listings on {context['site']}",
        message=render_to_string("cms/mail/invitation.txt", context),
        from_email=None,
        recipient_list=[invitation.user.email],
    )
    invitation.sent = timezone.now()
    invitation.save(update_fields=["sent"])
