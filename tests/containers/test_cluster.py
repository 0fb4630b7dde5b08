"""The profile `cluster`: three of each server, of which one may be lost."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.containers.filing import file_fire
from tests.containers.project import Project, has_gateway, make_images, project
from tests.containers.servers import ROOT

SERVERS = ("kafka-1", "kafka-2", "kafka-3", "mongo-1", "mongo-2", "mongo-3")
PROCESSES = ("prepare", "intake-api", "intake-relay", "alerts-api", "alerts-consumers", "alerts-jobs")
KNOWN = ("sharing-relay", "intake-consumers")
TOPIC = """
import asyncio
from aiokafka.admin import AIOKafkaAdminClient
from shared.messaging.kafka import access
from shared.runtime.settings import load_settings
async def main():
    admin = AIOKafkaAdminClient(**access(load_settings().brokers))
    await admin.start()
    (topic,) = await admin.describe_topics(["complaint.created"])
    print(min(len(partition["replicas"]) for partition in topic["partitions"]))
    await admin.close()
asyncio.run(main())
"""


def cluster_environment() -> dict[str, str]:
    """The settings of cluster.env."""
    lines = (ROOT / "deploy/compose/cluster.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Three of each server, and as many processes as it takes to see a complaint rise."""
    make_images()
    folder: Path = tmp_path_factory.mktemp("cluster") / "secrets"
    with project(folder, **cluster_environment()) as made:
        gateway = ["gateway", "sharing-api"] if has_gateway() else []
        made.compose("up", "--wait", "--wait-timeout", "800", *SERVERS, *PROCESSES, *KNOWN, *gateway)
        yield made


async def test_what_was_filed_rises_though_one_of_each_server_is_lost(cluster: Project) -> None:
    status = "rs.status().members.map(m => m.stateStr).sort()"
    assert cluster.mongo(status) == ["PRIMARY", "SECONDARY", "SECONDARY"]
    assert cluster.mongo("rs.conf().settings.electionTimeoutMillis") == 3000
    said = cluster.compose("run", "--rm", "-T", "--entrypoint", "python", "ccms", "-c", TOPIC)
    assert said.split()[-1] == "3"
    key = cluster.ccms(
        "keys", "create", "shop", "--holder", "shop", "--may", "complaints:write", "--may", "issues:read"
    )
    before, _issue = await file_fire(cluster, key)
    for server in ("kafka-1", "mongo-1"):
        await asyncio.to_thread(cluster.compose, "kill", server)
    after, _same = await file_fire(cluster, key)
    assert after["number"] > before["number"]
