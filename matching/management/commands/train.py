"""Train the matcher: `manage.py train`."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.models import Phrase
from matching.json_lines import RowError
from matching.understanding.artefact import ModelDamaged, ModelMissing, load_index, save
from matching.understanding.clauses import split
from matching.understanding.corpus import Corpus, PhraseRow, from_files
from matching.understanding.judges import Judges
from matching.understanding.judges_file import JudgesMissing, load_judges
from matching.understanding.packing import index_of_judges
from matching.understanding.recipe import recipe
from matching.understanding.training import train
from matching.understanding.writing import alone

#: Held by the one that trains: a second one would take the same cores to the same end.
_LOCK = ".training"


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

        def waiting() -> None:
            progress("another training is running: this one goes on when that is over")

        folder = Path(settings.MODEL_DIR)
        corpus, judges = self._corpus(), self._judges()
        if not force and self._nothing_changed(folder, corpus, judges):
            return
        with alone(folder / _LOCK, waiting) as waited:
            if waited:
                # The other one may have learned the same; or the hub has edited a phrase meanwhile.
                corpus, judges = self._corpus(), self._judges()
                if not force and self._nothing_changed(folder, corpus, judges):
                    return
            self._train(folder, corpus, judges, progress)

    def _nothing_changed(self, folder: Path, corpus: Corpus, judges: Judges) -> bool:
        """Whether the model in use learned from the same, by the same code, under these judges."""
        previous = _previous(folder)
        if previous is None or _learned(previous) != (
            corpus.digest(),
            recipe("training"),
            index_of_judges(judges.of(corpus.codes)),
        ):
            return False
        self.stdout.write(f"Nothing changed since {folder} was trained. Use --force to repeat.")
        return True

    def _train(
        self, folder: Path, corpus: Corpus, judges: Judges, progress: Callable[[str], None]
    ) -> None:
        self.stdout.write(what_changed(_previous(folder), corpus))
        if added := sorted(set(corpus.codes) - set(judges.codes)):
            self.stderr.write(
                f"The small language model and the judges do not know {', '.join(added)}: that is "
                "found by word counts alone until manage.py finetune and fit_judges are run."
            )
        save(train(corpus, judges, progress), folder)
        progress(f"written to {folder}")

    def _judges(self) -> Judges:
        try:
            return load_judges(Path(settings.FIXTURES_DIR) / "judges")
        except JudgesMissing as error:
            raise CommandError(str(error)) from error

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
    """What the model learned from, by which code, and under which judges."""
    return previous.get("corpus"), previous.get("recipe"), previous.get("judges")


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
