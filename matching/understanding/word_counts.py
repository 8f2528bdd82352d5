"""What the readers of word counts learn from: the vocabulary, and the corpus as rows of it."""

from matching.understanding.corpus import Corpus
from matching.understanding.danger_training import Bank, danger_bank
from matching.understanding.examples import Examples, examples, texts
from matching.understanding.side_by_side import Run
from matching.understanding.vectorise import Vectoriser, fit

#: A word or part of a word that fewer texts have is not learned; few, so that a hub's few phrases
#: for a new need count.
_FEWEST_TEXTS = 4
#: The same for two words beside each other: two thirds of the vocabulary if it were as few. A
#: note's clause is a text, and so is its story.
_FEWEST_TEXTS_OF_PAIRS = 8


def counted(corpus: Corpus, run: Run) -> tuple[Vectoriser, Examples, Bank]:
    """The vocabulary, the pieces of text and the safeguarding lines and stories in it."""
    from joblib import delayed

    [vectoriser] = run([delayed(fit)(texts(corpus), _FEWEST_TEXTS, _FEWEST_TEXTS_OF_PAIRS)])
    rows, bank = run(
        [delayed(examples)(corpus, vectoriser), delayed(danger_bank)(corpus, vectoriser)]
    )
    return vectoriser, rows, bank
