"""Choosing what is shown, on messages that the models had not seen, and measuring it there."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matching.understanding.judge import Thresholds
from matching.understanding.linear import log_softmax, sigmoid
from matching.understanding.truth import Truth
from matching.understanding.vectorise import Floats

#: The danger threshold takes this share of the notes without danger for dangerous, out of fold:
#: to miss one is worse, and half of these notes are written to be taken for it. Of messages that
#: are not, about half as many are, and .15 of the notes that are told as cases are.
_FALSE_ALARMS = 0.23
#: The same of notes and lines of few words: most of what is typed in few words is ordinary. With a
#: word of danger among them ("my dad hits me") far more are meant. The encoder that is shipped is
#: surer of danger than those that had not seen the lines: of ordinary phrases .04 reach the limit.
_FALSE_ALARMS_IN_FEW, _FALSE_ALARMS_NAMED = 0.045, 0.25
#: What is ruled out is shown unticked: to miss one is worse than to show one too many.
_RULED_OUT_BETA = 1.5
#: A search counts as short up to this many known words and parts of words.
_SHORT = 110
_GRID = np.arange(-2.0, 2.0, 0.05)
_CHANCES = np.arange(0.1, 0.6, 0.02)
_WEIGHTS = np.arange(0.0, 1.01, 0.05)
_LEAST = 1e-4
_SHARES = np.arange(0.2, 1.0, 0.05)


@dataclass(frozen=True, slots=True)
class Searches:
    """Unseen phrases and neutral lines: `scores` (n, K + 1), `needs` (n, K), `lengths` (n,).

    `encoded` (n, K + 1): the encoder's log-probabilities, where there is one.
    """

    scores: Floats
    encoded: Floats | None
    needs: Floats
    lengths: NDArray[np.int32]

    def by_words(self) -> "Searches":
        """The same without the encoder."""
        return replace(self, encoded=None)

    def short(self) -> "Searches":
        """Those that are as short as searches are."""
        kept = self.lengths <= _SHORT
        encoded = self.encoded[kept] if self.encoded is not None else None
        return Searches(self.scores[kept], encoded, self.needs[kept], self.lengths[kept])

    def chances(self, words: float) -> Floats:
        """(n, K) chances with the word counts weighing `words`, the encoder the rest."""
        mixed = log_softmax(self.scores)
        if self.encoded is not None:
            mixed = log_softmax(words * mixed + (1 - words) * self.encoded)
        return np.asarray(np.exp(mixed[:, :-1]), np.float32)


@dataclass(frozen=True, slots=True)
class FewWords:
    """Notes and lines of few words: log-odds `scores` (n,) of danger, whether one of the words is
    of danger, and whether there is danger."""

    scores: Floats
    named: NDArray[np.bool_]
    danger: NDArray[np.bool_]

    def limit(self, false_alarms: float, *, named: bool) -> float:
        """What this share of those without danger reach, with or without a word of danger."""
        harmless = self.scores[~self.danger & (self.named == named)]
        return float(np.quantile(harmless, 1 - false_alarms))

    def figures(self, limits: Thresholds) -> dict[str, float]:
        """The shares that are found and that are false alarms."""
        urgent = self.scores >= np.where(self.named, limits.danger_named, limits.danger_in_few)
        return {
            "danger in few words": float(urgent[self.danger].mean()),
            "false alarms in few words": float(urgent[~self.danger].mean()),
        }


def limits(
    needs: Floats, gone: Floats, danger: Floats, few: FewWords, truth: Truth,
    searches: Searches,
) -> Thresholds:  # fmt: skip
    """All thresholds: the needs' by F1, danger's by false alarms, what is ruled out by F1.5."""
    need = max(_GRID, key=lambda limit: f_score(needs > limit, truth.needs, truth.either)[2])
    slope, offset = _calibration(needs, truth)
    unshown = np.where(needs > need, -np.inf, gone)
    ruled_out = max(
        _GRID,
        key=lambda limit: _f_beta(unshown > limit, truth.denied, truth.needs, _RULED_OUT_BETA),
    )
    words = _words_weight(searches.short())
    phrase, second = _search_limits(searches.short(), words)
    return Thresholds(
        need=float(need),
        danger=float(np.quantile(danger[~truth.danger], 1 - _FALSE_ALARMS)),
        danger_in_few=few.limit(_FALSE_ALARMS_IN_FEW, named=False),
        danger_named=few.limit(_FALSE_ALARMS_NAMED, named=True),
        ruled_out=float(ruled_out),
        phrase=phrase,
        second=second,
        words=words,
        slope=slope,
        offset=offset,
    )


def f_score(shown: NDArray[np.bool_], wanted: Floats, either: Floats) -> tuple[float, float, float]:
    """Precision, recall and F1 over all cells, those of `either` counting neither way."""
    right = float((shown * wanted).sum())
    extra = float((shown * (1 - wanted) * (1 - either)).sum())
    missed = float((~shown * wanted).sum())
    precision = right / (right + extra) if right + extra else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _calibration(needs: Floats, truth: Truth) -> tuple[float, float]:
    """Platt's scaling of the log-odds."""
    from sklearn.linear_model import LogisticRegression

    counted = truth.either == 0
    model = LogisticRegression(C=100.0).fit(needs[counted][:, None], truth.needs[counted])
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _words_weight(searches: Searches) -> float:
    """The weight of the word counts that gives the right need the highest chance on average."""
    if searches.encoded is None:
        return 1.0
    wanted = searches.needs.any(1)

    def likelihood(words: float) -> float:
        right = (searches.chances(words) * searches.needs).sum(1)[wanted]
        return float(np.log(np.maximum(right, _LEAST)).mean())

    return float(max(_WEIGHTS, key=likelihood))


def _search_limits(searches: Searches, words: float) -> tuple[float, float]:
    """The least chance of a need, by F1, and the least share of it for a second, by F2.

    F2 counts recall double: a search is a question, and two answers serve it better than none.
    """
    chances, wanted = searches.chances(words), searches.needs
    neither = np.zeros_like(wanted)

    def quality(limit: float, share: float, beta: float) -> float:
        return _f_beta(searched(chances, limit, share), wanted, neither, beta)

    limit = max(_CHANCES, key=lambda limit: quality(limit, 1.0, 1))
    share = max(_SHARES, key=lambda share: quality(limit, share, 2))
    return float(limit), float(share)


def _f_beta(shown: NDArray[np.bool_], wanted: Floats, either: Floats, beta: float) -> float:
    precision, recall, _ = f_score(shown, wanted, either)
    whole = beta**2 * precision + recall
    return (1 + beta**2) * precision * recall / whole if whole else 0.0


def searched(chances: Floats, limit: float, share: float) -> NDArray[np.bool_]:
    """(n, K): the best need from `limit` on, and the second where it has `share` of the best."""
    best = chances.max(1, keepdims=True)
    second = -np.partition(-chances, 1, axis=1)[:, 1:2]
    shown = (chances >= np.maximum(second, share * best)) & (best >= limit)
    return np.asarray(shown, bool)


def figures(
    needs: Floats,
    first: Floats,
    gone: Floats,
    danger: Floats,
    truth: Truth,
    limits: Thresholds,
) -> dict[str, float]:
    """Out-of-fold figures of the notes."""
    shown = needs > limits.need
    precision, recall, f1 = f_score(shown, truth.needs, truth.either)
    order = np.where(shown | ~shown.any(1, keepdims=True), first, -np.inf)
    out = ~shown & (gone > limits.ruled_out)
    urgent = danger >= limits.danger
    return {
        "need precision": precision,
        "need recall": recall,
        "need F1": f1,
        "act first": float((order.argmax(1) == truth.first).mean()),
        "denied shown": float((shown * truth.denied).sum() / truth.denied.sum()),
        "denied ruled out": float((out * truth.denied).sum() / truth.denied.sum()),
        "ruled out precision": f_score(out, truth.denied, truth.needs)[0],
        "calibration error": _calibration_error(
            sigmoid(limits.slope * needs + limits.offset), truth
        ),
        "danger recall": float(urgent[truth.danger].mean()),
        "danger false alarms": float(urgent[~truth.danger].mean()),
    }


def _calibration_error(chances: Floats, truth: Truth) -> float:
    """The mean gap between chance and outcome over ten bands of chance, weighted by size."""
    counted = truth.either == 0
    said, was = chances[counted], truth.needs[counted]
    band = np.minimum((said * 10).astype(int), 9)
    gaps = [
        abs(float(said[band == place].mean() - was[band == place].mean())) * (band == place).mean()
        for place in range(10)
        if (band == place).any()
    ]
    return float(sum(gaps))


def phrase_figures(searches: Searches, limits: Thresholds) -> dict[str, float]:
    """Out-of-fold figures of short phrases."""
    short = searches.short()
    stated = short.needs.any(1)
    chances, wanted = short.chances(limits.words)[stated], short.needs[stated]
    ranked = np.argsort(-chances, axis=1)
    right = np.take_along_axis(wanted, ranked, axis=1)
    unshown = ~searched(chances, limits.phrase, limits.second).any(1)
    return {
        "phrase first": float(right[:, 0].mean()),
        "phrase any of three": float(right[:, :3].max(1).mean()),
        "phrase without a need": float(unshown.mean()),
    }


def level_figures(guessed: NDArray[np.int32], truth: NDArray[np.int32]) -> dict[str, float]:
    away = np.abs(guessed - truth)
    return {"level exact": float((away == 0).mean()), "level within one": float((away <= 1).mean())}
