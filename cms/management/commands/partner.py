"""Partners' spaces: `manage.py partner open "Name" --email who@example.org`."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cms.models import HomePage, Invitation, PartnerSpace
from cms.partners import invitations
from cms.partners.roles import ADMINISTRATORS, EDITORS, make_roles
from cms.partners.spaces import (
    SpaceRefused,
    add_member,
    close_space,
    open_space,
    remove_member,
)


class Command(BaseCommand):
    help = "Open, close and list partners' spaces, and say who is in them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        opening = actions.add_parser("open", help="a page, a group and an invitation by mail")
        opening.add_argument("name")
        opening.add_argument("--email", action="append", default=[], help="may be given again")
        closing = actions.add_parser("close", help="withdraw the partner with all its services")
        closing.add_argument("name")
        for action, words in (("add", "let somebody edit"), ("remove", "end somebody's access")):
            changing = actions.add_parser(action, help=words)
            changing.add_argument("name")
            changing.add_argument("--email", required=True)
        actions.add_parser("list", help="who may edit for whom")
        actions.add_parser("roles", help="the hub's groups and its review, made or put right")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            getattr(self, f"_{action}")(**options)
        except SpaceRefused as error:
            raise CommandError(str(error)) from None

    def _open(self, name: str, email: list[str], **options: Any) -> None:
        with transaction.atomic():
            make_roles()
            space = open_space(name)
            people = [invitations.want(add_member(space, address)) for address in email]
        self.stdout.write(f"{space} is open: /admin/pages/{space.page_id}/")
        if not people:
            self.stdout.write(f'Nobody is in it yet: manage.py partner add "{space}" --email …')
        self._invite(people)

    def _roles(self, **options: Any) -> None:
        if not HomePage.objects.exists():
            self.stdout.write("There is no home page yet. Make it in /admin/, and run this again.")
            return
        make_roles()
        self.stdout.write(f"{EDITORS} and {ADMINISTRATORS} may do what they should.")

    def _close(self, name: str, **options: Any) -> None:
        space = _space(name)
        self.stdout.write(f"{space} is closed: {close_space(space)} services withdrawn.")

    def _add(self, name: str, email: str, **options: Any) -> None:
        with transaction.atomic():
            invitation = invitations.want(add_member(_space(name), email))
        self._invite([invitation])

    def _invite(self, people: list[Invitation]) -> None:
        """Send each their mail, whatever becomes of the others, and say how it went."""
        failed = []
        for pk in dict.fromkeys(invitation.pk for invitation in people):
            told = invitations.deliver(pk)
            if told is None:
                continue  # A timer has just taken it.
            if told.sent is None:
                failed.append(f"{told.user.email}: {told.problem}")
            else:
                self.stdout.write(f"Invited {told.user.email}.")
        if failed:
            raise CommandError(
                "These mails could not be sent:\n  "
                + "\n  ".join(failed)
                + "\nThe people are in all the same. `manage.py tidy` tries again by itself; "
                'to send one now: manage.py partner add "NAME" --email ADDRESS'
            )

    def _remove(self, name: str, email: str, **options: Any) -> None:
        user = get_user_model().objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise SpaceRefused(f"Nobody has the address {email}.")
        remove_member(_space(name), user)
        self.stdout.write(f"{user.email} is out.")

    def _list(self, **options: Any) -> None:
        for space in PartnerSpace.objects.select_related("page", "group"):
            people = ", ".join(space.group.user_set.values_list("email", flat=True)) or "nobody"
            closed = f" (closed {space.closed:%d %B %Y})" if space.closed else ""
            self.stdout.write(f"{space}{closed}: {people}")


def _space(name: str) -> PartnerSpace:
    space = PartnerSpace.objects.filter(page__title__iexact=name.strip()).first()
    if space is None:
        raise SpaceRefused(f"There is no space of '{name}'. manage.py partner list shows them.")
    return space
