"""Fit the weights of the ranking to the judged enquiries: `manage.py fit_weights`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from matching.evaluation.judged import read_judged
from matching.evaluation.ranking_report import fields, ranking_figures
from matching.evaluation.weighting import fit_weights
from matching.features import NAMES
from matching.json_lines import RowError
from matching.ranking import weights
from matching.understanding.artefact import ModelDamaged, ModelMissing


class Command(BaseCommand):
    help = (
        "Fit the weights of the ranking to one half of the judged enquiries, within bounds, and "
        "measure them on the other half. Prints weights to be put into matching/weights.toml."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        folder = Path(settings.FIXTURES_DIR) / "evaluation"
        parser.add_argument("--judged", type=Path, default=folder / "judged.jsonl")

    def handle(self, *args: Any, judged: Path, **options: Any) -> None:
        try:
            rows = read_judged(judged)
            seen = fields(rows, timezone.localdate(), given=True)
        except (RowError, ModelMissing, ModelDamaged) as error:
            raise CommandError(str(error)) from error
        learned, kept = slice(0, None, 2), slice(1, None, 2)
        fitted = fit_weights(rows[learned], seen[learned])
        for name, weight, before in zip(NAMES, fitted, weights(), strict=True):
            self.stdout.write(f"{name} = {weight:.2f}  # {before:.2f} in force")
        for name, weighed in (("in force", weights()), ("fitted", fitted)):
            for part, where in (("learned from", learned), ("not seen", kept)):
                figures = ranking_figures(rows[where], seen[where], weighed)
                self.stdout.write(
                    f"{name}, {part}: nDCG@10 {figures.ndcg:.3f}, recall@10 {figures.recall:.3f}, "
                    f"package covers all it can {figures.covered:.3f}"
                )
