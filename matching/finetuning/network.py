"""A small BERT and the heads it is tuned with, in torch: clauses and the message in one pass."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

_DROPOUT = 0.1


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many there are of each thing that is told apart."""

    needs: int
    presented: int
    statuses: int
    levels: int


class Layer(nn.Module):
    """One transformer layer of BERT (post-norm)."""

    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.mixed = (nn.Linear(width, width) for _ in range(4))
        self.attended = nn.LayerNorm(width, eps=1e-12)
        self.wide, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.done = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, length, width = x.shape

        def split(projected: Tensor) -> Tensor:
            return projected.view(rows, length, self.heads, width // self.heads).transpose(1, 2)

        scores = split(self.query(x)) @ split(self.key(x)).transpose(-1, -2)
        weights = torch.softmax(scores * (width // self.heads) ** -0.5 + mask, -1)
        mixed = (weights @ split(self.value(x))).transpose(1, 2).reshape(rows, length, width)
        dropped = functional.dropout(self.mixed(mixed), _DROPOUT, self.training)
        x = self.attended(x + dropped)
        wide = self.narrow(functional.gelu(self.wide(x)))
        return self.done(x + functional.dropout(wide, _DROPOUT, self.training))


class Body(nn.Module):
    """Token ids (B, T) and mask (B, T) to states (B, T, 384)."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        width = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], width)
        self.places = nn.Embedding(config["max_position_embeddings"], width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(width, config["intermediate_size"], config["num_attention_heads"])
            for _ in range(config["num_hidden_layers"])
        )

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(places) + self.kind)
        x = functional.dropout(x, _DROPOUT, self.training)
        shut = ((1.0 - mask) * -1e4)[:, None, None, :].to(x.dtype)
        for layer in self.layers:
            x = layer(x, shut)
        return x


class Network(nn.Module):
    """The body with its heads. `clause` heads see a clause's mean, `whole` heads the message's."""

    def __init__(self, body: Body, sizes: Sizes) -> None:
        super().__init__()
        self.body = body
        width = body.norm.weight.shape[0]
        self.clause = nn.ModuleDict(
            {
                "stated": nn.Linear(width, sizes.needs),
                "named": nn.Linear(width, sizes.needs),
                "status": nn.Linear(width, sizes.statuses),
                "danger": nn.Linear(width, 1),
                "presented": nn.Linear(width, sizes.presented),
            }
        )
        self.whole = nn.ModuleDict(
            {
                "needs": nn.Linear(3 * width, sizes.needs),
                "first": nn.Linear(3 * width, sizes.needs + 1),
                "gone": nn.Linear(3 * width, sizes.needs),
                "level": nn.Linear(3 * width, sizes.levels),
                "danger": nn.Linear(3 * width, 1),
            }
        )

    def forward(
        self, ids: Tensor, mask: Tensor, pool: Tensor, real: Tensor
    ) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        """`pool` (B, C, T): the tokens of each clause, as weights; `real` (B, C) 0/1."""
        states = self.body(ids, mask)
        clauses = pool.to(states.dtype) @ states
        tokens = (pool.sum(1) > 0).to(states.dtype)
        mean = (tokens[:, None] @ states)[:, 0] / tokens.sum(1, keepdim=True).clamp(min=1)
        highest = (clauses + (real[..., None] - 1) * 1e4).amax(1)
        whole = torch.cat([mean, states[:, 0], highest], -1)
        clauses = functional.dropout(clauses, _DROPOUT, self.training)
        whole = functional.dropout(whole, _DROPOUT, self.training)
        return (
            {name: head(clauses).float() for name, head in self.clause.items()},
            {name: head(whole).float() for name, head in self.whole.items()},
        )


def pretrained(folder: Path) -> Body:
    """The body with the published weights in `folder` (config.json, model.safetensors)."""
    config = json.loads((folder / "config.json").read_text())
    weights = load_file(str(folder / "model.safetensors"))
    body = Body(config)
    ours = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "kind": weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    names = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "mixed": "attention.output.dense",
        "attended": "attention.output.LayerNorm",
        "wide": "intermediate.dense",
        "narrow": "output.dense",
        "done": "output.LayerNorm",
    }
    for place in range(config["num_hidden_layers"]):
        for mine, theirs in names.items():
            for kind in ("weight", "bias"):
                ours[f"layers.{place}.{mine}.{kind}"] = weights[
                    f"encoder.layer.{place}.{theirs}.{kind}"
                ]
    body.load_state_dict(ours)
    return body
