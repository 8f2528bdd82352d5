"""The model as arrays and back, and these as the bytes of an .npz file."""

import io
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np

from matching.understanding.centroids import Centroids
from matching.understanding.danger import Danger
from matching.understanding.linear import Linear
from matching.understanding.model import Judge, Model, Thresholds
from matching.understanding.network import Networks
from matching.understanding.spelling import Spelling
from matching.understanding.topics import Topics
from matching.understanding.vectorise import Floats, Vectoriser

Record = TypeVar("Record", Networks, Linear)
Arrays = dict[str, np.ndarray[Any, np.dtype[Any]]]

_LINEARS = ("danger", "levels")


def packed(model: Model) -> bytes:
    """The arrays of the model, those of more than one dimension in 16 bits."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **_arrays_of(model))
    return buffer.getvalue()


def unpacked(arrays: Arrays, index: dict[str, Any]) -> Model:
    """The model of `arrays` and of the `index` beside them. Raises KeyError, TypeError."""
    terms = bytes(arrays["terms"]).decode().split("\n")
    parts = bytes(arrays["parts"]).decode().split("\n")
    judges = {
        name: _judge(arrays, name, Thresholds(**limits))
        for name, limits in index["thresholds"].items()
    }
    vectoriser = Vectoriser(
        terms={term: place for place, term in enumerate(terms)},
        parts={part: place for place, part in enumerate(parts, len(terms))},
        idf=_floats(arrays["idf"]),
    )
    return Model(
        codes=tuple(index["codes"]),
        vectoriser=vectoriser,
        spelling=Spelling.of(vectoriser),
        centroids=Centroids(
            tuple(bytes(arrays["presented"]).decode().split("\n")),
            arrays["centroid_starts"],
            arrays["centroid_owners"],
            arrays["centroid_weights"],
        ),
        topics=Topics(_record(Linear, arrays, "topics"), _floats(arrays["cue_weights"])),
        danger=Danger(_record(Linear, arrays, "danger_lines"), _floats(arrays["danger_flags"])),
        alone=judges["alone"],
        together=judges.get("together"),
        encoder_digest=str(index["encoder"]),
        digest=str(index["corpus"]),
        counts=dict(index["counts"]),
        phrases=dict(index["phrases"]),
        pressing=dict(index["pressing"]),
        figures=dict(index["figures"]),
    )


def _arrays_of(model: Model) -> Arrays:
    records: dict[str, Networks | Linear] = {
        "topics": model.topics.joint,
        "danger_lines": model.danger.lines,
    }
    for name, judge in (("alone", model.alone), ("together", model.together)):
        if judge:
            records |= {f"{name}.{part}": getattr(judge, part) for part in ("networks", *_LINEARS)}
    arrays: Arrays = {
        "terms": _text(model.vectoriser.terms),
        "parts": _text(model.vectoriser.parts),
        "idf": model.vectoriser.idf,
        "cue_weights": model.topics.cue_weights,
        "danger_flags": model.danger.flags,
        "presented": _text(model.centroids.names),
        "centroid_starts": model.centroids.starts,
        "centroid_owners": model.centroids.owners,
        "centroid_weights": model.centroids.weights,
    }
    for name, record in records.items():
        for part in fields(record):
            arrays[f"{name}.{part.name}"] = getattr(record, part.name)
    return {name: _narrow(array) for name, array in arrays.items()}


def _judge(arrays: Arrays, name: str, thresholds: Thresholds) -> Judge:
    danger, levels = (_record(Linear, arrays, f"{name}.{part}") for part in _LINEARS)
    return Judge(_record(Networks, arrays, f"{name}.networks"), danger, levels, thresholds)


def _narrow(array: np.ndarray[Any, np.dtype[Any]]) -> np.ndarray[Any, np.dtype[Any]]:
    if array.ndim > 1 and array.dtype == np.float32:
        return array.astype(np.float16)
    return array


def _text(vocabulary: Iterable[str]) -> np.ndarray[Any, np.dtype[Any]]:
    return np.frombuffer("\n".join(vocabulary).encode(), np.uint8)


def _record(kind: type[Record], arrays: Arrays, name: str) -> Record:
    return kind(**{part.name: _floats(arrays[f"{name}.{part.name}"]) for part in fields(kind)})


def _floats(array: np.ndarray[Any, np.dtype[Any]]) -> Floats:
    return np.ascontiguousarray(array, np.float32)
