"""Small files, short functions, names of the field, the same rooms in every service."""

import re
from pathlib import Path

from tests.architecture.tree import files, functions, python_files, services, text

NORMAL_FILE, LARGEST_FILE, LARGEST_FUNCTION = 150, 300, 40
NORMAL_SHARE = 0.9
"""At least this share of the files stays within the normal size."""
NAMELESS = re.compile(r"(^|_)(utils?|helpers?|managers?|commons?|base|misc|stuff|lib|funcs?)($|_)")
NAMELESS_CLASS = re.compile(r"(Utils?|Helper|Manager|Base|Impl)$")
ROOMS = {
    "README.md", "__init__.py", "api", "consumers", "domain", "handlers", "jobs", "main", "pages", "presenting",
    "repository", "rules", "schemas", "service", "templates", "views",
}  # fmt: skip


def length(path: Path) -> int:
    return text(path).count("\n")


def test_no_file_and_no_function_is_too_long() -> None:
    long = [f"{path}: {length(path)} lines" for path in python_files() if length(path) > LARGEST_FILE]
    for path in python_files():
        for function in functions(path):
            lines = (function.end_lineno or 0) - function.lineno + 1
            if lines > LARGEST_FUNCTION:
                long.append(f"{path}:{function.lineno} {function.name}: {lines} lines")
    assert long == [], f"at most {LARGEST_FILE} lines a file and {LARGEST_FUNCTION} a function"


def test_most_files_are_of_normal_size() -> None:
    long = sorted(f"{length(path)} {path}" for path in python_files() if length(path) > NORMAL_FILE)
    assert len(long) <= (1 - NORMAL_SHARE) * len(python_files()), long


def test_a_name_says_what_it_is() -> None:
    nameless = [str(path) for path in files() if any(NAMELESS.search(part) for part in (path.stem, *path.parts[:-1]))]
    nameless += [
        f"{path}: class {name}"
        for path in python_files()
        for name in re.findall(r"^\s*class (\w+)", text(path), re.MULTILINE)
        if NAMELESS_CLASS.search(name)
    ]
    assert nameless == []


def test_every_service_has_the_same_rooms() -> None:
    for service in services():
        inside = {path.parts[2] for path in files() if path.parts[:2] == ("services", service)}
        rooms = {name.removesuffix(".py") if name != "__init__.py" else name for name in inside}
        assert rooms == ROOMS, f"services/{service}"


def test_no_test_is_put_aside() -> None:
    """What a platform cannot do may be left out there, nothing else."""
    aside = re.compile(r"\b(?:pytest|mark)\.(?:skip|xfail|importorskip)\b|\.skipif\((?!sys\.platform)")
    found = [str(path) for path in python_files("tests") if aside.search(text(path))]
    assert found == []
