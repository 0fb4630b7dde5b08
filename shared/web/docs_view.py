"""An OpenAPI document as the documentation page shows it: routes, parameters, shapes, an example call."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

from shared.web.openapi import operations

_PLACE: Final = "#/components/schemas/"
_EXAMPLES: Final[dict[str, object]] = {
    "integer": 1,
    "number": 1.0,
    "boolean": True,
    "array": [],
    "object": {},
    "string": "…",
}


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One parameter or field: `kind` in OpenAPI's words, `note` what else is known of it."""

    name: str
    kind: str
    required: bool
    note: str


@dataclass(frozen=True, slots=True)
class RouteShown:
    """One route as a reader needs it."""

    method: str
    path: str
    summary: str
    description: str
    allowed: list[str]
    parameters: list[FieldShown]
    fields: list[FieldShown]
    answers: list[str]
    example: str


def routes_shown(document: dict[str, Any], origin: str) -> list[RouteShown]:
    """Every route of an OpenAPI document, in its order."""
    schemas = document["components"]["schemas"]
    return [_route(method, path, each, schemas, origin) for method, path, each in operations(document)]


def _route(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any], origin: str) -> RouteShown:
    body = _body(operation, schemas)
    return RouteShown(
        method=method,
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        allowed=operation["x-allowed"],
        parameters=[_parameter(each) for each in operation.get("parameters", ())],
        fields=list(_fields(body, schemas)),
        answers=[f"{status} {answer['description']}" for status, answer in operation["responses"].items()],
        example=_curl(method, origin + path, body, schemas, secured="security" in operation),
    )


def _body(operation: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return _resolved(content.get("schema", {}), schemas)


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    chosen = options[0] if options else schema
    reference = chosen.get("$ref", "")
    return dict(schemas[reference.removeprefix(_PLACE)]) if reference else chosen


def _parameter(parameter: dict[str, Any]) -> FieldShown:
    schema = parameter["schema"]
    return FieldShown(parameter["name"], f"{parameter['in']}, {_kind(schema)}", parameter["required"], _note(schema))


def _fields(body: dict[str, Any], schemas: dict[str, Any], prefix: str = "") -> Iterator[FieldShown]:
    for name, schema in body.get("properties", {}).items():
        resolved = _resolved(schema, schemas)
        yield FieldShown(prefix + name, _kind(resolved), name in body.get("required", ()), _note(schema | resolved))
        if "properties" in resolved and prefix.count(".") < 3:
            yield from _fields(resolved, schemas, f"{prefix}{name}.")


def _kind(schema: dict[str, Any]) -> str:
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    chosen = options[0] if options else schema
    if "enum" in chosen:
        return " | ".join(map(str, chosen["enum"]))
    return " ".join(filter(None, (chosen.get("type", "object"), chosen.get("format", ""))))


def _note(schema: dict[str, Any]) -> str:
    bounds = {
        "minLength": "≥",
        "maxLength": "≤",
        "minimum": "≥",
        "maximum": "≤",
        "minItems": "≥",
        "maxItems": "≤",
    }
    parts = [
        schema.get("description", ""),
        *(f"{sign} {schema[key]}" for key, sign in bounds.items() if key in schema),
    ]
    return " · ".join(filter(None, parts))


def _curl(method: str, url: str, body: dict[str, Any], schemas: dict[str, Any], *, secured: bool) -> str:
    words = ["curl", shlex.quote(url)] if method == "GET" else ["curl", "-X", method, shlex.quote(url)]
    if secured:
        words += ["-H", '"Authorization: Bearer $CCMS_API_KEY"']
    if body:
        text = orjson.dumps(_example(body, schemas)).decode()
        words += ["-H", "'Content-Type: application/json'", "-d", shlex.quote(text)]
    return " ".join(words)


def _example(body: dict[str, Any], schemas: dict[str, Any]) -> object:
    if "example" in body or body.get("examples"):
        return body.get("example") or body["examples"][0]
    if "properties" not in body:
        return body["enum"][0] if "enum" in body else _EXAMPLES[body.get("type", "string")]
    needed = body.get("required") or list(body["properties"])[:1]
    return {name: _example(_resolved(body["properties"][name], schemas), schemas) for name in needed}
