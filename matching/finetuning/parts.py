"""Which rows each of the encoders that are tuned does not see, and what is asked of it there.

They are as many as the models of pieces, and do without the same parts of the notes and lines.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from matching.understanding.corpus import Corpus
from matching.understanding.encoder import windows
from matching.understanding.encoder.encoder import Encoded, Encoder
from matching.understanding.encoder.questions import questions
from matching.understanding.encoder.unseen import key_of
from matching.understanding.examples import folds, held_back
from matching.understanding.unseen import PARTS

Row = TypeVar("Row")


def unused(corpus: Corpus, part: int) -> frozenset[str]:
    """The texts that the encoder of this part is not tuned on."""
    texts = {note.story for note in _part(corpus.notes, part)}
    texts |= {line.text for line in _part(corpus.safeguarding, part)}
    texts |= {line.text for line in _part(corpus.neutral, part)}
    if part == 0:
        texts |= {phrase.text for phrase in corpus.phrases if held_back(phrase.text)}
    return frozenset(texts)


def kept_in(scratch: Path, corpus: Corpus, epochs: int) -> Path:
    """Where the encoders that are done are kept: by corpus, its parts, epochs and the code."""
    code = hashlib.sha256()
    for path in [*sorted(Path(__file__).parent.glob("*.py")), Path(windows.__file__)]:
        code.update(path.read_bytes())
    for part in range(PARTS):
        code.update("\n".join(sorted(unused(corpus, part))).encode())
    return scratch / f"{corpus.digest()[:16]}-{epochs}-{code.hexdigest()[:8]}"


def answers(encoder: Encoder, corpus: Corpus, without: frozenset[str]) -> dict[bytes, Encoded]:
    """What the encoder makes of the texts that it was tuned without."""
    return {
        key_of(question.text, spans, question.members): encoder(
            question.text, spans, question.members
        )
        for question in questions(corpus)
        if question.of in without and (spans := question.spans)
    }


def _part(rows: Sequence[Row], part: int) -> list[Row]:
    return [row for row, fold in zip(rows, folds(len(rows), PARTS), strict=True) if fold == part]
