"""What the encoder is tuned on: the corpus as messages, and their variants."""

import random
from itertools import pairwise

from matching.finetuning.parts import unused
from matching.finetuning.told import everything, of_note, spans_of, text_of
from matching.finetuning.variants import composed, varied
from matching.understanding.corpus import Corpus
from matching.understanding.encoder.questions import questions
from matching.understanding.unseen import PARTS


def test_a_note_told_in_parts_is_its_story(corpus: Corpus):
    for note in corpus.notes[::50]:
        told = of_note(note)
        text = text_of(told)
        assert " ".join(text.split()) == " ".join(note.story.split())
        parts = [text[start:end] for start, end in spans_of(told)]
        assert parts == [part.text for part in told.parts]


def test_what_is_denied_is_never_also_a_need(corpus: Corpus):
    for told in everything(corpus)["notes"]:
        assert not told.gone & set(told.needs or ())


def test_a_variant_asks_for_no_need_that_none_of_its_parts_states(corpus: Corpus):
    chance = random.Random(1)
    for note in corpus.notes[::20]:
        told = of_note(note)
        for _ in range(10):
            other = varied(told, chance)
            stated = {code for part in other.parts for code in part.stated}
            assert set(other.needs or ()) <= stated
            assert not set(other.needs or ()) & set(other.either)
            assert other.first is None or set(other.first) <= set(other.needs or ())


def test_sentences_change_places_whole(corpus: Corpus):
    chance = random.Random(3)
    others = 0
    for note in corpus.notes[::20]:
        told = of_note(note)
        texts = [part.text for part in told.parts]
        ends = sum(text.endswith((".", "!", "?", "…")) for text in texts[:-1])
        for _ in range(10) if ends else ():
            other = [part.text for part in varied(told, chance).parts]
            if sorted(other) != sorted(texts) or other == texts:
                continue
            others += 1
            for before, after in pairwise(texts):
                if not before.endswith((".", "!", "?", "…")):
                    assert other[other.index(before) + 1] == after
    assert others > 100


def test_a_message_put_together_never_denies_what_it_states(corpus: Corpus):
    rows = everything(corpus)
    chance = random.Random(2)
    for _ in range(200):
        told = composed(rows["phrases"], rows["statuses"] + rows["neutral"], chance)
        assert told.needs
        assert not told.gone & set(told.needs)


def test_every_note_and_line_is_kept_from_one_encoder_and_asked_of_it(corpus: Corpus):
    parts = [unused(corpus, part) for part in range(PARTS)]
    for note in corpus.notes:
        assert sum(note.story in part for part in parts) == 1
    for part in parts:
        rows = everything(corpus, part)
        assert not part & {text_of(told) for told in rows["safeguarding"] + rows["neutral"]}
    asked = {question.of for question in questions(corpus)}
    assert frozenset.union(*parts) <= asked
