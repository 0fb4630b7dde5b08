"""Lists in pages: `limit`, an opaque cursor `after`, and `{"items": […], "next": …}`.

A cursor is the place (sort key and id) behind the last item, so that rows which come or go in between neither
repeat nor hide others. It carries a checksum with its list's path: that is no secret (it opens nothing that
the list itself would not show), it tells a cut, edited or foreign cursor from a good one.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2s
from typing import Annotated, Final, Generic, TypeVar
from urllib.parse import urlencode

import orjson
from fastapi import Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from shared.web.refusals import UnknownCursor

MOST: Final = 200
USUAL: Final = 50

_CHECK_BYTES: Final = 6
_Number = Annotated[int, Field(ge=-(2**63), lt=2**63)]
_PLACE: Final = TypeAdapter(tuple[str | _Number, str], config=ConfigDict(strict=True))

Row = TypeVar("Row")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place behind one row: its sort key (text, or a whole number such as milliseconds) and its id.

    The checksum is no secret, and a list may have other keys under other filters: `text`, `number` and `moment` raise
    `UnknownCursor` when the key is none.
    """

    key: str | int
    id: str

    @property
    def text(self) -> str:
        """The key of a list by name or day."""
        if not isinstance(self.key, str):
            raise UnknownCursor("after")
        return self.key

    @property
    def number(self) -> int:
        """The key of a list by number."""
        if isinstance(self.key, str):
            raise UnknownCursor("after")
        return self.key

    @property
    def moment(self) -> datetime:
        """The key of a list by time, in milliseconds."""
        try:
            return datetime.fromtimestamp(self.number / 1000, UTC)
        except (ValueError, OverflowError, OSError):
            raise UnknownCursor("after") from None


class Page(BaseModel, Generic[T]):
    """One page of a list."""

    items: list[T]
    next: str | None = Field(description="The cursor of the next page, for `after`; null at the end")


@dataclass(frozen=True, slots=True)
class Paging:
    """What a request asks of a list: read `fetch` rows behind `after`, one more than are shown."""

    limit: int
    after: Cursor | None
    path: str

    def at(self, path: str) -> "Paging":
        """The same for a list that stands at another path (a part of a page has the cursors of its page)."""
        return replace(self, path=path)

    @property
    def fetch(self) -> int:
        """How many rows to read."""
        return self.limit + 1

    def cut(self, rows: Sequence[Row], place: Callable[[Row], Cursor]) -> tuple[Sequence[Row], str | None]:
        """The rows to show of those fetched, and the cursor of the next page."""
        shown = rows[: self.limit]
        return shown, write_cursor(place(shown[-1]), self.path) if len(rows) > self.limit else None

    def link(self, cursor: str | None, **kept: str) -> str | None:
        """The address of the page at a cursor, for a pager; `kept` are further query parameters."""
        return f"{self.path}?{urlencode({**kept, 'after': cursor})}" if cursor else None


def write_cursor(cursor: Cursor, path: str) -> str:
    """A cursor as text."""
    body = orjson.dumps([cursor.key, cursor.id])
    return urlsafe_b64encode(_check(body, path) + body).rstrip(b"=").decode()


def read_cursor(text: str, path: str) -> Cursor:
    """The cursor that `write_cursor` wrote for the same path; raises `UnknownCursor` (field `after`)."""
    try:
        raw = urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
    except ValueError:
        raise UnknownCursor("after") from None
    check, body = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
    cursor = _place(body) if check == _check(body, path) else None
    if cursor is None or write_cursor(cursor, path) != text:
        raise UnknownCursor("after")
    return cursor


async def paging_of(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MOST, description="Most items")] = USUAL,
    after: Annotated[str | None, Query(max_length=1000, description="`next` of the page before")] = None,
) -> Paging:
    """The dependency behind `PagingQuery`."""
    path = request.url.path
    return Paging(limit, read_cursor(after, path) if after else None, path)


PagingQuery = Annotated[Paging, Depends(paging_of)]
"""A parameter of an endpoint that lists."""


def _check(body: bytes, path: str) -> bytes:
    return blake2s(body, key=path.encode()[:32], digest_size=_CHECK_BYTES).digest()


def _place(body: bytes) -> Cursor | None:
    """None for what is no place: anybody can work out the checksum."""
    try:
        key, id = _PLACE.validate_json(body)
    except ValidationError:
        return None
    return Cursor(key, id)
