"""The training loop: AdamW, a cosine, bfloat16, seeds fixed."""

import math
import random
import time
from collections.abc import Callable

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from matching.finetuning.batches import Batch, Names, batches
from matching.finetuning.epoch import epoch_of
from matching.finetuning.network import Network
from matching.finetuning.told import Told

_BODY_RATE, _HEAD_RATE = 1.5e-4, 2e-3
_DECAY = 0.01
_WARM_UP = 0.06
#: Weights of the losses beside that of the needs of the whole message.
_WEIGHTS = {
    "stated": 0.5, "named": 0.4, "status": 0.5, "first": 1.0, "gone": 0.5, "level": 0.5,
    "danger": 1.0, "clause danger": 0.5, "presented": 0.5,
}  # fmt: skip


def tune(
    network: Network,
    rows: dict[str, list[Told]],
    tokenizer: Tokenizer,
    names: Names,
    epochs: int,
    progress: Callable[[str], None],
    seed: int = 0,
) -> None:
    """Tune `network` in place on `rows`."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    body = list(network.body.parameters())
    heads = [*network.clause.parameters(), *network.whole.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": _BODY_RATE}, {"params": heads, "lr": _HEAD_RATE}],
        weight_decay=_DECAY,
        fused=True,
    )
    size = len(epoch_of(rows, random.Random(0)))
    started, done = time.monotonic(), 0

    def rate(_: int) -> float:
        share = done / (size * epochs)
        warm = min(1.0, share / _WARM_UP)
        return warm * 0.5 * (1 + math.cos(math.pi * min(1.0, share)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    network.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for number, batch in enumerate(batches(epoch_of(rows, chance), tokenizer, names, chance)):
            with torch.autocast("cpu", torch.bfloat16):
                outputs = network(batch.ids, batch.mask, batch.pool, batch.real)
            loss = loss_of(outputs[0], outputs[1], batch)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            done += len(batch.ids)
            schedule.step()
            total, count = total + float(loss.detach()), count + 1
            if number % 100 == 99:
                seconds = time.monotonic() - started
                left = seconds / done * (size * epochs - done)
                progress(f"epoch {epoch + 1}: loss {total / count:.3f}, {left / 60:.0f} min left")
                total, count = 0.0, 0
    network.eval()


def loss_of(clause: dict[str, Tensor], whole: dict[str, Tensor], batch: Batch) -> Tensor:
    """The weighted sum of the losses, each averaged over the rows that it counts."""
    told, wholly = batch.clause, batch.whole
    parts = {
        "stated": _each(clause["stated"], told["stated"], told["stated_counts"][..., None]),
        "named": _each(clause["named"], told["named"], told["named_counts"][..., None]),
        "status": _one(clause["status"], told["status"]),
        "first": _shares(whole["first"], wholly["first"]),
        "gone": _each(whole["gone"], wholly["gone"], wholly["needs_count"].amax(1, keepdim=True)),
        "level": _one(whole["level"], wholly["level"]),
        "danger": _danger(whole["danger"][:, 0], wholly["danger"]),
        "clause danger": _danger(_any(clause["danger"][..., 0], batch.real), wholly["danger"]),
        "presented": _one(clause["presented"][:, 0], wholly["presented"]),
    }
    needs = _each(whole["needs"], wholly["needs"], wholly["needs_count"])
    return needs + sum(_WEIGHTS[name] * loss for name, loss in parts.items())


def _each(scores: Tensor, wanted: Tensor, counted: Tensor) -> Tensor:
    """Binary cross-entropy summed over the needs, averaged over what counts."""
    losses = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none")
    counted = counted.expand_as(losses)
    return (losses * counted).sum() / counted.amax(-1).sum().clamp(min=1)


def _one(scores: Tensor, wanted: Tensor) -> Tensor:
    known = wanted >= 0
    if not known.any():
        return scores.sum() * 0
    return functional.cross_entropy(scores[known], wanted[known])


def _shares(scores: Tensor, wanted: Tensor) -> Tensor:
    known = wanted.sum(-1) > 0
    if not known.any():
        return scores.sum() * 0
    return functional.cross_entropy(scores[known], wanted[known])


def _any(scores: Tensor, real: Tensor) -> Tensor:
    """The log-odds of at least one clause: a soft maximum."""
    return torch.logsumexp(scores + (real - 1) * 1e4, -1)


def _danger(scores: Tensor, wanted: Tensor) -> Tensor:
    known = wanted >= 0
    if not known.any():
        return scores.sum() * 0
    return functional.binary_cross_entropy_with_logits(scores[known], wanted[known])
