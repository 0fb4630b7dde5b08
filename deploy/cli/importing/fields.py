"""The fields of a complaint that a column may be mapped to, as the shape of a filing has them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from typing import Any, Final, Literal

from services.intake.domain.filing import Filing

Form = Literal["text", "moment", "day", "flag", "whole", "choice"]
FORMATS: Final[Mapping[str, Form]] = {"date-time": "moment", "date": "day"}
TYPES: Final[Mapping[str, Form]] = {"string": "text", "boolean": "flag", "integer": "whole"}
BODY: Final = "body"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `path` as people write it (`product.code`), `steps` where it stands in a filing (0 in a list)."""

    path: str
    steps: tuple[str | int, ...]
    form: Form
    choices: tuple[str, ...] = ()


@cache
def fields() -> dict[str, Field]:
    """Every field by its path, in the order of the filing. Of a list a row fills the first entry."""
    schema = Filing.model_json_schema()
    return {field.path: field for field in _fields(schema, schema.get("$defs", {}), (), ())}


def _fields(
    schema: Mapping[str, Any], known: Mapping[str, Any], path: tuple[str, ...], steps: tuple[str | int, ...]
) -> Iterator[Field]:
    for name, stated in schema["properties"].items():
        part = _resolved(stated, known)
        here, there = (*path, name), (*steps, name)
        if part.get("type") == "array":
            part, there = _resolved(part["items"], known), (*there, 0)
            if "properties" not in part:  # a list of plain values has no column of its own
                continue
        if "properties" in part:
            yield from _fields(part, known, here, there)
        elif form := _form(part):
            yield Field(".".join(here), there, form, tuple(part.get("enum", ())))


def _resolved(stated: Mapping[str, Any], known: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is meant behind references and "or nothing"."""
    options = [option for option in stated.get("anyOf", ()) if option.get("type") != "null"]
    meant = options[0] if options else stated
    name = meant.get("$ref", "").rpartition("/")[2]
    return _resolved(known[name], known) if name else meant


def _form(part: Mapping[str, Any]) -> Form | None:
    if "enum" in part:
        return "choice"
    return FORMATS.get(part.get("format", "")) or TYPES.get(part.get("type", ""))


def place(filing: dict[str, Any], steps: tuple[str | int, ...], value: object) -> None:
    """Put a value where its field stands, making what is around it."""
    here: Any = filing
    for step, following in pairwise(steps):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if not here:
                here.append(empty)
            here = here[0]
        else:
            here = here.setdefault(step, empty)
    here[steps[-1]] = value


def nearest(word: str, known: list[str]) -> str | None:
    """The name that was most likely meant."""
    by_fold = {name.casefold(): name for name in reversed(known)}
    found = get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None
