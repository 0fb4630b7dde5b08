"""Endpoints whose parameters are known when they are declared: called directly.

FastAPI finds out anew for each request what its endpoint depends on, and builds answers that it may need. For one that
takes a body and says its own answer, that costs more than all the rest of the request.
"""

from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction, signature
from typing import Any

from fastapi.dependencies.models import Dependant
from starlette.requests import Request
from starlette.responses import Response

Give = Callable[[Request], Awaitable[Any]]
Take = Callable[[Request, Any], Awaitable[Response]]


def taker(endpoint: Dependant) -> Take | None:
    """`take(request, body)` of an endpoint that needs nothing but its body, the request, and what is made of that.

    None for any other; those are FastAPI's.
    """
    if endpoint.call is None or len(endpoint.body_params) != 1:
        return None
    call = _caller(endpoint) if _is_response(signature(endpoint.call).return_annotation) else None
    if call is None:
        return None
    name = endpoint.body_params[0].name

    async def take(request: Request, body: Any) -> Response:
        response: Response = await call(request, **{name: body})
        return response

    return take


def _caller(dependant: Dependant) -> Callable[..., Awaitable[Any]] | None:
    call, own = dependant.call, dependant.request_param_name
    if call is None or not iscoroutinefunction(call) or _asks_more(dependant):
        return None
    inner: list[tuple[str, Give]] = []
    for needed in dependant.dependencies:
        give = None if needed.body_params or needed.name is None else _caller(needed)
        if give is None or needed.name is None:
            return None
        inner.append((needed.name, give))

    async def take(request: Request, **given: Any) -> Any:
        if own:
            given[own] = request
        for name, give in inner:
            given[name] = await give(request)
        return await call(**given)

    return take


def _asks_more(dependant: Dependant) -> bool:
    """Whether it takes parts of the request that FastAPI reads and checks, or has FastAPI make something for it."""
    read = dependant.path_params or dependant.query_params or dependant.header_params or dependant.cookie_params
    made = dependant.response_param_name or dependant.background_tasks_param_name
    return bool(read or made or dependant.http_connection_param_name or dependant.security_scopes_param_name)


def _is_response(returned: object) -> bool:
    return isinstance(returned, type) and issubclass(returned, Response)
