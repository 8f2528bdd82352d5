"""The trained model on disk: arrays in an .npz, everything else in JSON, never a pickle.

`model.json` names the arrays' file and its hash. It is replaced last and in one step, so a reader
sees the old model or the new one and nothing between. Two trainings write one after the other.
"""

import hashlib
import json
import threading
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from matching.understanding.danger_words import WIDTH
from matching.understanding.encoder.aligning import aligned_encoder
from matching.understanding.encoder.encoder import State, current_encoder, state_of
from matching.understanding.model import Model
from matching.understanding.packing import arrays_of, index_of, model_of, packed, unpacked
from matching.understanding.recipe import recipe
from matching.understanding.status import CUES
from matching.understanding.writing import alone, replace_file

#: Changes when the arrays mean something else, so that an old artefact is not misread.
FORMAT = 9
_INDEX = "model.json"
#: Held by the one that writes; empty, and stays.
_LOCK = ".lock"


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
    """Write the model to `folder`, in one step, and return the path of its index.

    Takes away the arrays of the model that it replaces, and no other file.
    """
    data = packed(arrays_of(model))
    digest = hashlib.sha256(data).hexdigest()
    arrays = f"model-{digest[:16]}.npz"
    index = {
        "format": FORMAT,
        "arrays": arrays,
        "sha256": digest,
        "codes": model.codes,
        "recipe": recipe("training"),
        "encoder": model.judges.encoder_digest,
        **index_of(model),
    }
    with alone(folder / _LOCK, waiting=lambda: None):
        replaced = _arrays_named_in(folder)
        replace_file(folder / arrays, data)
        replace_file(folder / _INDEX, json.dumps(index, indent=1, sort_keys=True).encode())
        if replaced and replaced != arrays:
            (folder / Path(replaced).name).unlink(missing_ok=True)
    return folder / _INDEX


def _arrays_named_in(folder: Path) -> str | None:
    """The arrays of the model that is there, of whatever format; None where nothing names any."""
    try:
        index = json.loads((folder / _INDEX).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return index.get("arrays") if isinstance(index, dict) else None


def load(folder: Path) -> Model:
    """Read the model in `folder`. Raises ModelMissing or ModelDamaged."""
    index = load_index(folder)
    path = folder / str(index["arrays"])
    try:
        data = path.read_bytes()
    except OSError as error:
        # A training that ended meanwhile took the arrays away, and its index names the new ones.
        if load_index(folder) != index:
            return load(folder)
        raise ModelDamaged(path, "there is no such file") from error
    if hashlib.sha256(data).hexdigest() != index["sha256"]:
        raise ModelDamaged(path, "its content has changed")
    try:
        model = model_of(unpacked(data), index)
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


_loaded: tuple[tuple[str, int, int, State], Model] | None = None
_loading = threading.Lock()


def current_model() -> Model:
    """The model in settings.MODEL_DIR, read once a process and again when it is trained anew.

    Also when a file of the encoder changes: one that was missing or damaged may have come back.
    """
    global _loaded
    from django.conf import settings

    folder, encoder_folder = Path(settings.MODEL_DIR), Path(settings.ENCODER_DIR)
    try:
        stat = (folder / _INDEX).stat()
    except OSError as error:
        raise ModelMissing(folder) from error
    state = (str(folder), stat.st_mtime_ns, stat.st_size, state_of(encoder_folder))
    kept = _loaded
    if kept is not None and kept[0] == state:
        return kept[1]
    with _loading:
        if _loaded is None or _loaded[0] != state:
            _read_by_one_thread()
            _loaded = (state, with_encoder(load(folder), encoder_folder))
        return _loaded[1]


def _read_by_one_thread() -> None:
    """Keep numpy to one thread in this process: what is parallel are the workers.

    Its products are small here. A second thread finds nothing to do in them and spins meanwhile,
    which cost more than half of the processor's time and a fifth of the answer's.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")


def with_encoder(model: Model, folder: Path) -> Model:
    """The model with the encoder that it was trained beside, where that one is in `folder`."""
    judges = model.judges
    encoder = current_encoder(folder, judges.encoder_digest) if judges.together else None
    if encoder is None:
        return model
    return replace(model, encoder=aligned_encoder(encoder, model.codes))
