"""A story told otherwise keeps its words."""

from matching.understanding.retelling import reordered, retold, without_stops

STORY = "He drinks. She left! Why is the rent not paid?"


def test_hurried_people_use_commas():
    assert without_stops("He drinks. She left! Why?") == "He drinks, she left, why?"


def test_sentences_come_in_another_order_the_same_each_time():
    other = reordered(STORY)
    assert other != STORY
    assert sorted(other.split()) == sorted(STORY.split())
    assert other == reordered(STORY)


def test_one_sentence_has_no_other_order():
    assert reordered("He drinks, she left") == "He drinks, she left"


def test_each_way_has_a_share_of_the_notes(corpus):
    told = [retold(index, note) for index, note in enumerate(corpus.notes)]
    alone = sum(story is None for story in told)
    assert len(told) / 4 < alone < len(told) / 2
    at_home = [index for index, story in enumerate(told) if story and story[1]]
    assert at_home
    assert all(told[index][1] == corpus.notes[index].household for index in at_home)
