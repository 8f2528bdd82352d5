"""The networks of a judge learn what no sum of features says, from what counts and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from matching.understanding.network import scale_of
from matching.understanding.network_training import Labels, fit_network, together
from matching.understanding.stack import Features

MESSAGES, NEEDS, COLUMNS = 600, 4, 5


@pytest.fixture(scope="module")
def features() -> Features:
    random = np.random.default_rng(5)
    rows = random.choice([-1.0, 1.0], (MESSAGES, NEEDS, COLUMNS)).astype(np.float32)
    return Features(rows, np.full((MESSAGES, NEEDS), 0.5, np.float32))


@pytest.fixture(scope="module")
def labels(features: Features) -> Labels:
    """A need where two signs agree; the first of them is the one with the third sign."""
    needs = (features.rows[:, :, 0] == features.rows[:, :, 1]).astype(np.float32)
    likeliest = (2 * needs + features.rows[:, :, 2] + np.arange(NEEDS) / 10).argmax(1)
    first = np.eye(NEEDS, dtype=np.float32)[likeliest]
    gone = (features.rows[:, :, 3] > 0).astype(np.float32) * (1 - needs)
    return Labels(needs, first, gone, np.ones_like(needs), *np.ones((2, MESSAGES), np.float32))


def test_two_signs_that_count_only_together_are_learned(features, labels):
    network = fit_network(features, labels, scale_of(features), seed=1)
    opinion = network(features)
    assert ((opinion.needs > 0) == labels.needs).mean() > 0.99
    assert ((opinion.gone > 0) == labels.gone).mean() > 0.98
    assert (opinion.first.argmax(1) == labels.first.argmax(1)).mean() > 0.9


def test_equal_messages_give_equal_networks(features, labels):
    scale = scale_of(features)
    one, same = (fit_network(features, labels, scale, seed=2) for _ in range(2))
    other = fit_network(features, labels, scale, seed=3)
    assert np.array_equal(one.inner, same.inner)
    assert not np.array_equal(one.inner, other.inner)


def test_what_does_not_count_is_not_learned(features, labels):
    """Cells of weight 0 are labelled with nonsense, and change no answer."""
    nonsense = np.random.default_rng(7).random(labels.needs.shape) < 0.5
    wrong = np.where(nonsense, 1 - labels.needs, labels.needs)
    counted = np.where(nonsense, 0, 1).astype(np.float32)
    taught = replace(labels, needs=wrong, counted=counted)
    opinion = fit_network(features, taught, scale_of(features), seed=1)(features)
    assert ((opinion.needs > 0) == labels.needs).mean() > 0.97


def test_several_networks_say_what_they_say_on_average(features, labels):
    scale = scale_of(features)
    several = [fit_network(features, labels, scale, seed) for seed in (1, 2)]
    mean = (several[0](features).needs + several[1](features).needs) / 2
    assert np.allclose(together(several)(features).needs, mean, atol=1e-4)


def test_one_message_is_read_as_among_others(features, labels):
    network = fit_network(features, labels, scale_of(features), seed=1)
    alone = network(Features(features.rows[3], features.hinted[3]))
    assert alone.first.shape == (NEEDS,)
    assert np.allclose(alone.first, network(features).first[3], atol=1e-4)


def test_where_it_is_not_told_what_is_first_nothing_is_learned_of_it(features, labels):
    silent = replace(labels, told=(np.arange(MESSAGES) < MESSAGES // 2).astype(np.float32))
    misled = replace(silent, first=labels.first.copy(), gone=labels.gone.copy())
    misled.first[MESSAGES // 2 :] = np.roll(labels.first[MESSAGES // 2 :], 1, axis=1)
    misled.gone[MESSAGES // 2 :] = 1 - labels.gone[MESSAGES // 2 :]
    scale = scale_of(features)
    one, other = (fit_network(features, told, scale, 1)(features) for told in (silent, misled))
    # What differs is which of the rows that no label names are drawn.
    assert ((one.first.argmax(1) == other.first.argmax(1)).mean()) > 0.9
    assert (((one.gone > 0) == (other.gone > 0)).mean()) > 0.9
