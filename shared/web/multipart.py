"""Forms with files (`multipart/form-data`) as they arrive: a part at a time, nothing on disk, little in memory."""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from shared.web.form_refusals import BrokenForm, FieldTooLong, NotAForm, NulInText, TooManyParts

MOST_PARTS: Final = 300
MOST_TEXT: Final = 256 * 1024
"""Bytes of one plain field."""

Headers = dict[str, str]


@dataclass
class Part:
    """One field. A file has a `filename`, which may be empty; its bytes come from `pieces`."""

    name: str
    filename: str | None
    media_type: str
    _reader: "_Reader" = field(repr=False)

    async def pieces(self) -> AsyncIterator[bytes]:
        """The content, as it arrives."""
        while (piece := await self._reader.piece()) is not None:
            yield piece

    async def text(self) -> str:
        """A plain field's content; raises `FieldTooLong`, `BrokenForm` unless it is UTF-8."""
        content = bytearray()
        async for piece in self.pieces():
            content += piece
            if len(content) > MOST_TEXT:
                raise FieldTooLong(self.name[:60])
        try:
            text = content.decode()
        except UnicodeDecodeError:
            raise BrokenForm from None
        if "\x00" in text:
            raise NulInText(self.name[:60])
        return text


async def parts_of(request: Request) -> AsyncIterator[Part]:
    """The fields of a form in their order. What is not read of a part is passed over."""
    reader = _Reader(request)
    count = 0
    while (part := await reader.part()) is not None:
        count += 1
        if count > MOST_PARTS:
            raise TooManyParts(limit=MOST_PARTS)
        yield part
        while await reader.piece() is not None:
            pass


class _Reader:
    """Turns the parser's callbacks into something to ask for."""

    def __init__(self, request: Request) -> None:
        media_type, options = parse_options_header(request.headers.get("content-type", ""))
        if media_type != b"multipart/form-data" or not options.get(b"boundary"):
            raise NotAForm
        self._stream = request.stream()
        self._events: deque[Headers | bytes | None] = deque()
        self._headers: Headers = {}
        self._name, self._value = bytearray(), bytearray()
        self._over = self._complete = False
        self._parser = self._made(options[b"boundary"])

    def _made(self, boundary: bytes) -> MultipartParser:
        try:
            return MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
                    "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                    "on_header_end": self._header,
                    "on_headers_finished": lambda: self._events.append(self._headers),
                    "on_part_data": lambda data, start, end: self._events.append(bytes(data[start:end])),
                    "on_part_end": lambda: self._events.append(None),
                    "on_end": self._end,
                },
            )
        except FormParserError:
            raise BrokenForm from None

    async def part(self) -> Part | None:
        """The next part, None after the last."""
        while (event := await self._next()) is not None or not self._over:
            if isinstance(event, dict):
                return self._part(event)
        return None

    async def piece(self) -> bytes | None:
        """The next bytes of the present part, None at its end."""
        event = await self._next()
        if isinstance(event, dict):  # the end of the part before was read already
            self._events.appendleft(event)
            return None
        return event

    async def _next(self) -> Headers | bytes | None:
        while not self._events:
            if self._over:
                return None
            await self._fill()
        return self._events.popleft()

    async def _fill(self) -> None:
        try:
            self._parser.write(await anext(self._stream))
        except StopAsyncIteration:
            if not self._complete:
                raise BrokenForm from None
            self._over = True
        except FormParserError:
            raise BrokenForm from None

    def _part(self, headers: Headers) -> Part:
        kind, options = parse_options_header(headers.get("content-disposition", ""))
        name = options.get(b"name")
        if kind != b"form-data" or name is None:
            raise BrokenForm
        filename = options.get(b"filename")
        written = filename.decode("utf-8", "replace") if filename is not None else None
        return Part(name.decode("utf-8", "replace")[:200], written, headers.get("content-type", ""), self)

    def _begin(self) -> None:
        self._headers = {}

    def _header(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = self._value.decode("latin-1")
        self._name.clear()
        self._value.clear()

    def _end(self) -> None:
        self._complete = True
