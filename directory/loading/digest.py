"""Whether files are the ones that were loaded last."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.utils import timezone

from directory.models import LoadedFixture


def digest_of(paths: Iterable[Path], layout: int = 1) -> str:
    """SHA-256 of the names and contents of files, in order of name.

    `layout`: raise it when the same files are to be loaded into other rows than before. A path
    that is not there counts as an absent file, so that making it changes the digest.
    """
    digest = hashlib.sha256(f"layout {layout}".encode())
    for path in sorted(paths, key=lambda path: path.name):
        content = path.read_bytes() if path.exists() else b""
        digest.update(f"\0{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def is_loaded(name: str, digest: str) -> bool:
    """Whether the set of files called `name` was last loaded with this digest."""
    return LoadedFixture.objects.filter(name=name, digest=digest).exists()


def remember(name: str, digest: str) -> None:
    """Note, in the caller's transaction, what was loaded."""
    LoadedFixture.objects.update_or_create(
        name=name, defaults={"digest": digest, "loaded_at": timezone.now()}
    )
