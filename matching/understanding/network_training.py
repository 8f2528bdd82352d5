"""Teaching the networks of a judge, in plain numpy: AdamW over small batches of messages.

Decoupled weight decay after Loshchilov and Hutter (2019), dropout after Srivastava et al. (2014).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matching.understanding.linear import sigmoid
from matching.understanding.network import Networks, inputs
from matching.understanding.stack import Features
from matching.understanding.vectorise import Floats

#: Sizes, rounds and rates, chosen by cross-validation on the training notes.
_HIDDEN, _MIDDLE = 96, 48
_ROUNDS = 14
_BATCH = 128
_RATE, _WARM_UP = 3e-3, 0.1
_DECAY = 0.05
_DROPPED = 0.2
_MEANS, _TINY = (0.9, 0.999), 1e-8
#: Of the needs of a message that no reader gives so much chance, and that are in no label, one in
#: so many is learned from and counts for the others: nearly all of them teach nothing.
_FAINT, _FAINT_EVERY = 0.1, 8


@dataclass(frozen=True, slots=True)
class Labels:
    """Of N messages and K needs, each (N, K): what is a need, first (shares of a vote), denied.

    `counted` (N, K) weighs whether it is a need; `weights` (N,) weigh the messages; `told` (N,)
    0/1: whether it is known what is first and what is denied.
    """

    needs: Floats
    first: Floats
    gone: Floats
    counted: Floats
    weights: Floats
    told: Floats


@dataclass(frozen=True, slots=True)
class _Rows:
    """R needs of messages, those of a message together: `inputs` (R, I), `message` (R,) ascending.

    `wanted` and `weights` (R, 3): a need, first, denied.
    """

    inputs: Floats
    message: NDArray[np.intp]
    wanted: Floats
    weights: Floats


def fit_network(
    features: Features, labels: Labels, scale: tuple[Floats, Floats], seed: int
) -> Networks:
    """One network fitted to the messages; equal arguments give equal networks.

    The loss is logistic for *is a need* and *is denied*, softmax over a message for *act first*.
    """
    random = np.random.default_rng(seed)
    rows = _rows(features, labels, scale, random)
    weights = _begun(rows.inputs.shape[1], random)
    means = [np.zeros_like(weight) for weight in weights]
    squares = [np.zeros_like(weight) for weight in weights]
    steps = _ROUNDS * -(-len(labels.weights) // _BATCH)
    for step, batch in enumerate(_batches(rows, len(labels.weights), random), 1):
        gradients = _gradients(weights, rows, batch, random)
        rate = _rate(step / steps)
        for weight, gradient, mean, square in zip(weights, gradients, means, squares, strict=True):
            mean += (1 - _MEANS[0]) * (gradient - mean)
            square += (1 - _MEANS[1]) * (gradient**2 - square)
            sure = np.sqrt(square / (1 - _MEANS[1] ** step)) + _TINY
            weight -= rate * (_DECAY * weight + mean / (1 - _MEANS[0] ** step) / sure)
    return Networks(*scale, *(weight[None] for weight in weights))


def together(networks: list[Networks]) -> Networks:
    """Networks of the same scale as one, whose mean counts."""
    layers = ("inner", "inner_biases", "middle", "middle_biases", "outer", "outer_biases")
    joined = {name: np.concatenate([getattr(one, name) for one in networks]) for name in layers}
    return Networks(centre=networks[0].centre, spread=networks[0].spread, **joined)


def _rows(
    features: Features,
    labels: Labels,
    scale: tuple[Floats, Floats],
    random: np.random.Generator,
) -> _Rows:
    labelled = (labels.needs > 0) | (labels.first > 0) | (labels.gone > 0) | (labels.counted != 1)
    plain = labelled | (features.hinted >= _FAINT)
    used = plain | (random.random(plain.shape) < 1 / _FAINT_EVERY)
    share = np.where(plain, 1, _FAINT_EVERY) * labels.weights[:, None]
    told = labels.told[:, None]
    first = np.broadcast_to(labels.weights[:, None] * told, share.shape)
    weights = [share * labels.counted, first, share * told]
    return _Rows(
        inputs=inputs(features, *scale)[used],
        message=np.nonzero(used)[0],
        wanted=np.stack([labels.needs[used], labels.first[used], labels.gone[used]], axis=1),
        weights=np.stack([weight[used] for weight in weights], axis=1).astype(np.float32),
    )


def _begun(width: int, random: np.random.Generator) -> list[Floats]:
    """Weights and biases of the three layers, as far from nothing as each is wide."""
    weights = []
    for taken, given in ((width, _HIDDEN), (_HIDDEN, _MIDDLE), (_MIDDLE, 3)):
        bound = taken**-0.5
        weights.append(random.uniform(-bound, bound, (taken, given)).astype(np.float32))
        weights.append(random.uniform(-bound, bound, (1, given)).astype(np.float32))
    return weights


def _batches(rows: _Rows, messages: int, random: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """Places of the rows of a batch of messages, in each round every message once."""
    for _ in range(_ROUNDS):
        turn = random.permutation(messages)
        shuffled = np.argsort(turn[rows.message], kind="stable")
        ends = np.cumsum(np.bincount(turn[rows.message], minlength=messages))
        bounds = [0, *ends[_BATCH - 1 : -1 : _BATCH], len(shuffled)]
        for start, end in pairwise(bounds):
            yield shuffled[start:end]


def _rate(done: float) -> float:
    """The rate after a share of all steps: up, then down along a cosine."""
    if done < _WARM_UP:
        return _RATE * done / _WARM_UP
    return _RATE * 0.5 * (1 + float(np.cos(np.pi * (done - _WARM_UP) / (1 - _WARM_UP))))


def _gradients(
    weights: list[Floats], rows: _Rows, batch: NDArray[np.intp], random: np.random.Generator
) -> list[Floats]:
    """Of the loss of a batch a message, by each of the weights."""
    inner, inner_biases, middle, middle_biases, outer, outer_biases = weights
    given = rows.inputs[batch]
    first = _passed(given @ inner + inner_biases, random)
    second = _passed(first @ middle + middle_biases, random)
    slope = _slope(second @ outer + outer_biases, rows, batch)
    of_second = (slope @ outer.T) * (second > 0) / (1 - _DROPPED)
    of_first = (of_second @ middle.T) * (first > 0) / (1 - _DROPPED)
    gradients = []
    for before, after in ((given, of_first), (first, of_second), (second, slope)):
        gradients += [before.T @ after, after.sum(0, keepdims=True)]
    return gradients


def _passed(hidden: Floats, random: np.random.Generator) -> Floats:
    """What a layer hands on while it learns: nothing below zero, and a share of it dropped."""
    # A byte for each is enough, and drawn three times as fast as a fraction.
    kept = random.integers(0, 256, hidden.shape, np.uint8) >= round(256 * _DROPPED)
    return np.asarray(np.maximum(hidden, 0) * kept * np.float32(1 / (1 - _DROPPED)), np.float32)


def _slope(scores: Floats, rows: _Rows, batch: NDArray[np.intp]) -> Floats:
    """(R, 3) of the loss by the scores."""
    message = rows.message[batch]
    starts = np.flatnonzero(np.diff(message, prepend=-1))
    sizes = np.diff(starts, append=len(message))
    of_first = scores[:, 1] - np.repeat(np.logaddexp.reduceat(scores[:, 1], starts), sizes)
    chances = np.asarray(sigmoid(scores), np.float32)
    chances[:, 1] = np.exp(of_first)
    slope = rows.weights[batch] * (chances - rows.wanted[batch]) / len(starts)
    return np.asarray(slope, np.float32)
