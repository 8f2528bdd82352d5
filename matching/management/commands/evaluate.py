"""Measure the matcher on labelled cases and searches: `manage.py evaluate`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.models import Need
from matching.evaluation.cases import read_cases, read_searches
from matching.evaluation.metrics import case_figures, search_figures
from matching.evaluation.report import failures, figures_table, search_failures
from matching.evaluation.seeing import answered_cases, answered_searches
from matching.json_lines import RowError
from matching.understanding.artefact import ModelDamaged, ModelMissing


class Command(BaseCommand):
    help = "Answer labelled cases through the whole pipeline and print figures and failures."

    def add_arguments(self, parser: CommandParser) -> None:
        folder = Path(settings.FIXTURES_DIR) / "evaluation"
        parser.add_argument("--cases", type=Path, default=folder / "dev_cases.jsonl")
        parser.add_argument("--queries", type=Path, default=folder / "dev_queries.jsonl")
        parser.add_argument("--brief", action="store_true", help="the figures alone")

    def handle(self, *args: Any, **options: Any) -> None:
        codes = dict(Need.objects.values_list("name", "code"))
        try:
            cases = read_cases(options["cases"], codes)
            searches = read_searches(options["queries"], codes)
            seen, found = answered_cases(cases), answered_searches(searches)
        except (RowError, ModelMissing, ModelDamaged) as error:
            raise CommandError(str(error)) from error
        for line in figures_table(case_figures(cases, seen), search_figures(searches, found)):
            self.stdout.write(line)
        if not options["brief"]:
            for line in (*failures(cases, seen), *search_failures(searches, found)):
                self.stdout.write(line)
