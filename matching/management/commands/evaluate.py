"""Measure the matcher on labelled cases and searches: `manage.py evaluate`."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from directory.models import Need
from matching.evaluation.bootstrap import intervals
from matching.evaluation.cases import read_cases, read_searches
from matching.evaluation.judged import read_judged
from matching.evaluation.metrics import Shown, case_figures, search_figures
from matching.evaluation.ranking_report import ranking_lines
from matching.evaluation.report import (
    calibration_lines,
    case_lines,
    confusion_lines,
    failures,
    robustness_lines,
    search_failures,
    search_lines,
)
from matching.evaluation.robustness import drops
from matching.evaluation.seeing import answered_cases, answered_searches, clauses_of
from matching.json_lines import RowError
from matching.understanding.artefact import ModelDamaged, ModelMissing

Row = TypeVar("Row")


#: The sets of labelled cases.
_CASES = (
    "dev", "condensed", "plain", "strange", "independent", "implied", "short", "order",
)  # fmt: skip


class Command(BaseCommand):
    help = "Answer labelled cases through the whole pipeline and print figures and failures."

    def add_arguments(self, parser: CommandParser) -> None:
        folder = Path(settings.FIXTURES_DIR) / "evaluation"
        parser.add_argument(
            "--cases",
            type=Path,
            nargs="+",
            default=[folder / f"{name}_cases.jsonl" for name in _CASES],
            help="files of cases; of the first also what went wrong",
        )
        parser.add_argument("--queries", type=Path, default=folder / "dev_queries.jsonl")
        parser.add_argument("--judged", type=Path, default=folder / "judged.jsonl")
        parser.add_argument("--brief", action="store_true", help="the figures alone")

    def handle(self, *args: Any, **options: Any) -> None:
        codes = dict(Need.objects.values_list("name", "code"))
        try:
            files = [(path.stem, read_cases(path, codes)) for path in options["cases"]]
            searches = read_searches(options["queries"], codes)
            judged = read_judged(options["judged"]) if options["judged"].exists() else ()
            answered = [answered_cases(cases) for _, cases in files]
            found = answered_searches(searches)
        except (RowError, ModelMissing, ModelDamaged) as error:
            raise CommandError(str(error)) from error
        for (name, of_file), shown in zip(files, answered, strict=True):
            pairs = list(zip(of_file, shown, strict=True))
            spread = intervals(pairs, lambda rows: case_figures(*_unzipped(rows)))
            self._write(case_lines(name, case_figures(of_file, shown), spread))
        asked = list(zip(searches, found, strict=True))
        spread = intervals(asked, lambda rows: search_figures(*_unzipped(rows)))
        self._write(search_lines(search_figures(searches, found), spread))
        cases, seen = files[0][1], answered[0]
        if judged:
            self._write(ranking_lines(judged, timezone.localdate()))
        if not options["brief"]:
            self._write(robustness_lines(drops(cases, seen, answered_cases)))
            self._write(calibration_lines(cases, seen))
            self._write(confusion_lines(cases, seen))
            self._write(failures(cases, seen, clauses_of))
            self._write(search_failures(searches, found))

    def _write(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _unzipped(rows: Sequence[tuple[Row, Shown]]) -> tuple[list[Row], list[Shown]]:
    return [row for row, _ in rows], [shown for _, shown in rows]
