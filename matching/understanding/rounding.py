"""Rounding a model to what the artefact holds, so that what is trained is what is loaded."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import numpy as np

Value = TypeVar("Value")


def halved(value: Value) -> Value:
    """The same value with each float array of more than one dimension rounded to 16 bits."""
    return _halved(value)  # type: ignore[no-any-return]


def _halved(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        if value.ndim > 1 and value.dtype == np.float32:
            return value.astype(np.float16).astype(np.float32)
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{part.name: _halved(getattr(value, part.name)) for part in fields(value)},
        )
    return value
