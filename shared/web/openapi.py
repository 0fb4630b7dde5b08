"""OpenAPI as it is: FastAPI's description plus problem details, API keys and who may use each route."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi

from shared.identity.policy import PUBLIC, Rule
from shared.web.problem import Problem

_PLACE: Final = "#/components/schemas/"
_REFUSAL: Final = {
    "description": "Refused: a problem (RFC 9457) in the reader's language",
    "content": {"application/problem+json": {"schema": {"$ref": f"{_PLACE}Problem"}}},
}
_KEY: Final = {"type": "http", "scheme": "bearer", "description": "An API key: ccms_<id>_<secret>"}


def describe(app: FastAPI, policy: Sequence[Rule]) -> dict[str, Any]:
    """The OpenAPI document of an app; made once, kept in `app.openapi_schema`."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, routes=app.routes)
        _add_shared_parts(document)
        allowed = {rule.route: rule.allowed for rule in policy}
        for method, path, operation in operations(document):
            _complete(operation, allowed.get((method, path), frozenset()))
        app.openapi_schema = document
    return app.openapi_schema


def describe_routes(name: str, routers: Sequence[APIRouter], policy: Sequence[Rule]) -> dict[str, Any]:
    """The OpenAPI document of a service that is not running."""
    app = FastAPI(title=f"CCMS {name}", version="1")
    app.router.routes.extend(route for router in routers for route in router.routes)
    return describe(app, policy)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and operation of every route in an OpenAPI document."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def _add_shared_parts(document: dict[str, Any]) -> None:
    components = document.setdefault("components", {})
    schema = Problem.model_json_schema(ref_template=f"{_PLACE}{{model}}")
    schemas = components.setdefault("schemas", {})
    schemas |= schema.pop("$defs") | {"Problem": schema}
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    components["securitySchemes"] = {"apiKey": _KEY}


def _complete(operation: dict[str, Any], allowed: frozenset[str]) -> None:
    operation["responses"].pop("422", None)
    operation["responses"]["default"] = _REFUSAL
    operation["x-allowed"] = sorted(allowed)
    if PUBLIC not in allowed:
        operation["security"] = [{"apiKey": []}]
