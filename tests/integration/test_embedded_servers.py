"""The real Kafka and MongoDB of a data folder: what a crash leaves, and who is told."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.local.errors import FolderInUse, ServerEnded
from deploy.local.folder import DataFolder
from deploy.local.process_list import command_of
from deploy.local.servers import EmbeddedServers
from shared.db.client import Mongo

TOPIC = "complaint.created"


async def test_a_killed_kafka_is_named_and_the_next_start_brings_everything_back(tmp_path: Path) -> None:
    async with EmbeddedServers(tmp_path) as servers:
        before = (servers.kafka, servers.mongo)
        await send(servers.kafka, b"accepted")
        await save(servers.mongo, "accepted")
        os.kill(pid_of(tmp_path, "kafka"), signal.SIGKILL)
        end = await asyncio.wait_for(servers.wait_for_end(), 20)
    assert isinstance(end, ServerEnded)
    assert (end.inputs["server"], end.inputs["reason"]) == ("Kafka", "SIGKILL")

    async with EmbeddedServers(tmp_path) as servers:
        assert not servers.clean_before
        assert (servers.kafka, servers.mongo) == before
        assert await first_value(servers.kafka) == b"accepted"
        assert await saved(servers.mongo) == ["accepted"]


async def test_an_orderly_stop_leaves_nothing_running_and_data_that_works_on_other_ports(
    tmp_path: Path,
) -> None:
    async with EmbeddedServers(tmp_path) as servers:
        before = servers.mongo
        pids = [pid_of(tmp_path, name) for name in ("kafka", "mongodb")]
        await send(servers.kafka, b"accepted")
        await save(servers.mongo, "accepted")
        with pytest.raises(FolderInUse):
            await DataFolder(tmp_path).take(patience=0)
    assert [command_of(pid) for pid in pids] == ["", ""]

    (tmp_path / "ports.json").unlink()
    async with EmbeddedServers(tmp_path) as servers:
        assert servers.clean_before
        assert servers.mongo != before
        assert await first_value(servers.kafka) == b"accepted"
        assert await saved(servers.mongo) == ["accepted"]


def pid_of(folder: Path, server: str) -> int:
    return int((folder / f"{server}.pid").read_text())


async def send(kafka: str, value: bytes) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.create_topics([NewTopic(TOPIC, num_partitions=1, replication_factor=1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=kafka, acks="all") as producer:
        await producer.send_and_wait(TOPIC, value)


async def first_value(kafka: str) -> bytes:
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, auto_offset_reset="earliest")
    consumer.assign([TopicPartition(TOPIC, 0)])
    async with consumer:
        record = await asyncio.wait_for(consumer.getone(), 20)
    return bytes(record.value)


async def save(url: str, row: str) -> None:
    mongo = Mongo(url, "intake")
    await mongo.insert("rows", [{"_id": row}])
    mongo.close()


async def saved(url: str) -> list[str]:
    mongo = Mongo(url, "intake")
    rows = await mongo.find("rows", {})
    mongo.close()
    return [row["_id"] for row in rows]
