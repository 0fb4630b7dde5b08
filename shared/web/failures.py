"""Every error becomes a problem here: as JSON for programs, as a page for people."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.errors import Refused, Unauthenticated, Unavailable
from shared.obs.context import correlation_id
from shared.obs.log import kind_and_place, logger
from shared.web import problem
from shared.web.etags import NotModified
from shared.web.problem import Problem
from shared.web.rates import TooManyRequests
from shared.web.reader import is_part, language_of, wants_page
from shared.web.sign_in import sign_in_address

Handlers = dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]]


class ProblemPage(Protocol):
    """Draws a problem as a page."""

    def __call__(self, request: Request, problem: Problem) -> Response:
        """The page, with the problem's status."""
        ...


class AnswerBroken(Exception):
    """An error after the answer had begun: all that is left is to close the connection."""


class Failures:
    """Knows how to answer an error: language, form, headers. `page` draws problems for people."""

    def __init__(self, default_language: str, page: ProblemPage | None = None) -> None:
        self._default, self._page = default_language, page

    def answer(self, scope: Scope, error: Exception) -> Response:
        """The response to an error; an unexpected one is logged."""
        if isinstance(error, NotModified):
            return Response(status_code=304, headers={"ETag": error.etag})
        if type(error) is Unauthenticated and _looks_at_a_page(scope):
            return RedirectResponse(sign_in_address(scope), 303)
        found = self._problem(_behind(error), language_of(scope, self._default))
        response = self._drawn(scope, found)
        response.headers.update(_headers(_behind(error)))
        return response

    @property
    def handlers(self) -> Handlers:
        """The handlers for FastAPI's exception middleware."""

        async def handle(request: Request, error: Exception) -> Response:
            return self.answer(request.scope, error)

        return dict.fromkeys((Refused, Unavailable, HTTPException, RequestValidationError, NotModified), handle)

    def _problem(self, error: Exception, language: str) -> Problem:
        match error:
            case Refused():
                return problem.refused(error, language)
            case RequestValidationError():
                return problem.invalid(error.errors(), language)
            case Unavailable():
                return problem.unavailable(error, language)
            case HTTPException():
                return problem.of_status(error, language)
        log_unexpected(error)
        return problem.unexpected(language)

    def _drawn(self, scope: Scope, found: Problem) -> Response:
        if self._page and wants_page(scope):
            return self._page(Request(scope), found)
        body = found.model_dump_json().encode()
        return Response(body, found.status, media_type="application/problem+json")


class CatchAll:
    """ASGI: answers whatever the app and the middlewares inside raise."""

    def __init__(self, app: ASGIApp, failures: Failures) -> None:
        self._app, self._failures = app, failures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on; an error before the answer has begun becomes a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, note)
        except ClientDisconnect:
            return
        except Exception as error:
            if begun:
                log_unexpected(error)
                raise AnswerBroken(correlation_id.get()) from None
            await self._failures.answer(scope, error)(scope, receive, send)


def log_unexpected(error: Exception) -> None:
    """Logs the kind of an error and where it came from; not its message."""
    logger.error("unexpected error", **kind_and_place(error))


def _looks_at_a_page(scope: Scope) -> bool:
    """Whether a person opens a page: one who sends a form has typed something, and stays with it."""
    return scope["method"] in {"GET", "HEAD"} and wants_page(scope) and not is_part(scope)


def _behind(error: Exception) -> Exception:
    # FastAPI turns what a form's body raises into a plain 400; the cause says more.
    cause = error.__cause__
    return cause if isinstance(error, HTTPException) and isinstance(cause, Refused) else error


def _headers(error: Exception) -> dict[str, str]:
    match error:
        case Unavailable():
            return {"Retry-After": str(error.retry_after)}
        case HTTPException():
            return dict(error.headers or {})
        case TooManyRequests():
            return {"Retry-After": str(error.retry_after)}
        case Refused(status=401):
            return {"WWW-Authenticate": "Bearer"}
        case Refused(status=408 | 413):
            return {"Connection": "close"}
    return {}
