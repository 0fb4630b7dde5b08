"""`ccms prepare`: Kafka and MongoDB of a deployment brought to what its services need; run before they start."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import Final, TypeVar

import click

from deploy.cli.options import json_option, report, run_quietly
from deploy.preparing import kafka, mongo
from deploy.preparing.errors import NotPrepared
from deploy.preparing.passwords import passwords_in
from deploy.registry import MODULES
from shared.db.client import StoreError
from shared.errors import Unavailable
from shared.language.i18n import _
from shared.runtime.settings import Settings, load_settings

PATIENCE: Final = 120.0
AGAIN: Final = 0.5

T = TypeVar("T")


@click.command(
    help=_(
        "Make users, rights and topics in Kafka as the catalogue wants them, and users in MongoDB. CCMS_KAFKA_USER and "
        "CCMS_MONGO_USER are administrators.\n\nExample: ccms prepare --passwords /run/secrets"
    )
)
@click.option(
    "--passwords", required=True, type=click.Path(file_okay=False, exists=True, path_type=Path),
    help=_("Folder with kafka-SERVICE and mongo-SERVICE: the password of each service."),
)  # fmt: skip
@click.option(
    "--members", default="",
    help=_("Members of the replica set, comma separated, the one on this machine first. Founds it, or adds to it."),
)  # fmt: skip
@json_option
def command(passwords: Path, members: str, as_json: bool) -> None:
    """It may run at any time: what is as it should be stays."""
    settings = load_settings()
    prepared = run_quietly(_prepare(settings, passwords, [member for member in members.split(",") if member]))
    text = _("Kafka: {topics} topics made, {given} rights given, {taken} taken. MongoDB: a user for each service.")
    report(text, asdict(prepared), as_json, **asdict(prepared))


async def _prepare(settings: Settings, folder: Path, members: list[str]) -> kafka.Prepared:
    for_mongo, for_kafka = passwords_in(folder, "mongo", MODULES), passwords_in(folder, "kafka", MODULES)
    if members:
        await _once_it_answers("MongoDB", lambda: mongo.found(members, settings))
    await mongo.keep_users(settings, for_mongo)

    async def prepared() -> kafka.Prepared:
        return await kafka.prepare_kafka(settings, for_kafka)

    return await _once_it_answers("Kafka", prepared)


async def _once_it_answers(server: str, ask: Callable[[], Awaitable[T]]) -> T:
    """Ask until the answer is something and no failure, as long as a server may take to start."""
    until = monotonic() + PATIENCE
    reason: Exception | None = None
    while monotonic() < until:
        try:
            if answer := await ask():
                return answer
        except (Unavailable, StoreError) as error:
            reason = error
        await asyncio.sleep(AGAIN)
    raise NotPrepared(server=server, seconds=int(PATIENCE)) from reason
