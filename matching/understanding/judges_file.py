"""The judges as they are shipped: arrays in an .npz, everything else in JSON for people to read."""

import hashlib
import json
import zipfile
from pathlib import Path

from matching.understanding.judges import Judges
from matching.understanding.packing import (
    arrays_of_judges,
    index_of_judges,
    judges_of,
    packed,
    unpacked,
)
from matching.understanding.writing import replace_file

_ARRAYS, _INDEX = "judges.npz", "judges.json"


class JudgesMissing(Exception):
    """There are no judges that can be read."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"The judges in {path} cannot be read ({problem}). Bring that file back as it was "
            "delivered, or run manage.py fit_judges."
        )


def save_judges(judges: Judges, folder: Path) -> None:
    """Write the judges to `folder`, which is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    data = packed(arrays_of_judges(judges))
    index = {"sha256": hashlib.sha256(data).hexdigest(), **index_of_judges(judges)}
    replace_file(folder / _ARRAYS, data)
    written = json.dumps(index, indent=1, sort_keys=True) + "\n"
    replace_file(folder / _INDEX, written.encode())


def load_judges(folder: Path) -> Judges:
    """Read the judges in `folder`. Raises JudgesMissing."""
    index_path, arrays_path = folder / _INDEX, folder / _ARRAYS
    try:
        index = json.loads(index_path.read_bytes())
        data = arrays_path.read_bytes()
    except OSError as error:
        raise JudgesMissing(Path(error.filename), "there is no such file") from error
    except ValueError as error:
        raise JudgesMissing(index_path, "it is not JSON") from error
    try:
        if hashlib.sha256(data).hexdigest() != index["sha256"]:
            raise JudgesMissing(arrays_path, "its content is not what the index beside it names")
        return judges_of(unpacked(data), index)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise JudgesMissing(index_path, f"{type(error).__name__}: {error}") from error
