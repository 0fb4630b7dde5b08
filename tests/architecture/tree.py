"""The files of the project as they stand, without what tools leave behind."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (".ci", "bench", "deploy", "docs", "requirements", "services", "shared", "tests")
BINARY = {".png", ".jpg", ".webp", ".woff2", ".ico", ".pyc", ".gz"}


@cache
def files() -> tuple[Path, ...]:
    """Every text file, relative to the root."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    for folder in FOLDERS:
        found += [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return tuple(sorted(p.relative_to(ROOT) for p in found if p.suffix not in BINARY and ".egg-info" not in str(p)))


def python_files(*folders: str) -> list[Path]:
    """Every Python file below these folders, or all."""
    wanted = folders or FOLDERS
    return [path for path in files() if path.suffix == ".py" and path.parts[0] in wanted]


@cache
def text(path: Path) -> str:
    """What a file says."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(text(path), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def services() -> list[str]:
    """The folders of the services."""
    return sorted({path.parts[1] for path in files() if path.parts[0] == "services" and len(path.parts) > 2})
