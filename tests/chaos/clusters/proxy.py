"""A TCP proxy in front of a server: the network between them, which can be cut in the ways in which networks are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from deploy.local.ports import HOST

CHUNK = 65_536


class Proxy:
    """Listens at `port` of this machine. `silence`, `refuse` and `slow_down` last until `heal`."""

    def __init__(self) -> None:
        self.port = 0
        self._target = 0
        self._passes = asyncio.Event()
        self._passes.set()
        self._refuses = False
        self._delay = 0.0
        self._connections: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Take a free port."""
        self._server = await asyncio.start_server(self._connected, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def lead_to(self, target: int) -> None:
        """To which port of this machine it leads."""
        self._target = target

    def silence(self) -> None:
        """What is sent does not arrive, new connections hang; nobody is told."""
        self._passes.clear()

    def refuse(self) -> None:
        """Every connection is reset, and so is each new one."""
        self._refuses = True
        self._reset()

    def slow_down(self, seconds: float) -> None:
        """Everything takes so much longer, each way."""
        self._delay = seconds

    def heal(self) -> None:
        """As if nothing had been; what was held up on its way arrives."""
        self._refuses, self._delay = False, 0.0
        self._passes.set()

    async def close(self) -> None:
        """End."""
        self.refuse()
        self._passes.set()
        if self._server is not None:
            self._server.close()

    def _reset(self) -> None:
        for writer in self._connections:
            writer.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(writer)
        try:
            await self._passes.wait()
            if self._refuses:
                return
            inner, outer = await asyncio.open_connection(HOST, self._target)
            self._connections.add(outer)
            try:
                await asyncio.gather(self._pass_on(reader, outer), self._pass_on(inner, writer))
            finally:
                self._end(outer)
        except OSError:
            pass
        finally:
            self._end(writer)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(CHUNK):
            await self._passes.wait()
            if self._delay:
                await asyncio.sleep(self._delay)
            writer.write(chunk)
            await writer.drain()
        with suppress(OSError):
            writer.write_eof()

    def _end(self, writer: asyncio.StreamWriter) -> None:
        self._connections.discard(writer)
        writer.transport.abort()


@asynccontextmanager
async def proxy(target: int = 0) -> AsyncIterator[Proxy]:
    """A proxy that passes everything on."""
    made = Proxy()
    await made.open()
    made.lead_to(target)
    try:
        yield made
    finally:
        await made.close()
