"""The trained model on disk: arrays in an .npz, everything else in JSON, never a pickle.

`model.json` names the arrays' file and its hash. It is replaced last and in one step, so a reader
sees the old model or the new one and nothing between.
"""

import hashlib
import io
import json
import os
import tempfile
import threading
import zipfile
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from matching.understanding.danger import Danger
from matching.understanding.danger_words import WIDTH
from matching.understanding.heads import Head
from matching.understanding.linear import Linear
from matching.understanding.model import Model, Thresholds
from matching.understanding.status import CUES
from matching.understanding.topics import Topics
from matching.understanding.vectorise import Floats, Vectoriser

#: Changes when the arrays mean something else, so that an old artefact is not misread.
FORMAT = 2
_INDEX = "model.json"

Record = TypeVar("Record", Head, Linear)
_Arrays = dict[str, np.ndarray[Any, np.dtype[Any]]]


class ModelMissing(Exception):
    """Nothing has been trained yet."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no trained model in {folder}. Run manage.py train.")


class ModelDamaged(Exception):
    """The artefact is not what training wrote."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"The model {path} cannot be read ({problem}). Run manage.py train --force."
        )


def save(model: Model, folder: Path) -> Path:
    """Write the model to `folder`, in one step, and return the path of its index."""
    folder.mkdir(parents=True, exist_ok=True)
    data = _packed(_arrays_of(model))
    digest = hashlib.sha256(data).hexdigest()
    arrays = f"model-{digest[:16]}.npz"
    index = {
        "format": FORMAT,
        "arrays": arrays,
        "sha256": digest,
        "corpus": model.digest,
        "recipe": recipe(),
        "codes": model.codes,
        "counts": model.counts,
        "figures": model.figures,
        "thresholds": asdict(model.thresholds),
    }
    _replace(folder / arrays, data)
    _replace(folder / _INDEX, json.dumps(index, indent=1, sort_keys=True).encode())
    for old in folder.glob("model-*.npz"):
        if old.name != arrays:
            old.unlink(missing_ok=True)
    return folder / _INDEX


def recipe() -> str:
    """A hash of the code and the word lists that training uses."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted([*folder.glob("*.py"), *folder.glob("*.toml")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def load(folder: Path) -> Model:
    """Read the model in `folder`. Raises ModelMissing or ModelDamaged."""
    index = load_index(folder)
    path = folder / str(index["arrays"])
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelDamaged(path, "there is no such file") from error
    if hashlib.sha256(data).hexdigest() != index["sha256"]:
        raise ModelDamaged(path, "its content has changed")
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as packed:
            model = _model_of(dict(packed), index)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ModelDamaged(path, str(error)) from error
    if len(model.danger.flags) != WIDTH or len(model.topics.cue_weights) != CUES:
        raise ModelDamaged(path, "the lists of words have changed since it was trained")
    return model


def load_index(folder: Path) -> dict[str, Any]:
    """What is known of the model without its arrays. Raises ModelMissing or ModelDamaged."""
    path = folder / _INDEX
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelMissing(folder) from error
    except ValueError as error:
        raise ModelDamaged(path, "it is not JSON") from error
    if not isinstance(index, dict) or not {"arrays", "sha256", "codes"} <= index.keys():
        raise ModelDamaged(path, "parts of it are missing")
    if index.get("format") != FORMAT:
        raise ModelDamaged(path, "it was written by another version")
    return index


_loaded: tuple[tuple[str, int, int], Model] | None = None
_loading = threading.Lock()


def current_model() -> Model:
    """The model in settings.MODEL_DIR, read once a process and again when the file changes."""
    global _loaded
    from django.conf import settings

    folder = Path(settings.MODEL_DIR)
    try:
        stat = (folder / _INDEX).stat()
    except OSError as error:
        raise ModelMissing(folder) from error
    state = (str(folder), stat.st_mtime_ns, stat.st_size)
    kept = _loaded
    if kept is not None and kept[0] == state:
        return kept[1]
    with _loading:
        if _loaded is None or _loaded[0] != state:
            _loaded = (state, load(folder))
        return _loaded[1]


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _packed(arrays: _Arrays) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _arrays_of(model: Model) -> _Arrays:
    records: dict[str, Head | Linear] = {
        "needs": model.needs,
        "first": model.first,
        "gone": model.gone,
        "topics": model.topics.joint,
        "danger_lines": model.danger.lines,
        "danger_message": model.danger.message,
        "levels": model.levels,
    }
    arrays: _Arrays = {
        "terms": _text(model.vectoriser.terms),
        "parts": _text(model.vectoriser.parts),
        "idf": model.vectoriser.idf,
        "cue_weights": model.topics.cue_weights,
        "danger_flags": model.danger.flags,
    }
    for name, record in records.items():
        for part in fields(record):
            arrays[f"{name}.{part.name}"] = getattr(record, part.name)
    return {name: _narrow(array) for name, array in arrays.items()}


def _narrow(array: np.ndarray[Any, np.dtype[Any]]) -> np.ndarray[Any, np.dtype[Any]]:
    if array.ndim > 1 and array.dtype == np.float32:
        return array.astype(np.float16)
    return array


def _text(vocabulary: dict[str, int]) -> np.ndarray[Any, np.dtype[Any]]:
    return np.frombuffer("\n".join(vocabulary).encode(), np.uint8)


def _model_of(arrays: _Arrays, index: dict[str, Any]) -> Model:
    terms = bytes(arrays["terms"]).decode().split("\n")
    parts = bytes(arrays["parts"]).decode().split("\n")
    return Model(
        codes=tuple(index["codes"]),
        vectoriser=Vectoriser(
            terms={term: place for place, term in enumerate(terms)},
            parts={part: place for place, part in enumerate(parts, len(terms))},
            idf=_floats(arrays["idf"]),
        ),
        topics=Topics(_record(Linear, arrays, "topics"), _floats(arrays["cue_weights"])),
        needs=_record(Head, arrays, "needs"),
        first=_record(Head, arrays, "first"),
        gone=_record(Head, arrays, "gone"),
        danger=Danger(
            _record(Linear, arrays, "danger_lines"),
            _floats(arrays["danger_flags"]),
            _record(Linear, arrays, "danger_message"),
        ),
        levels=_record(Linear, arrays, "levels"),
        thresholds=Thresholds(**index["thresholds"]),
        digest=str(index["corpus"]),
        counts=dict(index["counts"]),
        figures=dict(index["figures"]),
    )


def _record(kind: type[Record], arrays: _Arrays, name: str) -> Record:
    return kind(**{part.name: _floats(arrays[f"{name}.{part.name}"]) for part in fields(kind)})


def _floats(array: np.ndarray[Any, np.dtype[Any]]) -> Floats:
    return np.ascontiguousarray(array, np.float32)
