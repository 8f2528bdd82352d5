"""The vocabulary: what enough texts have."""

from matching.understanding.vectorise import fit


def test_two_words_beside_each_other_need_more_texts_than_a_word():
    vectoriser = fit(["bed bugs"] * 3 + ["bed"], 2, 4)
    assert set(vectoriser.terms) == {"bed", "bugs"}
    assert set(fit(["bed bugs"] * 3, 2, 3).terms) == {"bed", "bugs", "bed bugs"}


def test_what_fewer_texts_have_is_not_learned():
    vectoriser = fit(["owes rent", "owes rent", "a drum kit"], 2)
    assert set(vectoriser.terms) == {"owes", "rent", "owes rent"}
    assert vectoriser("a drum kit").indices.size == 0
