"""The encoder at work: scores of each clause and of the whole message, in one pass."""

import hashlib
import io
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from matching.enquiry import Member
from matching.understanding.encoder.windows import Window, windows
from matching.understanding.linear import Linear, log_softmax, softmax
from matching.understanding.vectorise import Floats

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

NETWORK, TOKENS, HEADS = "encoder.onnx", "tokenizer.json", "heads.npz"
_FILES = (NETWORK, TOKENS, HEADS)
#: Log-odds of what the encoder has not read: the end of a very long message.
_UNREAD = -6.0


class EncoderMissing(Exception):
    """There is no encoder to read with: a file or a package is missing, or a file is damaged."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder makes of a message of n clauses: K needs, P presented needs.

    Of the clauses: `stated`, `named` (n, K) log-odds, `status` (n, 6) probabilities, `danger` (n,)
    log-odds, `presented` (n, P) log-probabilities. Of the whole: `needs`, `gone` (K,) log-odds,
    `first` (K + 1,) log-probabilities, the last for no need, `level` (5,) log-probabilities,
    `whole_danger` log-odds.
    """

    stated: Floats
    named: Floats
    status: Floats
    danger: Floats
    presented: Floats
    needs: Floats
    gone: Floats
    first: Floats
    level: Floats
    whole_danger: float


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands on the encoder's states, and what it was tuned for.

    `needs`: codes; `presented`: "code/slug" of each presented need.
    """

    clause: dict[str, Linear]
    whole: dict[str, Linear]
    needs: tuple[str, ...]
    presented: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Encoder:
    """The network, its tokeniser and its heads; `digest` changes with any of them."""

    session: "InferenceSession"
    tokenizer: "Tokenizer"
    heads: Heads
    digest: str

    def __call__(
        self, text: str, spans: Sequence[tuple[int, int]], members: Sequence[Member]
    ) -> Encoded:
        """Read a message with at least one clause; `spans` are the bounds of its clauses."""
        rows = windows(text, spans, members, self.tokenizer)
        return scored(self._states(rows), rows, len(spans), self.heads)

    def _states(self, rows: Sequence[Window]) -> list[Floats]:
        """The states (T, 384) of the tokens of each row."""
        longest = max(len(row.tokens) for row in rows)
        ids = np.zeros((len(rows), longest), np.int64)
        mask = np.zeros((len(rows), longest), np.float32)
        for place, row in enumerate(rows):
            ids[place, : len(row.tokens)], mask[place, : len(row.tokens)] = row.tokens, 1
        (states,) = self.session.run(None, {"ids": ids, "mask": mask})
        return [states[place, : len(row.tokens)] for place, row in enumerate(rows)]


def scored(states: Sequence[Floats], rows: Sequence[Window], clauses: int, heads: Heads) -> Encoded:
    """The heads over the states: each clause by the mean of its tokens, the whole by three views.

    The three: the mean of all tokens of the message, of the first tokens of the rows, and the
    highest of the clauses in each dimension.
    """
    owners = np.concatenate([row.clauses for row in rows])
    tokens = np.concatenate(states)
    mine = owners >= 0
    read = np.bincount(owners[mine], minlength=clauses).astype(np.float32)
    pooled = np.zeros((clauses, tokens.shape[1]), np.float32)
    np.add.at(pooled, owners[mine], tokens[mine])
    pooled /= np.maximum(read, 1)[:, None]
    unread = read == 0
    first = np.mean([state[0] for state in states], axis=0)
    mean = tokens[mine].mean(0) if mine.any() else first
    highest = pooled[~unread].max(0) if mine.any() else first
    whole = np.concatenate([mean, first, highest]).astype(np.float32)
    of_clauses = {name: head(pooled) for name, head in heads.clause.items()}
    of_whole = {name: head(whole[None])[0] for name, head in heads.whole.items()}
    for name in ("stated", "named", "danger"):
        of_clauses[name][unread] = _UNREAD
    return Encoded(
        stated=of_clauses["stated"],
        named=of_clauses["named"],
        status=softmax(of_clauses["status"]),
        danger=of_clauses["danger"][:, 0],
        presented=log_softmax(of_clauses["presented"]),
        needs=of_whole["needs"],
        gone=of_whole["gone"],
        first=log_softmax(of_whole["first"][None])[0],
        level=log_softmax(of_whole["level"][None])[0],
        whole_danger=float(of_whole["danger"][0]),
    )


def load_encoder(folder: Path) -> Encoder:
    """Read the encoder in `folder`. Raises EncoderMissing, naming the file or the package."""
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise EncoderMissing(f"{error.name} is not installed") from error
    contents = _contents(folder)
    options = onnxruntime.SessionOptions()
    # One thread a request: the workers are the parallel part.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    with _damage_said(folder / NETWORK):
        session = onnxruntime.InferenceSession(
            contents[NETWORK], options, providers=["CPUExecutionProvider"]
        )
    with _damage_said(folder / TOKENS):
        tokenizer = Tokenizer.from_buffer(contents[TOKENS])
    tokenizer.no_truncation()
    tokenizer.no_padding()
    with _damage_said(folder / HEADS):
        heads = read_heads(io.BytesIO(contents[HEADS]))
    return Encoder(session, tokenizer, heads, _digest(contents))


def digest_in(folder: Path) -> str:
    """The digest of the encoder in `folder`, from its bytes alone. Raises EncoderMissing."""
    return _digest(_contents(folder))


def _contents(folder: Path) -> dict[str, bytes]:
    try:
        return {name: (folder / name).read_bytes() for name in _FILES}
    except OSError as error:
        raise EncoderMissing(f"there is no {error.filename}") from error


def _digest(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents.values():
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


@contextmanager
def _damage_said(path: Path) -> Iterator[None]:
    try:
        yield
    # Exception: onnxruntime's errors have no other base, and each library raises its own.
    except Exception as error:
        raise EncoderMissing(f"{path} is damaged: {error}") from error


def read_heads(file: Path | IO[bytes]) -> Heads:
    with np.load(file, allow_pickle=False) as packed:
        arrays: dict[str, NDArray[Any]] = dict(packed)

    def heads(kind: str) -> dict[str, Linear]:
        names = [name.split(".")[1] for name in arrays if name.startswith(f"{kind}.")]
        return {
            name: Linear(
                arrays[f"{kind}.{name}.weights"].astype(np.float32),
                arrays[f"{kind}.{name}.biases"].astype(np.float32),
            )
            for name in dict.fromkeys(names)
        }

    return Heads(
        heads("clause"), heads("whole"), _names(arrays["needs"]), _names(arrays["presented"])
    )


def _names(array: NDArray[Any]) -> tuple[str, ...]:
    return tuple(bytes(array).decode().split("\n"))


#: When each file was changed and its size; None for one that is not there.
State = tuple[tuple[int, int] | None, ...]


def state_of(folder: Path) -> State:
    """What changes when a file of the encoder is replaced, without reading any."""
    return tuple(_stat(folder / name) for name in _FILES)


def _stat(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


_loading = threading.Lock()
_loaded: dict[str, tuple[State, Encoder | None]] = {}


def current_encoder(folder: Path, digest: str) -> Encoder | None:
    """The encoder of `folder` with this digest; None, and a line in the log, where it is not there.

    Read once a process and again when a file changes, unless the one that was read before is the
    one that is asked for: between fine-tuning and training a running process keeps the encoder
    that fits its model.
    """
    key = str(folder)
    with _loading:
        state, encoder = _loaded.get(key, (None, None))
        if encoder is not None and encoder.digest == digest:
            return encoder
        # Before the files are read: one that changes meanwhile is read again at the next call.
        now = state_of(folder)
        if state != now:
            try:
                encoder = load_encoder(folder)
            except EncoderMissing as error:
                logger.warning("Reading by word counts alone: %s.", error)
                encoder = None
            _loaded[key] = (now, encoder)
    if encoder is None or encoder.digest == digest:
        return encoder
    logger.warning("Reading by word counts alone: %s is not what the model fits.", folder)
    return None
