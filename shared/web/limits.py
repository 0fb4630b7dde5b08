"""ASGI: how large a request may be and how long it may take; nothing beyond the limit is held in memory."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.errors import Unavailable
from shared.web.reader import header_of
from shared.web.refusals import AddressTooLong, BodyTooLarge, BodyTooSlow, HeadersTooLarge

_DIGITS: Final = 15  # more digits than any length has


@dataclass(frozen=True, slots=True)
class Limit:
    """Sizes in bytes. `seconds` until the answer begins; a stream that has begun may go on."""

    body: int = 1024 * 1024
    address: int = 8 * 1024
    headers: int = 32 * 1024
    seconds: float = 5.0


class Limits:
    """Refuses what is too large (413, 414, 431) or too slow (408 while the body arrives, else 503).

    `others` are the limits of single routes by path template, such as those that take files.
    """

    def __init__(self, app: ASGIApp, limit: Limit, others: Mapping[str, Limit] | None = None) -> None:
        self._app, self._limit = app, limit
        self._others = [(compile_path(path)[0], other) for path, other in (others or {}).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on within the limits; raises the refusal otherwise."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit_of(scope["path"])
        self._check(scope, limit)
        body = _Metered(receive, limit.body)
        try:
            async with asyncio.timeout(limit.seconds) as timer:

                async def begin(message: Message) -> None:
                    timer.reschedule(None)
                    await send(message)

                await self._app(scope, body, begin)
        except TimeoutError:
            if timer.expired():
                raise _too_slow(body, limit) from None
            raise

    def _limit_of(self, path: str) -> Limit:
        return next((limit for pattern, limit in self._others if pattern.match(path)), self._limit)

    def _check(self, scope: Scope, limit: Limit) -> None:
        if len(scope["path"]) + len(scope["query_string"]) > limit.address:
            raise AddressTooLong(limit=limit.address)
        if sum(len(name) + len(value) for name, value in scope["headers"]) > limit.headers:
            raise HeadersTooLarge(limit=limit.headers)
        declared = header_of(scope, b"content-length")
        if declared.isdecimal() and (len(declared) > _DIGITS or int(declared) > limit.body):
            raise _too_large(limit.body)


class _Metered:
    """Counts what arrives, since a chunked body declares no length."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._limit, self._seen = receive, limit, 0
        self._complete = False
        self.is_awaited = False

    async def __call__(self) -> Message:
        self.is_awaited = not self._complete
        message = await self._receive()
        self.is_awaited = False
        if message["type"] == "http.request":
            self._seen += len(message.get("body", b""))
            self._complete = not message.get("more_body", False)
            if self._seen > self._limit:
                raise _too_large(self._limit)
        return message


def _too_slow(body: _Metered, limit: Limit) -> Exception:
    if body.is_awaited:
        return BodyTooSlow(seconds=int(limit.seconds))
    return Unavailable()


def _too_large(limit: int) -> BodyTooLarge:
    return BodyTooLarge(limit=limit // 1024)
