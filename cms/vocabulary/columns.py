"""Columns that count what uses a row, without a query for each row."""

from collections import Counter
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from wagtail.admin.ui.tables import Column

from directory.models import Listing


class CountColumn(Column):
    """A number that leads to what is counted.

    `address`: the name of a view of the row or, with `query`, of a list that is narrowed to it.
    """

    cell_template_name = "cms/vocabulary/count_cell.html"

    def __init__(self, name: str, address: str, query: str = "", **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self._address, self._query = address, query

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        if self._query:
            context["url"] = f"{reverse(self._address)}?{self._query}={quote(instance.pk)}"
        else:
            context["url"] = reverse(self._address, args=[quote(instance.pk)])
        return context


def counting(rows: "QuerySet[Any]", link: str) -> Coalesce:
    """How many of `rows` name the outer row by `link`."""
    named = rows.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Coalesce(Subquery(named.annotate(number=Count("pk")).values("number")), 0)


def services_by(facet: str) -> Counter[str]:
    """Live services by the codes that a facet lists (one query that reads this facet of each)."""
    listed = Listing.objects.live().values_list(f"facets__{facet}", flat=True)
    return Counter(code for codes in listed for code in codes or ())
