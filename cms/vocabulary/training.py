"""What the matcher has learned of the words in the admin, and what is to do so that it learns."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import BadZipFile

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from directory.models import Phrase
from matching.understanding.artefact import ModelDamaged, ModelMissing, load_index
from matching.understanding.corpus import LEVELS
from matching.understanding.encoder.encoder import HEADS, read_heads

HOW = "Run “manage.py train” on the server: it takes a minute or two, and says what changed."


@dataclass(frozen=True, slots=True)
class Trained:
    """The matcher in use: when it was trained, on how many phrases, for which needs."""

    at: datetime
    phrases: int
    needs: frozenset[str]


def trained() -> Trained | None:
    """What is known of the matcher in use; None when there is none that can be read."""
    folder = Path(settings.MODEL_DIR)
    try:
        index = load_index(folder)
        written = (folder / "model.json").stat().st_mtime
    except (ModelMissing, ModelDamaged, OSError):
        return None
    phrases = int(index.get("counts", {}).get("phrases", 0))
    return Trained(datetime.fromtimestamp(written, UTC), phrases, frozenset(index["codes"]))


def edits_since(moment: datetime) -> int:
    """Phrases that were added, changed or deleted in the admin after `moment`."""
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Phrase), timestamp__gt=moment
    )
    return entries.order_by().values("object_id").distinct().count()


def state_of_training() -> str:
    """How the phrases in force and the matcher compare, in a sentence or three."""
    matcher = trained()
    if matcher is None:
        return f"The matcher has not been trained yet, so no words are understood. {HOW}"
    now, edits = Phrase.objects.count(), edits_since(matcher.at)
    learned = f"The matcher was trained on {matcher.phrases:,} phrases."
    if not edits and now == matcher.phrases:
        return f"{learned} Nothing has changed since."
    since = f"{edits:,} {'was' if edits == 1 else 'were'} changed here since"
    return f"{learned} {since}; there are {now:,} now. They count once it is trained again. {HOW}"


def what_is_read(code: str) -> str:
    """How well the words of a need are read; empty when all is as it should be."""
    matcher = trained()
    if matcher is None or code not in matcher.needs:
        return (
            "The matcher does not find this need in what people write yet. Give it presented "
            f"needs with phrases; then train. {HOW}"
        )
    tuned = _tuned_for()
    if tuned and code not in tuned:
        return (
            "A need that the hub adds is read by word counts alone, and less well than the others, "
            "until the small language model is fine-tuned (“manage.py finetune”)."
        )
    return ""


def is_suggested(level: str) -> bool:
    """Whether the matcher suggests this level of need."""
    return level in LEVELS


def notes_naming(code: str) -> list[str]:
    """Files of annotated notes that name a need: the matcher could not be trained without it."""
    folder = Path(settings.FIXTURES_DIR) / "training"
    named = f'"{code}"'.encode()
    return [path.name for path in sorted(folder.glob("*.jsonl")) if named in path.read_bytes()]


def _tuned_for() -> frozenset[str]:
    """The needs that the small language model was tuned for; none where there is no such model."""
    try:
        return frozenset(read_heads(Path(settings.ENCODER_DIR) / HEADS).needs)
    except (OSError, EOFError, KeyError, ValueError, BadZipFile):
        return frozenset()
