"""What one epoch of fine-tuning reads."""

import random

from matching.finetuning.told import Told
from matching.finetuning.variants import composed, varied

#: Put-together messages of an epoch, for each reading of a note.
_COMPOSED = 0.25
#: The share of the readings of notes that are in another form.
_VARIED = 0.5
#: How often an epoch reads a note, on average: so often, and so often for each unit of its weight.
#: Of the notes of no weight, which say what others say, three epochs never read two in five.
_READ, _READ_BY_WEIGHT = 0.25, 0.5


def epoch_of(rows: dict[str, list[Told]], chance: random.Random) -> list[Told]:
    """What one epoch learns from: the rows, in one form or another, and messages put together."""
    notes = [told for told in rows["notes"] for _ in range(_reads(told, chance))]
    others = rows["statuses"] + rows["neutral"]
    spoken = rows["phrases"]
    put_together = [composed(spoken, others, chance) for _ in range(int(_COMPOSED * len(notes)))]
    plain = rows["phrases"] + others + rows["safeguarding"] + put_together
    told_again = [varied(told, chance) if chance.random() < _VARIED else told for told in notes]
    return [varied(told, chance) for told in plain] + told_again


def _reads(told: Told, chance: random.Random) -> int:
    """A whole number of times, by chance, so that the mean is right."""
    return int(_READ + _READ_BY_WEIGHT * told.weight + chance.random())
