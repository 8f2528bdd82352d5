"""Train the matcher: `manage.py train`."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.models import Phrase
from matching.json_lines import RowError
from matching.understanding.artefact import ModelDamaged, ModelMissing, load_index, recipe, save
from matching.understanding.clauses import split
from matching.understanding.corpus import Corpus, PhraseRow, from_files
from matching.understanding.encoder.aligning import aligned_encoder, aligned_scores
from matching.understanding.encoder.encoder import Encoder, EncoderMissing, load_encoder
from matching.understanding.encoder.unseen import UnseenDamaged, UnseenScores, load_unseen
from matching.understanding.training import train


def phrases_in_directory() -> Iterator[PhraseRow]:
    """The phrases as the hub keeps them, the need they belong to first."""
    rows = Phrase.objects.values_list(
        "text", "presented__need_id", "also_needs", "register", "presented__slug"
    )
    for text, need, also, register, presented in rows.iterator():
        if not split(text):
            # "<b>" or "…": there is no word to learn from.
            continue
        needs = (need, *(code for code in also if code != need))
        yield PhraseRow(text, needs, register, presented)


class Command(BaseCommand):
    help = "Train the matcher on the phrases of the directory and the annotated notes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="train even if nothing changed")

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        started = time.monotonic()

        def progress(message: str) -> None:
            self.stdout.write(f"{time.monotonic() - started:5.0f} s  {message}")

        folder = Path(settings.MODEL_DIR)
        corpus = self._corpus()
        previous = _previous(folder)
        encoder, unseen = self.encoder(corpus)
        wanted = (corpus.digest(), recipe(), encoder.digest if encoder else "")
        if previous and _learned(previous) == wanted and not force:
            self.stdout.write(f"Nothing changed since {folder} was trained. Use --force to repeat.")
            return
        self.stdout.write(what_changed(previous, corpus))
        model = train(corpus, progress, encoder, unseen)
        save(model, folder)
        progress(f"written to {folder}")
        for name, value in model.figures.items():
            self.stdout.write(f"         {name}: {value:.3f}")

    def encoder(self, corpus: Corpus) -> tuple[Encoder | None, UnseenScores | None]:
        """The encoder with what is kept of the shipped notes, or none, and then it says so."""
        folder = Path(settings.ENCODER_DIR)
        try:
            encoder = load_encoder(folder)
            unseen = load_unseen(folder)
        except (EncoderMissing, UnseenDamaged) as error:
            self.stderr.write(
                f"The small language model cannot be used ({error}). The matcher will read by word "
                "counts alone and understand less; set ENCODER_DIR to the folder that holds it."
            )
            return None, None
        added = sorted(set(corpus.codes) - set(encoder.heads.needs))
        if added:
            self.stderr.write(
                f"The small language model does not know {', '.join(added)}: that is found by word "
                "counts alone until manage.py finetune is run."
            )
        unseen = aligned_scores(unseen, encoder.heads.needs, corpus.codes)
        return aligned_encoder(encoder, corpus.codes), unseen

    def _corpus(self) -> Corpus:
        phrases = tuple(phrases_in_directory())
        if not phrases:
            raise CommandError("The directory has no phrases yet. Run manage.py load_language.")
        try:
            return from_files(Path(settings.FIXTURES_DIR), phrases)
        except RowError as error:
            raise CommandError(str(error)) from error


def _previous(folder: Path) -> dict[str, Any] | None:
    """What is known of the model that is there; None when there is none that can be read."""
    try:
        return load_index(folder)
    except (ModelMissing, ModelDamaged):
        return None


def _learned(previous: dict[str, Any]) -> tuple[Any, Any, Any]:
    """What the model learned from, by which code, and beside which encoder."""
    return previous.get("corpus"), previous.get("recipe"), previous.get("encoder")


def what_changed(previous: dict[str, Any] | None, corpus: Corpus) -> str:
    """In a line, what a corpus has more or less of than the model in use had learned from.

    `previous`: the index of that model (counts by kind, phrases by need), or None for the first.
    """
    counts = corpus.counts()
    if previous is None:
        return "Training on " + ", ".join(f"{count} {name}" for name, count in counts.items())
    before: dict[str, int] = previous["counts"]
    changed = [
        f"{before.get(name, 0)} → {count} {name}"
        for name, count in counts.items()
        if before.get(name, 0) != count
    ]
    changed += [
        f"{code} has {count - held:+d} phrases"
        for code, count in sorted(corpus.phrases_by_need().items())
        if (held := previous.get("phrases", {}).get(code, 0)) != count
    ]
    return "Changed: " + (
        ", ".join(changed) or "wording, labels or the way of learning, not numbers"
    )
