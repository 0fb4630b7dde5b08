"""Every service in one process on the embedded servers: what `ccms up` runs."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from fastapi import FastAPI

from deploy import registry
from deploy.desk import SHARING, sending_desk
from deploy.http import Listening, Stop, serve_until
from deploy.installation import MASTER_KEY, settings_of
from deploy.local.accounts import (
    Account,
    first_account,
    known_everywhere,
    open_accounts,
    read_known,
    sample_accounts,
    scopes_of,
)
from deploy.local.errors import LocalError
from deploy.local.sentence import Progress, Sentence
from deploy.local.servers import EmbeddedServers
from shared.db.client import Mongo
from shared.identity.organisation import Organisation
from shared.messaging.relay import send_again
from shared.privacy.vault import make_master_key
from shared.runtime.app import service_app, with_probes
from shared.runtime.people import organisation_of
from shared.runtime.process import Running
from shared.runtime.settings import Settings, load_settings
from shared.web.gateway import Gateway

LOST_AT_MOST: Final = timedelta(seconds=60)
"""What Kafka's page cache may hold that a power cut takes away; the relay sends it again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for. `empty`: no sample company, only an administrator."""

    data: Path
    port: int
    services: Sequence[str]
    empty: bool = False


async def run_everything(wish: Wish, progress: Progress, ready: Callable[[str], None]) -> LocalError | None:
    """Start everything, say `ready(url)`, run until a signal or until a server ends; then the reason why."""
    stop, listening = Stop(), Listening.on(wish.port)
    for name in wish.services:  # what is wrong in settings and rules is said before anything is started
        registry.service(name).load_rules(load_settings(mode="local", **_samples(wish)))
    async with EmbeddedServers(wish.data, progress) as servers:
        settings = _settings(servers, wish)
        await _after_unclean(servers, settings, wish.services)
        progress(Sentence("Starting the services"))
        apps = {name: service_app(registry.service(name), settings, alone=True) for name in wish.services}
        own = list(apps.values())

        async def started() -> None:
            accounts = await _accounts(settings, {name: app.state.running for name, app in apps.items()}, servers)
            _write_run_file(servers.folder / "run.json", listening.url, servers, accounts)
            ready(listening.url)

        return await serve_until(with_probes(_gateway(apps), own), listening, own, stop, started, servers.wait_for_end)


def _samples(wish: Wish) -> dict[str, object]:
    return {"sample_people": False} if wish.empty else {}


def _settings(servers: EmbeddedServers, wish: Wish) -> Settings:
    make_master_key(servers.folder / MASTER_KEY)
    return settings_of(servers.folder, servers.kafka, servers.mongo, webjars=servers.webjars, **_samples(wish))


async def _accounts(settings: Settings, running: Mapping[str, Running], servers: EmbeddedServers) -> list[Account]:
    """The accounts of this start, once every service knows them."""
    known, company = read_known(servers.folder / "run.json"), _company(settings)
    accounts = sample_accounts(company, known) if company else first_account(known)
    scopes = scopes_of(each.service for each in running.values())
    if SHARING in running:
        await open_accounts(running[SHARING], accounts, company, scopes)
    else:
        async with sending_desk(settings) as desk:
            await open_accounts(desk, accounts, company, scopes)
    await known_everywhere(running.values(), accounts)
    return accounts


def _company(settings: Settings) -> Organisation | None:
    """The company with which a local start begins: the sample's, or that of the settings' file."""
    organisation = organisation_of(settings)
    return organisation if organisation.people else None


async def _after_unclean(servers: EmbeddedServers, settings: Settings, services: Sequence[str]) -> None:
    """What Kafka may have lost with the machine's memory is sent once more."""
    if servers.clean_before:
        return
    for name in services:
        mongo = Mongo(settings.mongo_url, settings.named(f"ccms_{name}"))
        await send_again(mongo, LOST_AT_MOST)
        mongo.close()


def _gateway(apps: Mapping[str, FastAPI]) -> Gateway:
    """One address for all; what belongs to nobody is answered by the one with the first page, if it runs."""
    places = {place: app for name, app in apps.items() for place in registry.service(name).places}
    return Gateway(apps, apps.get(SHARING) or next(iter(apps.values())), places)


def _write_run_file(path: Path, url: str, servers: EmbeddedServers, accounts: Sequence[Account]) -> None:
    """What scripts need to find everything; readable by its owner only."""
    content = {
        "url": url,
        "kafka": servers.kafka,
        "mongo": servers.mongo,
        "accounts": {account.role: account.written() for account in accounts},
    }
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
    new.replace(path)
