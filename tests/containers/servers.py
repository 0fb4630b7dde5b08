"""Apache Kafka and MongoDB in containers that ask everybody who they are, as in docker-compose.yml."""

import asyncio
import json
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import yaml
from testcontainers.core.container import DockerContainer

from deploy.local.replica_set import SET_NAME
from shared.db.client import Mongo, StoreError, run_admin_command
from shared.errors import Unavailable
from shared.messaging.kafka import topics_there
from shared.runtime.credentials import read_secret, with_credentials
from shared.runtime.settings import Settings
from tests.conftest import ADDRESSES, FOR_TESTS, Servers
from tests.integration.processes import until

ROOT: Final = Path(__file__).parents[2]
CONTAINERS: Final[dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PLAIN: Final = "org.apache.kafka.common.security.plain.PlainLoginModule required"


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    """Both, with one administrator and no user else; they end with the block."""
    for name in ("kafka-admin", "mongo-admin", "mongo-keyfile"):
        (folder / name).write_text(secrets.token_hex(24))
    with _kafka(folder) as kafka, _mongo(folder) as mongo:
        administrator = {
            "kafka_user": "admin",
            "kafka_password_file": str(folder / "kafka-admin"),
            "kafka_mechanism": "PLAIN",
            "mongo": mongo,
            "mongo_user": "admin",
            "mongo_password_file": str(folder / "mongo-admin"),
        }
        full = with_credentials(mongo, "admin", read_secret(folder / "mongo-admin"))
        made = Servers(kafka, full, folder, administrator)
        asyncio.run(_answer(Settings(**made.settings)))
        asyncio.run(run_admin_command(full, FOR_TESTS, 10.0))
        yield made


def in_words(made: Servers) -> dict[str, str]:
    """The environment in which tests take these servers instead of embedded ones."""
    said = {"kafka": made.kafka, "mongo": made.mongo, "folder": str(made.folder)}
    return {ADDRESSES: json.dumps(said | {"administrator": dict(made.administrator)})}


@contextmanager
def _kafka(folder: Path) -> Iterator[str]:
    """One broker of the compose file, which the administrator reaches by the clients' listener too."""
    port, said = _free_port(), dict(CONTAINERS["kafka-1"]["environment"])
    password = (folder / "kafka-admin").read_text()
    said |= {
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"CLIENTS://localhost:{port},INTERNAL://localhost:9094",
        "KAFKA_LISTENER_NAME_CLIENTS_SASL_ENABLED_MECHANISMS": "SCRAM-SHA-512,PLAIN",
        "KAFKA_LISTENER_NAME_CLIENTS_PLAIN_SASL_JAAS_CONFIG": f'{PLAIN} user_admin="{password}";',
    }
    said = {name: _plain(value) for name, value in said.items()}
    container = _container("kafka-1", said).with_bind_ports(9092, port)
    with _mounted(container, folder, "kafka-admin", script="kafka.sh"):
        yield f"localhost:{port}"


@contextmanager
def _mongo(folder: Path) -> Iterator[str]:
    """One member, founded from its own address; it listens there on the port by which it is known outside."""
    port = _free_port()
    container = _container("mongo-1", {"MONGO_CACHE_GB": "0.5"}).with_bind_ports(port, port)
    container = container.with_command(["--port", str(port)])
    with _mounted(container, folder, "mongo-keyfile", script="mongo.sh") as running:

        async def asked(script: str) -> bool:
            done = await asyncio.to_thread(running.exec, ["mongosh", "--quiet", f"localhost:{port}", "--eval", script])
            return bool(done.exit_code == 0)

        members = f"{{_id: '{SET_NAME}', members: [{{_id: 0, host: 'localhost:{port}'}}]}}"
        password = (folder / "mongo-admin").read_text()
        user = f"db.getSiblingDB('admin').createUser({{user: 'admin', pwd: '{password}', roles: ['root']}})"
        asyncio.run(until(partial(asked, f"rs.initiate({members})"), "the set is founded"))
        asyncio.run(until(partial(asked, user), "there is an administrator"))
        yield f"mongodb://localhost:{port}/?replicaSet={SET_NAME}"


def _container(name: str, environment: dict[str, str]) -> DockerContainer:
    said = CONTAINERS[name]
    container = DockerContainer(said["image"]).with_kwargs(entrypoint=said["entrypoint"])
    return container.with_envs(**environment).with_tmpfs_mount("/tmp")


@contextmanager
def _mounted(container: DockerContainer, folder: Path, secret: str, script: str) -> Iterator[DockerContainer]:
    (folder / secret).chmod(0o444)
    container.with_volume_mapping(str(folder / secret), f"/run/secrets/{secret}", "ro")
    container.with_volume_mapping(str(ROOT / "deploy/compose" / script), f"/etc/ccms/{script}", "ro")
    with container as running:
        yield running


async def _answer(settings: Settings) -> None:
    """Wait until both take requests of the administrator."""

    async def kafka_answers() -> bool:
        try:
            await topics_there(settings.brokers)
        except Unavailable:
            return False
        return True

    async def mongo_answers() -> bool:
        mongo = Mongo(settings.mongo_url, "admin")
        try:
            return await mongo.collections() is not None and await mongo.ping()
        except StoreError:
            return False
        finally:
            mongo.close()

    await until(kafka_answers, "Kafka answers")
    await until(mongo_answers, "MongoDB answers")


def _plain(value: object) -> str:
    """A value of the compose file without its place in it: `${NAME:-default}` is the default."""
    text = str(value)
    return text[2:-1].split(":-", 1)[1] if text.startswith("${") else text


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
