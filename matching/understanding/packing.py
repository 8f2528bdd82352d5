"""The model and the judges as arrays and JSON, and back; the arrays as the bytes of a file."""

import io
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Any, TypeVar

import numpy as np

from matching.understanding.centroids import Centroids
from matching.understanding.danger import Danger
from matching.understanding.judge import Judge, Thresholds
from matching.understanding.judges import Judges
from matching.understanding.linear import Linear
from matching.understanding.model import Model
from matching.understanding.network import Networks
from matching.understanding.spelling import Spelling
from matching.understanding.topics import Topics
from matching.understanding.vectorise import Floats, Vectoriser

Record = TypeVar("Record", Networks, Linear)
Arrays = dict[str, np.ndarray[Any, np.dtype[Any]]]
#: What goes into JSON beside the arrays.
Index = dict[str, Any]

_JUDGES = ("alone", "together")
_PARTS = ("networks", "danger", "levels")


def packed(arrays: Arrays) -> bytes:
    """Arrays as a file, those of more than one dimension in 16 bits."""
    buffer = io.BytesIO()
    narrow = {name: _narrow(array) for name, array in arrays.items()}
    np.savez_compressed(buffer, allow_pickle=False, **narrow)
    return buffer.getvalue()


def unpacked(data: bytes) -> Arrays:
    """The arrays of a file. Raises ValueError, BadZipFile."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return dict(arrays)


def arrays_of_judges(judges: Judges) -> Arrays:
    """The arrays of both judges."""
    arrays: Arrays = {}
    for name in _JUDGES:
        judge = getattr(judges, name)
        for part in _PARTS if judge else ():
            arrays |= _arrays(f"{name}.{part}", getattr(judge, part))
    return arrays


def index_of_judges(judges: Judges) -> Index:
    """All but the arrays."""
    return {
        "codes": list(judges.codes),
        "encoder": judges.encoder_digest,
        "corpus": judges.corpus,
        "recipe": judges.recipe,
        "pressing": judges.pressing,
        "figures": judges.figures,
        "thresholds": {
            name: asdict(judge.thresholds) for name in _JUDGES if (judge := getattr(judges, name))
        },
    }


def judges_of(arrays: Arrays, index: Index) -> Judges:
    """The judges of `arrays` and of the `index` beside them. Raises KeyError, TypeError."""
    judges = {
        name: _judge(arrays, name, Thresholds(**limits))
        for name, limits in index["thresholds"].items()
    }
    return Judges(
        codes=tuple(index["codes"]),
        alone=judges["alone"],
        together=judges.get("together"),
        encoder_digest=str(index["encoder"]),
        pressing=dict(index["pressing"]),
        figures=dict(index["figures"]),
        corpus=str(index["corpus"]),
        recipe=str(index["recipe"]),
    )


def arrays_of(model: Model) -> Arrays:
    """The arrays of a model with its judges."""
    return {
        "terms": _text(model.vectoriser.terms),
        "parts": _text(model.vectoriser.parts),
        "idf": model.vectoriser.idf,
        "cue_weights": model.topics.cue_weights,
        "danger_flags": model.danger.flags,
        "presented": _text(model.centroids.names),
        "centroid_starts": model.centroids.starts,
        "centroid_owners": model.centroids.owners,
        "centroid_weights": model.centroids.weights,
        **_arrays("topics", model.topics.joint),
        **_arrays("danger_lines", model.danger.lines),
        **arrays_of_judges(model.judges),
    }


def index_of(model: Model) -> Index:
    """All of a model but the arrays."""
    return {
        "corpus": model.digest,
        "counts": model.counts,
        "phrases": model.phrases,
        "judges": index_of_judges(model.judges),
    }


def model_of(arrays: Arrays, index: Index) -> Model:
    """The model of `arrays` and of the `index` beside them. Raises KeyError, TypeError."""
    terms = bytes(arrays["terms"]).decode().split("\n")
    parts = bytes(arrays["parts"]).decode().split("\n")
    vectoriser = Vectoriser(
        terms={term: place for place, term in enumerate(terms)},
        parts={part: place for place, part in enumerate(parts, len(terms))},
        idf=_floats(arrays["idf"]),
    )
    judges = judges_of(arrays, index["judges"])
    return Model(
        codes=judges.codes,
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
        judges=judges,
        digest=str(index["corpus"]),
        counts=dict(index["counts"]),
        phrases=dict(index["phrases"]),
    )


def _judge(arrays: Arrays, name: str, thresholds: Thresholds) -> Judge:
    danger, levels = (_record(Linear, arrays, f"{name}.{part}") for part in _PARTS[1:])
    return Judge(_record(Networks, arrays, f"{name}.networks"), danger, levels, thresholds)


def _arrays(name: str, record: Networks | Linear) -> Arrays:
    return {f"{name}.{part.name}": getattr(record, part.name) for part in fields(record)}


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
