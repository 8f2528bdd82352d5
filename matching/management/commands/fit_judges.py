"""Fit the judges on the shipped language: `manage.py fit_judges`."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.json_lines import RowError
from matching.understanding.corpus import from_files, phrases_from_files
from matching.understanding.encoder.aligning import aligned_encoder, aligned_scores
from matching.understanding.encoder.encoder import EncoderMissing, load_encoder
from matching.understanding.encoder.unseen import UnseenDamaged, load_unseen
from matching.understanding.judges_file import save_judges
from matching.understanding.judges_training import fit_judges


class Command(BaseCommand):
    help = (
        "Fit what decides over word counts and the small language model, on the phrases and notes "
        "in fixtures: after these, the code that reads, or the language model has changed. Three "
        "to five minutes on two cores; then run train."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=Path(settings.FIXTURES_DIR) / "judges")

    def handle(self, *args: Any, out: Path, **options: Any) -> None:
        started = time.monotonic()

        def progress(message: str) -> None:
            self.stdout.write(f"{time.monotonic() - started:5.0f} s  {message}")

        fixtures, folder = Path(settings.FIXTURES_DIR), Path(settings.ENCODER_DIR)
        try:
            corpus = from_files(fixtures, phrases_from_files(fixtures))
            encoder, unseen = load_encoder(folder), load_unseen(folder)
        except RowError as error:
            raise CommandError(str(error)) from error
        except (EncoderMissing, UnseenDamaged) as error:
            raise CommandError(f"{error}. Bring the files of {folder} back first.") from error
        unseen = aligned_scores(unseen, encoder.heads.needs, corpus.codes)
        judges = fit_judges(corpus, progress, aligned_encoder(encoder, corpus.codes), unseen)
        save_judges(judges, out)
        progress(f"written to {out}")
        for name, value in judges.figures.items():
            self.stdout.write(f"         {name}: {value:.3f}")
