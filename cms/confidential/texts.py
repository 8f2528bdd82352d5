"""Keeping the addresses of confidential sites out of what else a partner writes."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import CharField, TextField
from wagtail.models import Page

from cms.confidential.fields import Values
from cms.confidential.form import SiteForm
from cms.confidential.held import held_of
from cms.confidential.written_out import ASK, WrittenOut

SAME_PLACE = (
    "This is the address of a confidential site as well. Tick that this site is confidential too, "
    "or remove it."
)
#: What Wagtail works out by itself.
_NOT_READ = frozenset({"path", "url_path", "draft_title"})
_NOT_YET = " Until that is done and saved, the site that you ticked is not hidden."


def refuse_addresses(form: Any, sites: Sequence[SiteForm]) -> None:
    """Say beside each text of a service's form that it gives a confidential site away.

    `sites`: the rows of sites that stay, checked already. A draft is refused too: others read it.
    """
    secret = WrittenOut.of(site.address() for site in sites if site.instance.confidential)
    if not secret:
        return
    words = ASK + _NOT_YET if any(_is_newly_ticked(site) for site in sites) else ASK
    for name in secret.fields(form.cleaned_data):
        form.add_error(name, words)
    for row in _rows_that_stay(form.formsets.get("page_holidays")):
        for name in secret.fields(row.cleaned_data):
            row.add_error(name, words)
    for site in sites:
        if not site.instance.confidential:
            # Neighbours may share a postcode.
            texts = {name: v for name, v in site.cleaned_data.items() if name != "postal_code"}
            for name in secret.fields(texts):
                site.add_error(name, SAME_PLACE)


def newly_confidential(sites: Iterable[SiteForm]) -> list[UUID]:
    """Confidential sites that were not so before this form, or were at another address."""
    return [
        site.instance.location_id
        for site in sites
        if site.instance.confidential
        and (not site.confidential or {"address_1", "postal_code"} & {*site.changed_data})
    ]


def others_saying_it(page: Page, ids: Iterable[UUID]) -> list[str]:
    """Titles of the same partner's other services that say where one of these sites of `page` is.

    Of nobody else's: a partner does not learn what others say. Four queries.
    """
    from cms.models import ServicePage, ServicePageSite

    secrets = _secrets(page, ids)
    if not any(secrets):
        return []
    others = ServicePage.objects.child_of(page.get_parent()).exclude(pk=page.pk)
    rows = ServicePageSite.objects.filter(page__in=others, confidential=False)
    sites: dict[int, list[Values]] = {}
    for row in rows.values("page_id", "address_1", "postal_code"):
        sites.setdefault(row["page_id"], []).append(row)
    return [
        other["title"]
        for other in others.order_by("title").values("pk", *_texts())
        if any(
            secret.fields(other) or any(secret.is_at(site) for site in sites.get(other["pk"], ()))
            for secret in secrets
        )
    ]


def still_public(page: Page, ids: Iterable[UUID]) -> list[str]:
    """Texts of the live version, by name, that say where one of these sites is. Two queries."""
    from cms.models import ServicePage

    secrets, names = _secrets(page, ids), _texts()
    live = ServicePage.objects.filter(pk=page.pk, live=True).values(*names).first()
    found = {name for secret in secrets for name in secret.fields(live or {})}
    return [label for name, label in names.items() if name in found]


def _secrets(page: Page, ids: Iterable[UUID]) -> list[WrittenOut]:
    held = held_of(page)
    return [WrittenOut.of([held[known]]) for known in ids if known in held]


def _texts() -> dict[str, str]:
    """The texts of a service that people read, with what they are called."""
    from cms.models import ServicePage

    return {
        field.name: str(field.verbose_name)
        for field in ServicePage._meta.fields
        if isinstance(field, CharField | TextField) and field.name not in _NOT_READ
    }


def _is_newly_ticked(site: SiteForm) -> bool:
    return site.instance.confidential and not site.confidential


def _rows_that_stay(formset: Any) -> Iterator[Any]:
    if formset is None:
        return
    formset.is_valid()
    for row in formset.forms:
        if not row.cleaned_data.get("DELETE"):
            yield row
