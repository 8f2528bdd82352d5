"""A photo without what the camera wrote into it: where and when it was taken, and by whom."""

from io import BytesIO
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

#: How each kind is written again. Phones write JPEGs of several pictures (MPO): the first stays.
_WRITTEN: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90},
}
_ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}


class NotAPhoto(ValueError):
    """The file is none of the kinds that are kept."""


def cleaned(file: IO[bytes]) -> ContentFile:
    """The picture alone, upright, under a name that nobody can guess and that says nothing.

    EXIF with its position, XMP, IPTC, comments and embedded previews are left behind; the colour
    profile stays. Raises NotAPhoto.
    """
    file.seek(0)
    with Image.open(file) as opened:
        kind = "JPEG" if opened.format == "MPO" else str(opened.format)
        if kind not in _WRITTEN:
            raise NotAPhoto(f"A photo is a JPEG, PNG or WebP file, not {Path(kind).name}.")
        profile = opened.info.get("icc_profile")
        picture = ImageOps.exif_transpose(opened)
        if picture.mode not in ("L", "RGB", "RGBA"):
            picture = picture.convert("RGBA" if "transparency" in opened.info else "RGB")
        # A picture that is made from the points alone has nothing else to write.
        bare = Image.new(picture.mode, picture.size)
        bare.paste(picture)
    written = BytesIO()
    options = _WRITTEN[kind] | ({"icc_profile": profile} if profile else {})
    bare.save(written, format=kind, **options)
    return ContentFile(written.getvalue(), name=f"{uuid4().hex}{_ENDINGS[kind]}")
