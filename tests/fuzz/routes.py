"""Every route of every service: with its row in the policy, and what OpenAPI or the framework knows of its inputs."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import compile_path

from deploy import registry
from shared.identity.policy import Rule
from shared.web.openapi import describe_routes, operations
from tests.conformance.who_may import rules_of
from tests.fuzz.shapes import Schema, Shapes

PARAM: Final = re.compile(r"{(\w+)(?::\w+)?}")
FILES: Final = re.compile(
    r"/(attachments|files|uploads|imports|[a-z]+-imports)$|/of/{kind}$|/additions$|/calls/{call_id}/files$"
)
TEXT: Final[Schema] = {"type": "string"}


@dataclass(frozen=True)
class Route:
    """One row of the policy. `answers`: status → schema of its JSON, of API routes; `body` is empty without one."""

    service: str
    rule: Rule
    shapes: Shapes = field(repr=False)
    operation: Mapping[str, Any] = field(repr=False)
    query: Mapping[str, Schema] = field(repr=False)

    @property
    def name(self) -> str:
        """As it stands in the report."""
        return f"{self.rule.method} {self.rule.path}"

    @property
    def is_page(self) -> bool:
        """Whether people look at it in a browser."""
        return not self.rule.path.startswith("/api/")

    @property
    def is_stream(self) -> bool:
        """Whether its answer has no end."""
        return self.rule.path.endswith("/v1/stream")

    @property
    def takes_files(self) -> bool:
        """Whether a file may come in."""
        return self.rule.method == "POST" and bool(FILES.search(self.rule.path))

    @cached_property
    def params(self) -> list[str]:
        """Names of what stands in its path."""
        return PARAM.findall(self.rule.path)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What its addresses look like."""
        return compile_path(self.rule.path)[0]

    @cached_property
    def body(self) -> Schema:
        """The schema of its JSON body."""
        content = self.operation.get("requestBody", {}).get("content", {})
        return dict(content.get("application/json", {}).get("schema", {}))

    @cached_property
    def answers(self) -> dict[int, Schema]:
        """Schemas of what it answers when all is well."""
        said = {int(status): how for status, how in self.operation.get("responses", {}).items() if status.isdigit()}
        return {
            status: how.get("content", {}).get("application/json", {}).get("schema", {}) for status, how in said.items()
        }


@dataclass(frozen=True)
class Routes:
    """All of them. `nouns`: a plural in addresses → the name of what follows it (`complaints` → `complaint_id`)."""

    all: list[Route]
    nouns: Mapping[str, str]
    documents: Mapping[str, dict[str, Any]]

    @classmethod
    def every(cls) -> "Routes":
        """Of every service."""
        documents, found = {}, []
        for name in registry.MODULES:
            service = registry.service(name)
            documents[name] = describe_routes(name, service.routers, service.policy)
            found += list(_routes_of(name, documents[name]))
        nouns = {
            noun: param
            for route in found
            for noun, param in re.findall(r"/([a-z-]+)/{(\w+)(?::\w+)?}", route.rule.path)
        }
        return cls(found, nouns, documents)

    def at(self, path: str) -> tuple[Route, dict[str, str]] | None:
        """The page at an address, and what stands in its places."""
        fixed = [route for route in self.all if route.rule.path == path]
        for route in fixed or self.all:
            if found := route.pattern.match(path):
                return route, found.groupdict()
        return None

    def noun_of(self, path: str) -> str:
        """The name of what a route's answer is about, empty when nobody asks for it by a name of its own."""
        parts = [part for part in path.split("/") if part]
        if parts and PARAM.fullmatch(parts[-1]):
            return PARAM.fullmatch(parts[-1])[1]  # type: ignore[index]
        return self.nouns.get(parts[-1], "") if parts else ""


def _routes_of(name: str, document: dict[str, Any]) -> Iterator[Route]:
    described = {(method, path): operation for method, path, operation in operations(document)}
    framework = _queries(registry.service(name).routers)
    shapes = Shapes(document)
    for rule in rules_of(name):
        operation = described.get(rule.route, {})
        said = {p["name"]: p["schema"] for p in operation.get("parameters", ()) if p["in"] == "query"}
        yield Route(
            name, rule, shapes, operation, {**said, **framework.get(rule.route, {}), "lang": {"enum": ["ko", "en"]}}
        )


def _queries(routers: Iterable[Any]) -> dict[tuple[str, str], dict[str, Schema]]:
    """Names of the query parameters of pages, which OpenAPI leaves out."""
    return {
        (method, route.path): dict.fromkeys(_names(route.dependant), TEXT)
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute) and not route.include_in_schema
        for method in route.methods or ()
    }


def _names(dependant: Dependant) -> Iterator[str]:
    yield from (each.alias for each in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _names(inner)
