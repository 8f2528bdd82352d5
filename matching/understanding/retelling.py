"""The same story as others would tell it: what is understood must hold."""

import random
import re
from collections.abc import Sequence

from matching.enquiry import Member
from matching.understanding.clauses import split
from matching.understanding.corpus import NoteRow

#: One note in so many is told in each other way too.
_EVERY = 3


def retold(index: int, note: NoteRow) -> tuple[str, Sequence[Member]] | None:
    """A note as it is learned from once more, and with whom at home; None for the note alone.

    One in three as hurried people type, and not knowing who is at home; one in three with its
    sentences in another order, for people do not always begin with what matters most.
    """
    if index % _EVERY == 0:
        return without_stops(note.story), ()
    if index % _EVERY == 1:
        other = reordered(note.story)
        return (other, note.household) if other != note.story else None
    return None


def without_stops(story: str) -> str:
    """The story as hurried people type it: one sentence, commas for full stops."""
    return re.sub(r"[.!?;]+\s+(\S)", lambda match: f", {match[1].lower()}", story)


def reordered(text: str) -> str:
    """The sentences in another order, the same each time; one sentence stays as it is."""
    clauses = split(text)
    places = sorted({clause.sentence for clause in clauses})
    starts = [next(c.start for c in clauses if c.sentence == place) for place in places]
    sentences = [
        text[start:end].strip() for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
    shuffled = random.Random(text).sample(sentences, len(sentences))
    return " ".join(shuffled if shuffled != sentences else [*sentences[1:], *sentences[:1]])
