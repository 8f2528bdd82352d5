"""From the tuned network to the files that are shipped: int8 ONNX and the heads as arrays."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from matching.finetuning.batches import Names
from matching.finetuning.network import Network
from matching.understanding.encoder.encoder import HEADS, NETWORK


def export(network: Network, names: Names, folder: Path) -> None:
    """Write the network and its heads to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / NETWORK
        _write_onnx(network, exact)
        quantize_dynamic(
            exact,
            folder / NETWORK,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )
    write_heads(network, names, folder)
    _check(network, folder)


def _write_onnx(network: Network, path: Path) -> None:
    ids = torch.ones((2, 16), dtype=torch.int64)
    mask = torch.ones((2, 16), dtype=torch.float32)
    rows, length = torch.export.Dim("rows"), torch.export.Dim("length", max=512)
    torch.onnx.export(
        network.body.eval(),
        (ids, mask),
        str(path),
        input_names=["ids", "mask"],
        output_names=["states"],
        dynamic_shapes={"ids": {0: rows, 1: length}, "mask": {0: rows, 1: length}},
        dynamo=True,
        external_data=False,
    )


def write_heads(network: Network, names: Names, folder: Path) -> None:
    arrays: dict[str, NDArray[Any]] = {
        "needs": _text(names.needs),
        "presented": _text(names.presented),
    }
    for kind, heads in (("clause", network.clause), ("whole", network.whole)):
        for name, head in heads.items():
            assert isinstance(head, nn.Linear)
            arrays[f"{kind}.{name}.weights"] = head.weight.detach().numpy().T.astype(np.float16)
            arrays[f"{kind}.{name}.biases"] = head.bias.detach().numpy().astype(np.float32)
    np.savez_compressed(folder / HEADS, allow_pickle=False, **arrays)


def _text(places: dict[str, int]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(places).encode(), np.uint8)


def _check(network: Network, folder: Path) -> None:
    """Raises ValueError when the int8 states are not like those of the network."""
    ids = torch.randint(network.body.words.num_embeddings, (3, 40))
    mask = torch.ones((3, 40))
    session = onnxruntime.InferenceSession(str(folder / NETWORK))
    (states,) = session.run(None, {"ids": ids.numpy(), "mask": mask.numpy()})
    with torch.no_grad():
        exact = network.body(ids, mask).numpy()
    likeness = (states * exact).sum(-1) / np.linalg.norm(states, axis=-1)
    likeness /= np.linalg.norm(exact, axis=-1)
    if likeness.mean() < 0.97:
        raise ValueError(f"the int8 network differs from the tuned one: {likeness.mean():.3f}")
