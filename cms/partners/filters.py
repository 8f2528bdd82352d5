"""Whom the filters of the explorer name: to a partner, the people at its own pages alone."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.models import PageLogEntry

from cms.partners.boundary import is_partner, own_pages


def connect() -> None:
    """Let "Owner" and "Edited by" go by who asks. Wagtail offers everybody of the whole site.

    Every list of pages has these two filters, or filters made from them.
    """
    for name, at_own in (("owner", _owners), ("edited_by", _editors)):
        people = PageFilterSet.base_filters[name]
        people.queryset = _by_who_asks(people.queryset, at_own)


def _by_who_asks(
    everybody: Callable[[HttpRequest], QuerySet[User]], at_own: Callable[[User], QuerySet[User]]
) -> Callable[[HttpRequest], QuerySet[User]]:
    def people(request: HttpRequest) -> QuerySet[User]:
        return at_own(request.user) if is_partner(request.user) else everybody(request)

    return people


def _owners(user: User) -> QuerySet[User]:
    return User.objects.filter(pk__in=own_pages(user).values("owner_id"))


def _editors(user: User) -> QuerySet[User]:
    entries = PageLogEntry.objects.filter(action="wagtail.edit", page__in=own_pages(user))
    return User.objects.filter(pk__in=entries.values("user_id"))
