"""Messages as padded tensors with their targets and what of them counts."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from matching.finetuning.told import Told, spans_of, text_of
from matching.understanding.encoder.windows import Window, windows

Targets = dict[str, NDArray[Any]]

#: Tokens of a batch, padding included.
_BATCH_TOKENS = 1_600
#: Batches are made of messages of like length, from so many at a time.
_SORTED = 1_024


@dataclass(frozen=True, slots=True)
class Names:
    """Places of the codes of needs, and of the presented needs as "code/slug"."""

    needs: dict[str, int]
    presented: dict[str, int]


@dataclass(frozen=True, slots=True)
class Batch:
    """B messages of at most T tokens and C clauses; weights of 0 teach nothing."""

    ids: Tensor
    mask: Tensor
    pool: Tensor
    real: Tensor
    clause: dict[str, Tensor]
    whole: dict[str, Tensor]


def row_of(told: Told, tokenizer: Tokenizer) -> Window:
    """The first window of a message: the notes that are learned from fit into one."""
    return windows(text_of(told), list(spans_of(told)), told.members, tokenizer)[0]


def batches(
    messages: Sequence[Told], tokenizer: Tokenizer, names: Names, chance: random.Random
) -> Iterator[Batch]:
    """The messages in an order of chance, those of like length together."""
    order = chance.sample(range(len(messages)), len(messages))
    for start in range(0, len(order), _SORTED):
        chosen = [messages[i] for i in order[start : start + _SORTED]]
        rows = sorted(
            ((row_of(told, tokenizer), told) for told in chosen), key=lambda row: len(row[0].tokens)
        )
        groups: list[list[tuple[Window, Told]]] = [[]]
        for row in rows:
            if len(row[0].tokens) * (len(groups[-1]) + 1) > _BATCH_TOKENS and groups[-1]:
                groups.append([])
            groups[-1].append(row)
        chance.shuffle(groups)
        for group in groups:
            yield batch([row for row, _ in group], [told for _, told in group], names)


def batch(rows: Sequence[Window], messages: Sequence[Told], names: Names) -> Batch:
    size, needs = len(rows), len(names.needs)
    length = max(len(row.tokens) for row in rows)
    clauses = max(len(told.parts) for told in messages)
    ids, mask = np.zeros((size, length), np.int64), np.zeros((size, length), np.float32)
    pool = np.zeros((size, clauses, length), np.float32)
    clause: Targets = {
        "stated": np.zeros((size, clauses, needs), np.float32),
        "named": np.zeros((size, clauses, needs), np.float32),
        "stated_counts": np.zeros((size, clauses), np.float32),
        "named_counts": np.zeros((size, clauses), np.float32),
        "status": np.full((size, clauses), -1, np.int64),
    }
    whole: Targets = {
        "needs": np.zeros((size, needs), np.float32),
        "needs_count": np.zeros((size, needs), np.float32),
        "first": np.zeros((size, needs + 1), np.float32),
        "gone": np.zeros((size, needs), np.float32),
        "level": np.full(size, -1, np.int64),
        "danger": np.full(size, -1, np.float32),
        "presented": np.full(size, -1, np.int64),
    }
    for b, (row, told) in enumerate(zip(rows, messages, strict=True)):
        ids[b, : len(row.tokens)], mask[b, : len(row.tokens)] = row.tokens, 1
        for c in range(len(told.parts)):
            mine = row.clauses == c
            if mine.any():
                pool[b, c, : len(mine)] = mine / mine.sum()
        _targets_of_clauses(told, b, clause, names)
        _targets_of_whole(told, b, whole, names)
    return Batch(
        ids=torch.from_numpy(ids),
        mask=torch.from_numpy(mask),
        pool=torch.from_numpy(pool),
        real=torch.from_numpy((pool.sum(2) > 0).astype(np.float32)),
        clause={name: torch.from_numpy(table) for name, table in clause.items()},
        whole={name: torch.from_numpy(table) for name, table in whole.items()},
    )


def _targets_of_clauses(
    told: Told,
    b: int,
    clause: Targets,
    names: Names,
) -> None:
    for c, part in enumerate(told.parts):
        clause["status"][b, c] = part.status
        if part.status < 0:
            continue
        clause["stated_counts"][b, c] = 1
        clause["stated"][b, c, [names.needs[code] for code in part.stated]] = 1
        if part.named is not None:
            clause["named_counts"][b, c] = 1
            clause["named"][b, c, [names.needs[code] for code in part.named]] = 1


def _targets_of_whole(
    told: Told,
    b: int,
    whole: Targets,
    names: Names,
) -> None:
    if told.needs is not None:
        whole["needs_count"][b] = 1
        whole["needs_count"][b, [names.needs[code] for code in told.either]] = 0
        whole["needs"][b, [names.needs[code] for code in told.needs]] = 1
        whole["needs_count"][b, [names.needs[code] for code in told.needs]] = 1
        whole["gone"][b, [names.needs[code] for code in told.gone]] = 1
    if told.first is not None:
        for code, share in told.first.items():
            whole["first"][b, names.needs[code]] = share
        if not told.first:
            whole["first"][b, -1] = 1
    whole["level"][b] = told.level
    whole["danger"][b] = told.danger
    if told.presented:
        whole["presented"][b] = names.presented[told.presented]
