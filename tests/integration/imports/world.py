"""Intake and alerts with an importer that feeds them, and what is there when all has settled."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiokafka import TopicPartition

from shared.contracts.catalogue import CATALOGUE
from shared.db.outbox import COLLECTION as OUTBOX
from shared.db.outbox import UNSENT
from shared.messaging.kafka import AT_ONCE, groupless_consumer
from tests.integration.processes import ROOT, Deployment, Served, until

OWNERS = ("intake", "alerts")
TOPICS = sorted(entry.topic for entry in CATALOGUE.values() if entry.owner in OWNERS and not entry.command)


@dataclass(frozen=True)
class Ledger:
    """Ids of complaints in MongoDB, by `complaint.created` on Kafka, and in alerts; records by topic."""

    stored: set[str]
    created: set[str]
    counted: set[str]
    records: dict[str, int]
    times: int


class World:
    """A deployment that is fed from files."""

    def __init__(self, deployed: Deployment) -> None:
        self.deployed = deployed
        self.databases = {name: deployed.mongo(name) for name in OWNERS}

    async def start(self, name: str, **environment: str) -> Served:
        """Start a service; the importer finds intake by the run file, wherever it listens."""
        served = await self.deployed.ready(self.deployed.start(name, **environment))
        if name == "intake":
            account = {"cs_manager": {"name": "팀장", "api_key": self.deployed.key}}
            run_file = self.deployed.folder / "run.json"
            run_file.write_text(json.dumps({"url": served.url, "accounts": account}))
        return served

    def importer(self, path: Path, *options: str) -> subprocess.Popen[str]:
        """`ccms import` as a process of its own."""
        command = [sys.executable, "-m", "deploy.cli", "import", str(path), *options]
        environment = {**os.environ, "CCMS_LANGUAGE": "en"}
        return subprocess.Popen(
            [*command, "--data", str(self.deployed.folder), "--json"],
            cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    async def imported(self, path: Path, *options: str) -> dict[str, Any]:
        """What an import that goes through says."""
        return await self.figures(self.importer(path, *options))

    async def figures(self, importer: subprocess.Popen[str]) -> dict[str, Any]:
        """What an importer says when it has gone through."""
        out, err = await asyncio.to_thread(importer.communicate)
        assert importer.returncode == 0, err
        return dict(json.loads(out))

    async def ledger(self) -> Ledger:
        """What is there once everything was sent and counted."""
        stored = await self._ids("intake", "complaints")

        async def is_settled() -> bool:
            if not await self._ids("alerts", "cases") >= stored:
                return False
            return not any([await mongo.count(OUTBOX, UNSENT) for mongo in self.databases.values()])  # theirs included

        await until(is_settled, "all is sent and counted")
        created, records = await self._on_topics()
        return Ledger(stored, set(created), await self._ids("alerts", "cases"), records, len(created))

    async def _ids(self, service: str, collection: str) -> set[str]:
        rows = await self.databases[service].find(collection, {}, fields={"_id": 1})
        return {row["_id"] for row in rows}

    async def _on_topics(self) -> tuple[list[str], dict[str, int]]:
        """Keys of `complaint.created`, one a record, and how many records each topic has."""
        settings = self.deployed.settings
        topics = [settings.named(topic) for topic in TOPICS]
        consumer = groupless_consumer(settings.brokers, *topics, fetching=AT_ONCE)
        await consumer.start()
        try:
            places = [TopicPartition(settings.named(topic), 0) for topic in TOPICS]
            ends = await consumer.end_offsets(places)
            created: list[str] = []
            records = dict.fromkeys(TOPICS, 0)
            while any([await consumer.position(place) < ends[place] for place in places]):
                for place, found in (await consumer.getmany(timeout_ms=200)).items():
                    topic = place.topic.removeprefix(settings.namespace)
                    records[topic] += len(found)
                    created += [record.key.decode() for record in found if topic == "complaint.created"]
            return created, records
        finally:
            await consumer.stop()

    async def rows(self, service: str, collection: str, **query: Any) -> Sequence[dict[str, Any]]:
        """Stored documents."""
        return await self.databases[service].find(collection, query)
