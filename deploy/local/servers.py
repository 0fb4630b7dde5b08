"""Kafka and MongoDB in one data folder: `async with EmbeddedServers(folder) as servers`."""

import asyncio
from pathlib import Path
from typing import Final, Self

from deploy.local import jars, webjars
from deploy.local.child import Child, end_leftover
from deploy.local.errors import LocalError, PortTaken
from deploy.local.failure import end_of
from deploy.local.folder import DataFolder
from deploy.local.kafka import NAME as KAFKA
from deploy.local.kafka import kafka_ready, launch_kafka
from deploy.local.mongod import NAME as MONGODB
from deploy.local.mongod import launch_mongod, mongod_ready
from deploy.local.ports import HOST, choose_ports
from deploy.local.replica_set import SET_NAME
from deploy.local.sentence import Progress, Sentence, silent
from shared.language.i18n import _

_PORTS: Final = ("kafka", "controller", "mongo")
_STOP_SECONDS: Final = 10.0
_WATCH: Final = 0.2


class EmbeddedServers:
    """The two servers of a data folder.

    kafka: bootstrap server, `127.0.0.1:PORT`; mongo: URL with the replica set; both set once started.
    webjars: folder with the WebJars of the pages.
    clean_before: whether the last stop was orderly (True for a new folder).

    On Linux the servers end with the *thread* that started them, so start them from one that stays.
    Not bound to an event loop: `start`, `wait_for_end` and `stop` may run in different ones.
    """

    kafka: str
    mongo: str
    webjars: Path
    clean_before: bool

    def __init__(self, data_dir: Path, progress: Progress = silent) -> None:
        self._folder = DataFolder(data_dir)
        self._progress = progress
        self._children: list[Child] = []

    @property
    def folder(self) -> Path:
        """The data folder, absolute."""
        return self._folder.path

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Take the folder, fetch what is missing, start both; a `LocalError` leaves nothing running."""
        await self._folder.take()
        self.clean_before = self._folder.clean_before
        try:
            await self._start_both()
        except BaseException:
            await self._stop_children()
            self._folder.release()
            raise

    async def stop(self) -> None:
        """Stop both in order, within about ten seconds, and let the folder go."""
        orderly = await self._stop_children()
        if orderly:
            self._folder.mark(clean=True)
        self._folder.release()

    async def wait_for_end(self) -> LocalError:
        """Wait until one of the servers ends by itself; says which one, why and what to do."""
        while True:
            for child in self._children:
                if child.ended:
                    return end_of(child, self.folder)
            await asyncio.sleep(_WATCH)

    async def _start_both(self) -> None:
        pinned = await asyncio.to_thread(self._fetch)
        for name in (KAFKA, MONGODB):
            if await asyncio.to_thread(end_leftover, name, self.folder):
                self._progress(Sentence(_("Ended a leftover {server} of an earlier start"), server=name))
        self._folder.mark(clean=False)
        self._progress(Sentence(_("Starting Apache Kafka and MongoDB")))
        try:
            await self._start_on_free_ports(pinned)
        except PortTaken:  # somebody was faster between choosing and listening; the next choice avoids that port
            await self._stop_children()
            await self._start_on_free_ports(pinned)

    def _fetch(self) -> list[Path]:
        lock = jars.read_lock()
        pinned = jars.fetch(lock["kafka"] + lock["web"], self._progress)
        self.webjars = self.folder / "webjars"
        webjars.place(pinned[len(lock["kafka"]) :], self.webjars)
        return pinned[: len(lock["kafka"])]

    async def _start_on_free_ports(self, pinned: list[Path]) -> None:
        ports = choose_ports(self.folder, _PORTS)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._start_kafka(pinned, ports))
                both.create_task(self._start_mongod(ports["mongo"]))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        self.kafka = f"{HOST}:{ports['kafka']}"
        self.mongo = f"mongodb://{HOST}:{ports['mongo']}/?replicaSet={SET_NAME}"

    async def _start_kafka(self, pinned: list[Path], ports: dict[str, int]) -> None:
        child = await launch_kafka(self.folder, pinned, ports, clean=self.clean_before)
        self._children.append(child)
        await kafka_ready(child, self.folder, ports["kafka"])

    async def _start_mongod(self, port: int) -> None:
        child = launch_mongod(self.folder, port)
        self._children.append(child)
        await mongod_ready(child, self.folder, port)

    async def _stop_children(self) -> bool:
        """Stop what runs; True when all of it was still there and ended in order."""
        running, self._children = self._children, []
        all_there = not any(child.ended for child in running)
        orderly = await asyncio.gather(*(child.stop(_STOP_SECONDS) for child in running))
        return all_there and all(orderly)
