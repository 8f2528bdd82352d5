"""A hash of the code that something was made by, so that it is made again when that changes."""

import ast
import hashlib
from pathlib import Path

_PACKAGE = "matching.understanding"
_FOLDER = Path(__file__).parent


def recipe(module: str) -> str:
    """Hash of a module of this package, of all it imports from it, and of the word lists.

    Comments and docstrings are left out: they change nothing.
    """
    digest = hashlib.sha256()
    for path in sorted(_stands_on(_FOLDER / f"{module}.py")):
        digest.update(_code(path))
    for path in sorted(_FOLDER.rglob("*.toml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _stands_on(start: Path) -> set[Path]:
    """The file and every file of the package that it imports, directly or not."""
    found, waiting = set[Path](), [start]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_PACKAGE):
                waiting += _files(node.module or "", [name.name for name in node.names])
    return found


def _files(module: str, names: list[str]) -> list[Path]:
    """The file of a module, or of the modules that are imported from a package."""
    place = _FOLDER.joinpath(*module.split(".")[2:])
    if place.is_dir():
        return [place / "__init__.py"] + [place / f"{name}.py" for name in names]
    return [place.with_suffix(".py")]


def _code(path: Path) -> bytes:
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (
            ast.get_docstring(node, clean=False) is not None
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree).encode()
