"""Whether two JSON Schemas of one event version can stand on one topic.

Both directions count: while versions of a service run side by side, new readers get old records and old readers new
ones. So everything that a reader checks stays as it is, and only fields that may be absent are added.
"""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

CHECKED = (
    "format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "multipleOf", "minItems", "maxItems", "uniqueItems",
)  # fmt: skip
WHAT_TO_DO = (
    "An incompatible change needs a new version with a topic of its own (<type>.v2), and both are sent for a while."
)


def broken(stored: Schema, today: Schema) -> list[str]:
    """What of `today` the stored version forbids, as sentences that name the field; empty when it is compatible."""
    return [f"{problem}. {WHAT_TO_DO}" for problem in _compare(_whole(stored), _whole(today), "data")]


def _whole(schema: Schema) -> Schema:
    """The schema with every reference put in its place."""
    return _resolved(schema, schema.get("$defs", {}))  # type: ignore[no-any-return]


def _resolved(part: Any, definitions: Schema) -> Any:
    if isinstance(part, list):
        return [_resolved(inner, definitions) for inner in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _resolved(definitions[part["$ref"].removeprefix("#/$defs/")], definitions)
    return {name: _resolved(inner, definitions) for name, inner in part.items() if name != "$defs"}


def _compare(stored: Schema, today: Schema, path: str) -> Iterator[str]:
    yield from _types(stored, today, path)
    yield from _checks(stored, today, path)
    yield from _fields(stored, today, path)
    for name in ("items", "additionalProperties"):
        before, now = stored.get(name), today.get(name)
        if isinstance(before, dict) and isinstance(now, dict):
            yield from _compare(before, now, f"{path}[]")
        elif before != now:
            yield f"{path}: {name} was changed"


def _types(stored: Schema, today: Schema, path: str) -> Iterator[str]:
    before, now = _kinds(stored), _kinds(today)
    if gone := sorted(before - now):
        yield f"{path}: {', '.join(gone)} is no longer allowed"
    if new := sorted(now - before):
        yield f"{path}: {', '.join(new)} is new, and readers of this version refuse it"
    for kind, one in _choices(stored).items():
        if kind in (others := _choices(today)):
            yield from _compare(one, others[kind], path)


def _kinds(schema: Schema) -> set[str]:
    """The types and values that a schema allows at its top."""
    values = {f"value {value!r}" for value in schema.get("enum", [schema["const"]] if "const" in schema else [])}
    kinds = {f"type {schema['type']}"} if "type" in schema else set()
    return values | kinds | set(_choices(schema))


def _choices(schema: Schema) -> Schema:
    several = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    return {f"type {_called(one)}": one for one in several}


def _called(choice: Schema) -> str:
    """Objects are told apart by their titles, of which a union holds several."""
    kind = str(choice.get("type", "any"))
    return str(choice.get("title", kind)) if kind in ("object", "any") else kind


def _checks(stored: Schema, today: Schema, path: str) -> Iterator[str]:
    for name in CHECKED:
        if stored.get(name) != today.get(name):
            yield f"{path}: {name} was {stored.get(name)!r} and is {today.get(name)!r}"


def _fields(stored: Schema, today: Schema, path: str) -> Iterator[str]:
    before, now = stored.get("properties", {}), today.get("properties", {})
    must, has_to = set(stored.get("required", ())), set(today.get("required", ()))
    for name in before:
        if name not in now:
            yield f"{path}.{name} was removed"
        else:
            yield from _compare(before[name], now[name], f"{path}.{name}")
    for name in sorted(has_to - must):
        yield f"{path}.{name} is required now, and records that stand on the topic lack it"
    for name in sorted((must - has_to) & set(now)):
        yield f"{path}.{name} is no longer required, and readers of this version need it"
