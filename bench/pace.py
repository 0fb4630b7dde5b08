"""Requests at a steady rate, whatever the answers take: what comes late is not asked later."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Final

CONNECTIONS: Final = 32


@dataclass(frozen=True, slots=True)
class Answered:
    """When a request was due (`perf_counter`), how many seconds its answer took from then on, and what it was."""

    due: float
    seconds: float
    status: int
    body: bytes


async def pace(port: int, make: Callable[[int], bytes], rate: float, seconds: float) -> list[Answered]:
    """So many requests a second for so long, over kept connections."""
    lines: asyncio.LifoQueue[_Line] = asyncio.LifoQueue()
    for _ in range(CONNECTIONS):
        lines.put_nowait(_Line(*await asyncio.open_connection("127.0.0.1", port)))
    begun, asked = perf_counter(), []
    for n in range(int(rate * seconds)):
        due = begun + n / rate
        await asyncio.sleep(max(0.0, due - perf_counter()))
        asked.append(asyncio.create_task(_ask(port, lines, make(n), due)))
    answered = await asyncio.gather(*asked)
    while not lines.empty():
        lines.get_nowait().writer.close()
    return answered


@dataclass(frozen=True, slots=True)
class _Line:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


async def _ask(port: int, lines: "asyncio.LifoQueue[_Line]", request: bytes, due: float) -> Answered:
    line = await lines.get()
    if line.reader.at_eof():  # it was not needed for so long that the server has closed it
        line = _Line(*await asyncio.open_connection("127.0.0.1", port))
    line.writer.write(request)
    head = (await line.reader.readuntil(b"\r\n\r\n")).lower()
    body = await line.reader.readexactly(int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0]))
    seconds = perf_counter() - due
    lines.put_nowait(line)
    return Answered(due, seconds, int(head[9:12]), body)
