"""Every message of a corpus that training may ask the encoder about, and its answers.

Notes of no weight too: were they given one, an encoder that has seen them could not be asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from matching.enquiry import Member
from matching.understanding.clauses import split
from matching.understanding.corpus import Corpus
from matching.understanding.encoder.encoder import Encoded, Encoder
from matching.understanding.encoder.unseen import UnseenScores, key_of, with_more
from matching.understanding.examples import held_back
from matching.understanding.retelling import retold


@dataclass(frozen=True, slots=True)
class Question:
    """A message to be read by an encoder that has not seen the row `of` the corpus."""

    of: str
    text: str
    members: tuple[Member, ...] = ()

    @property
    def spans(self) -> list[tuple[int, int]]:
        return [(clause.start, clause.end) for clause in split(self.text)]


def questions(corpus: Corpus) -> Iterator[Question]:
    """Notes as they are and told otherwise, lines, and the phrases that are held back."""
    for index, note in enumerate(corpus.notes):
        yield Question(note.story, note.story, note.household)
        told = retold(index, note)
        if told is not None:
            yield Question(note.story, told[0], tuple(told[1]))
    for line in corpus.safeguarding:
        yield Question(line.text, line.text)
    for neutral in corpus.neutral:
        yield Question(neutral.text, neutral.text)
    for phrase in corpus.phrases:
        if held_back(phrase.text):
            yield Question(phrase.text, phrase.text)


def every_message(corpus: Corpus, encoder: Encoder, kept: UnseenScores) -> UnseenScores:
    """`kept` with what it lacks: a hub's own phrases and notes, which are new to `encoder`."""
    more: dict[bytes, Encoded] = {}
    for question in questions(corpus):
        spans = question.spans
        if spans and kept.find(question.text, spans, question.members) is None:
            key = key_of(question.text, spans, question.members)
            more[key] = encoder(question.text, spans, question.members)
    return with_more(kept, more) if more else kept
