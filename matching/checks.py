"""System checks of the matcher: what is missing is said by `manage.py check`, with what to do."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from matching.understanding.artefact import ModelDamaged, ModelMissing, load_index
from matching.understanding.encoder.encoder import (
    HEADS,
    NETWORK,
    TOKENS,
    EncoderMissing,
    digest_in,
)


@register("matching")
def encoder_is_there(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Without the small language model the matcher works, and understands less."""
    folder = Path(settings.ENCODER_DIR)
    missing = [
        str(folder / name) for name in (NETWORK, TOKENS, HEADS) if not (folder / name).exists()
    ]
    missing += [name for name in ("onnxruntime", "tokenizers") if find_spec(name) is None]
    if not missing:
        return []
    return [
        Warning(
            f"The small language model cannot be used: {', '.join(missing)} not found.",
            hint="The matcher reads by word counts alone and understands less. Set ENCODER_DIR to "
            "the folder that holds the model (fixtures/encoder as delivered) and install "
            "requirements/base.txt.",
            id="matching.W001",
        )
    ]


@register("matching")
def encoder_fits_the_model(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """A model uses no other encoder than the one its judges were fitted beside, down to the byte.

    Says nothing where that one, or the model, is missing: `encoder_is_there` and the page do.
    """
    folder = Path(settings.ENCODER_DIR)
    if encoder_is_there():
        return []
    try:
        wanted = load_index(Path(settings.MODEL_DIR)).get("encoder")
    except (ModelMissing, ModelDamaged):
        return []
    try:
        if digest_in(folder) == wanted:
            return []
        problem = f"{folder} does not hold what the judges of the matcher were fitted beside"
    except EncoderMissing as error:
        problem = str(error)
    return [
        Warning(
            f"The small language model cannot be used: {problem}.",
            hint="The matcher reads by word counts alone and understands less. Bring the files of "
            "ENCODER_DIR back as they were delivered; after manage.py finetune, run fit_judges and "
            "train.",
            id="matching.W002",
        )
    ]
