"""Load a rules file, or say which file, which field, and what would be right."""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

LARGEST_FILE = 1_000_000
DEEPEST = 40
"""Levels of nesting; the parser puts each on the program's stack, and tens of thousands would end the process."""

Rules = TypeVar("Rules", bound=BaseModel)


class RulesError(Exception):
    """A rules file that cannot be used: `file`, `field` ("" for the whole file) and `problem`."""

    def __init__(self, file: Path | str, field: str, problem: str) -> None:
        self.file, self.field, self.problem = str(file), field, problem
        super().__init__(": ".join(part for part in (self.file, field, problem) if part))


class RulesPart(BaseModel):
    """A piece of a rules file: exact types, no unknown field, never changed after loading."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Names(RulesPart):
    """What people call something, in both languages."""

    ko: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_(self, language: str) -> str:
        """The name in one language."""
        return self.ko if language == "ko" else self.en


class RulesFile(RulesPart):
    """What every rules file begins with: its version, from when it holds, and where it comes from."""

    version: str = Field(min_length=1)
    effective: date
    source: str = Field(min_length=1)


def find_rules(name: str, shipped: Path, override: Path | None = None) -> Path:
    """The file `name` in the administrator's folder if it is there, else the one that is shipped."""
    if Path(name).name != name:
        raise RulesError(name, "", "must be a plain file name without a folder")
    if override is not None and not os.path.isdir(override):  # Path.is_dir raises for a name that is too long
        raise RulesError(override, "", "is not a folder; name the folder that holds your own rules files")
    for folder in (override, shipped):
        if folder is not None and (folder / name).is_file():
            return folder / name
    raise RulesError(shipped / name, "", "was not found")


def load_rules(path: Path, model: type[Rules]) -> Rules:
    """Read the YAML file at `path` as `model`. Raises RulesError with file, field and what would be right."""
    content = _parse(path, _read(path))
    if not isinstance(content, dict):
        raise RulesError(path, "", "must be a mapping of names to values")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise _first_problem(path, error) from None


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise RulesError(path, "", f"is larger than {LARGEST_FILE} bytes")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RulesError(path, "", "must be text in UTF-8") from None
    except OSError as error:
        raise RulesError(path, "", f"cannot be read ({error.strerror})") from None


class _Loader(yaml.CSafeLoader):
    """The safe loader, which also refuses a key that stands twice: one of the two would be lost silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.MarkedYAMLError(problem=f'"{name}" stands twice', problem_mark=key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


def _parse(path: Path, text: str) -> Any:
    try:
        _check_depth(text)
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise RulesError(path, line, f"is not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise RulesError(path, "", f"is not valid YAML: {error}") from None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):  # whatever a tag's constructor raises
        raise RulesError(path, "", "is not valid YAML: a value is none of its kind, such as 2026-13-41") from None


def _check_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise yaml.YAMLError(f"nested deeper than {DEEPEST} levels")


def _first_problem(path: Path, error: ValidationError) -> RulesError:
    first, *others = error.errors(include_url=False)
    field = _field_name(first["loc"])
    problem = _WHAT_WOULD_BE_RIGHT.get(first["type"], first["msg"].removeprefix("Value error, "))
    more = f" (and {len(others)} more)" if others else ""
    return RulesError(path, field, problem + more)


def _field_name(loc: Iterable[str | int]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


_WHAT_WOULD_BE_RIGHT = {
    "missing": "is missing; add it",
    "extra_forbidden": "is not a known field; remove it or correct its spelling",
    "string_type": "must be text; put it in quotes",
    "date_type": "must be a date, written 2026-01-31 without quotes",
}
