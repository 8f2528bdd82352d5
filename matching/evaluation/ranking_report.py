"""How good the order of services is, against simpler orders of the same services."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from directory.reference import Reference, current_reference
from directory.search import current_engine
from matching.enquiry import Enquiry
from matching.evaluation.judged import Judged
from matching.evaluation.ranking_metrics import ndcg, recall
from matching.features import NAMES
from matching.package import combine
from matching.pipeline import Field, compare
from matching.ranking import rank

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RankingFigures:
    """Means over enquiries, each 0–1."""

    ndcg: float
    recall: float
    covered: float


def simpler() -> dict[str, Weights]:
    """Weights that stand for simpler ways to rank."""

    def only(*names: str) -> Weights:
        return np.array([float(name in names) for name in NAMES])

    return {
        "text only": only("text"),
        "distance only": only("distance"),
        "needs only": only("need_fit"),
        "unweighted sum": np.ones(len(NAMES)),
    }


def fields(judged: Sequence[Judged], today: date, given: bool) -> list[Field]:
    """What the pipeline knows of each enquiry before it ranks.

    `given`: the needs are those of the judge, so that the order alone is measured.
    """
    reference = current_reference()
    return [
        compare(
            _given(row, reference) if given else row.enquiry, reference, current_engine(), today
        )
        for row in judged
    ]


def _given(row: Judged, reference: Reference) -> Enquiry:
    others = tuple(code for code in reference.needs if code not in row.needs)
    return replace(row.enquiry, needs=row.needs, exclude_needs=others)


def ranking_figures(
    judged: Sequence[Judged], seen: Sequence[Field], weighed: Weights | None = None
) -> RankingFigures:
    """Figures of the order under `weighed`, or under the weights in force."""
    rows = [_scored(row, field, weighed) for row, field in zip(judged, seen, strict=True)]
    means = np.mean(rows, axis=0) if rows else np.zeros(3)
    return RankingFigures(*map(float, means))


def _scored(row: Judged, field: Field, weighed: Weights | None) -> tuple[float, float, float]:
    ranked = rank(field.fitting, field.table, weighed)
    ids = [service.prospect.service_id for service in ranked]
    coverable = {code for code in row.needs if any(p.weight(code) > 0 for p in field.fitting)}
    package = combine(ranked, field.understood.codes)
    met = {code for choice in package.choices for code in choice.needs}
    return ndcg(ids, row.grades), recall(ids, row.grades), float(coverable <= met)


def ranking_lines(judged: Sequence[Judged], today: date) -> Iterator[str]:
    """The table: our order with the needs as judged and as read, then simpler orders."""
    given, read = fields(judged, today, given=True), fields(judged, today, given=False)
    yield f"Ranking ({len(judged)} judged enquiries): nDCG@10, recall@10, package covers all it can"
    rows = {
        "from the words alone": ranking_figures(judged, read),
        "with the needs given": ranking_figures(judged, given),
    }
    rows |= {f"  {way}": ranking_figures(judged, given, w) for way, w in simpler().items()}
    for way, figures in rows.items():
        yield f"  {way:24} {figures.ndcg:.3f}  {figures.recall:.3f}  {figures.covered:.3f}"
