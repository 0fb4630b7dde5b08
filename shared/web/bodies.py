"""JSON bodies: read once, checked against their shape by Pydantic's own parser, errors by field.

`validate_json` reads and checks in one step, so strict types still take a date from its text; FastAPI gets
the finished model and passes it on.
"""

import re
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence, Set
from types import NoneType
from typing import Any, Final, TypeVar, get_args

from fastapi import params
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json
from starlette.requests import Request
from starlette.responses import Response

from shared.web.field_errors import OURS
from shared.web.plain import taker
from shared.web.reader import LANGUAGE_NAME, header_of
from shared.web.refusals import BrokenJson, NoBody, NotJson, TooDeep
from shared.web.shapes import NUL_TEXT, In

_PLACE: Final = re.compile(r"at line (\d+) column (\d+)$")
_JSON: Final = re.compile(r"application/([a-z0-9.+-]+\+)?json\s*(;.*)?", re.IGNORECASE)
_NUL: Final = b"\\u0000"

T = TypeVar("T", bound=In)
Answer = Callable[[Request], Coroutine[Any, Any, Response]]


class ShapeError(Exception):
    """A route declares a body that is no `In`; the text names the route."""


class JsonRoute(APIRoute):
    """The route class of every API router: `APIRouter(prefix=…, route_class=JsonRoute)`."""

    def get_route_handler(self) -> Answer:
        """FastAPI's handler, which gets the body as a finished model."""
        inner = super().get_route_handler()
        known = {*_query_names(self.dependant), LANGUAGE_NAME}

        async def answer(request: Request) -> Response:
            _refuse_unknown(request, known)
            return await inner(request)

        shape = self._shape()
        if shape is None:
            return answer
        needed = bool(self.body_field and self.body_field.field_info.is_required())
        take = taker(self.dependant) if needed else None

        async def handle(request: Request) -> Response:
            read = await _read(request, shape, needed)
            if take is None:
                return await answer(read)
            _refuse_unknown(read, known)
            return await take(read, read.model)

        return handle

    def _shape(self) -> type[In] | None:
        field = self.body_field
        if field is None or isinstance(field.field_info, params.Form):
            return None
        declared = field.field_info.annotation
        shapes = [part for part in get_args(declared) or (declared,) if part is not NoneType]
        if len(shapes) != 1 or not (isinstance(shapes[0], type) and issubclass(shapes[0], In)):
            raise ShapeError(f"{self.path}: the body has to be one model based on shared.web.shapes.In")
        return shapes[0]


def _refuse_unknown(request: Request, known: Set[str]) -> None:
    if request.scope["query_string"] and (unknown := request.query_params.keys() - known):
        raise RequestValidationError([{"type": "extra_forbidden", "loc": ("query", n)} for n in sorted(unknown)])


def _query_names(dependant: Dependant) -> Iterator[str]:
    """Names of all query parameters of an endpoint and of what it depends on."""
    yield from (field.alias for field in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _query_names(inner)


class _ReadRequest(Request):
    """A request whose JSON is a model already."""

    model: BaseModel | None = None

    async def json(self) -> Any:
        return self.model


async def _read(request: Request, shape: type[In], needed: bool) -> _ReadRequest:
    read = _ReadRequest(request.scope, request.receive, request._send)
    body = await read.body()
    if body:
        if not _JSON.fullmatch(header_of(request.scope, b"content-type")):
            raise NotJson
        read.model = parse(shape, body)
    elif needed:
        raise NoBody
    return read


def created(model: BaseModel, location: str) -> Response:
    """201 with the model as it is: it was checked when it was made, and is not checked again on the way out."""
    return Response(model.model_dump_json(), 201, {"Location": location}, "application/json")


def parse(shape: type[T], body: bytes) -> T:
    """The model in a JSON text; raises `BrokenJson`, `TooDeep` or FastAPI's `RequestValidationError`."""
    model, errors = check(shape, body)
    if model is not None:
        return model
    if errors[0]["type"] == "json_invalid":
        raise _broken(str(errors[0]["ctx"]["error"]))
    raise _invalid(errors)


def check(shape: type[T], body: bytes) -> tuple[T | None, Sequence[Mapping[str, Any]]]:
    """The model in a JSON text, or everything that is wrong with it, in Pydantic's form."""
    try:
        model = shape.model_validate_json(body)
    except ValidationError as invalid:
        return None, invalid.errors(include_url=False, include_input=False)
    paths = _nul_paths(from_json(body), ()) if _NUL in body else ()
    errors = [{"type": OURS, "loc": path, "ctx": {"text": NUL_TEXT}} for path in paths]
    return (None if errors else model), errors


def _broken(said: str) -> BrokenJson | TooDeep:
    if said.startswith("recursion limit"):
        return TooDeep()
    place = _PLACE.search(said)
    return BrokenJson(line=place[1] if place else 1, column=place[2] if place else 0)


def _nul_paths(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _nul_paths(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _nul_paths(inner, (*path, place))
    elif isinstance(value, str) and "\x00" in value:
        yield path


def _invalid(errors: Sequence[Mapping[str, Any]]) -> RequestValidationError:
    return RequestValidationError([{**error, "loc": ("body", *error["loc"])} for error in errors])
