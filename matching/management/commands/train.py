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
from matching.understanding.corpus import Corpus, PhraseRow, from_files
from matching.understanding.training import train


def phrases_in_directory() -> Iterator[PhraseRow]:
    """The phrases as the hub keeps them, the need they belong to first."""
    rows = Phrase.objects.values_list("text", "presented__need_id", "also_needs", "register")
    for text, need, also, register in rows.iterator():
        yield PhraseRow(text, (need, *(code for code in also if code != need)), register)


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
        if previous and _learned(previous) == (corpus.digest(), recipe()) and not force:
            self.stdout.write(f"Nothing changed since {folder} was trained. Use --force to repeat.")
            return
        self.stdout.write(_changes(previous, corpus))
        model = train(corpus, progress)
        save(model, folder)
        progress(f"written to {folder}")
        for name, value in model.figures.items():
            self.stdout.write(f"         {name}: {value:.3f}")

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


def _learned(previous: dict[str, Any]) -> tuple[Any, Any]:
    """What the model learned from, and by which code."""
    return previous.get("corpus"), previous.get("recipe")


def _changes(previous: dict[str, Any] | None, corpus: Corpus) -> str:
    counts = corpus.counts()
    if previous is None:
        return "Training on " + ", ".join(f"{count} {name}" for name, count in counts.items())
    before: dict[str, int] = previous["counts"]
    changed = [
        f"{before.get(name, 0)} → {count} {name}"
        for name, count in counts.items()
        if before.get(name, 0) != count
    ]
    return "Changed: " + (
        ", ".join(changed) or "wording, labels or the way of learning, not numbers"
    )
