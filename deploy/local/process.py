"""Every service in one process on the embedded servers: what `ccms up` runs."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Final

from fastapi import FastAPI
from starlette.types import ASGIApp

from deploy import registry
from deploy.http import Listening, Stop, serve_until
from deploy.local.accounts import Account, accounts_of, read_known, write_key_file
from deploy.local.errors import LocalError
from deploy.local.sentence import Progress, Sentence
from deploy.local.servers import EmbeddedServers
from shared.db.client import Mongo
from shared.identity.organisation import Organisation
from shared.messaging.relay import send_again
from shared.privacy.vault import make_master_key
from shared.runtime.app import authenticator_of, service_app, with_probes
from shared.runtime.people import organisation_of
from shared.runtime.settings import Settings, load_settings
from shared.web.authentication import Authenticator
from shared.web.gateway import Gateway
from shared.web.home import home_app

LOST_AT_MOST: Final = timedelta(seconds=60)
"""What Kafka's page cache may hold that a power cut takes away; the relay sends it again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    data: Path
    port: int
    services: Sequence[str]


async def run_everything(wish: Wish, progress: Progress, ready: Callable[[str], None]) -> LocalError | None:
    """Start everything, say `ready(url)`, run until a signal or until a server ends; then the reason why."""
    stop, listening = Stop(), Listening.on(wish.port)
    for name in wish.services:  # what is wrong in settings and rules is said before anything is started
        registry.service(name).load_rules(load_settings(mode="local"))
    async with EmbeddedServers(wish.data, progress) as servers:
        settings = _settings(servers)
        await _after_unclean(servers, settings, wish.services)
        organisation = organisation_of(settings)
        run_file = servers.folder / "run.json"
        accounts = accounts_of(organisation, read_known(run_file))
        write_key_file(servers.folder / "keys.json", accounts)
        progress(Sentence("Starting the services"))
        app, own = _app(settings, organisation, wish.services, servers)

        def started() -> None:
            _write_run_file(run_file, listening.url, servers, accounts)
            ready(listening.url)

        return await serve_until(app, listening, own, stop, started, servers.wait_for_end)


def _settings(servers: EmbeddedServers) -> Settings:
    make_master_key(servers.folder / "master.key")
    return load_settings(
        kafka=servers.kafka,
        mongo=servers.mongo,
        mode="local",
        master_key_file=servers.folder / "master.key",
        api_keys_file=servers.folder / "keys.json",
        webjars=servers.webjars,
    )


async def _after_unclean(servers: EmbeddedServers, settings: Settings, services: Sequence[str]) -> None:
    """What Kafka may have lost with the machine's memory is sent once more."""
    if servers.clean_before:
        return
    for name in services:
        mongo = Mongo(settings.mongo, settings.named(f"ccms_{name}"))
        await send_again(mongo, LOST_AT_MOST)
        mongo.close()


def _app(
    settings: Settings, organisation: Organisation, services: Sequence[str], servers: EmbeddedServers
) -> tuple[ASGIApp, list[FastAPI]]:
    authenticator: Authenticator = authenticator_of(settings, organisation, monotonic)
    apps = {name: service_app(registry.service(name), settings, authenticator, alone=True) for name in services}
    read_key = f"import json; print(json.load(open('{servers.folder}/run.json'))['accounts']['employee']['api_key'])"
    home = home_app(settings, authenticator, organisation, services, f'$(python3 -c "{read_key}")')
    own = list(apps.values())
    return with_probes(Gateway(apps, home), own), own


def _write_run_file(path: Path, url: str, servers: EmbeddedServers, accounts: Sequence[Account]) -> None:
    """What scripts need to find everything; readable by its owner only."""
    content = {
        "url": url,
        "kafka": servers.kafka,
        "mongo": servers.mongo,
        "accounts": {a.role: {"name": a.name, "api_key": a.api_key} for a in accounts},
    }
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
    new.replace(path)
