"""A service as a running web app: the kernel started before it, stopped after it."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.types import ASGIApp

from shared.db.commit import GRACE
from shared.identity.policy import EVERYONE, Rule
from shared.identity.principal import Principal
from shared.identity.recognition import Recognition
from shared.messaging.feed import Heard
from shared.obs import metrics
from shared.obs.log import start_logging
from shared.runtime.clock import Clock
from shared.runtime.process import ROLES, Role, Running
from shared.runtime.service import Service
from shared.runtime.settings import Settings, load_settings
from shared.web.app import Lifespan, create_app
from shared.web.authentication import Authenticator
from shared.web.feed import Change, Feed
from shared.web.limits import Limit
from shared.web.probes import Probes
from shared.web.stream import stream_router

OPEN_TO_STAFF = frozenset({"open", "internal"})


def service_app(
    service: Service,
    settings: Settings,
    authenticator: Authenticator | None = None,
    *,
    roles: Iterable[Role] = ROLES,
    clock: Clock | None = None,
    alone: bool = False,
) -> FastAPI:
    """The app; `app.state.running` is what it runs on, `app.state.feed` what has changed of late.

    Without an `authenticator` people and programs are known by the service's own copy of the directory.
    """
    running = Running(service, settings, roles, clock, alone=alone)
    feed = Feed()
    running.own_topics.listener = lambda heard: feed.publish(_change(heard))
    running.own_topics.gap = feed.start_over

    app = create_app(
        service.name,
        [*service.routers, stream_router(service.name, feed, _may_know)],
        [*service.policy, *stream_policy(service.name)],
        settings=settings,
        authenticator=authenticator or authenticator_of(running),
        lifespan=_life_of(running, feed),
        templates=[service.templates],
        clock=clock,
        limit=Limit(seconds=settings.deadline + GRACE),
        limits=service.limits,
    )
    app.state.running, app.state.feed = running, feed
    metrics.STREAMS.labels(service.name).set_function(lambda: feed.watchers)
    return app


def _life_of(running: Running, feed: Feed) -> Lifespan:
    """Started before the first request, stopped after the last."""

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        await running.start()
        try:
            yield
        finally:
            feed.close()
            await running.stop()

    return live


def stream_policy(service: str) -> list[Rule]:
    """Who may watch a service's stream, each seeing what they may know."""
    return [Rule("GET", f"/api/{service}/v1/stream", EVERYONE, "events:read")]


def _change(heard: Heard) -> Change:
    return Change(heard.event_id, heard.subject, heard.sequence, heard.entry.type, heard.entry.kind)


def _may_know(_: Principal, change: Change) -> bool:
    return change.kind in OPEN_TO_STAFF


def authenticator_of(running: Running) -> Authenticator:
    """Who is who by this service's own copy of the directory."""
    store, production = running.store, running.settings.mode == "production"
    known = Recognition(store.directory, store.vault, store.clock, running.follower.be_current)
    return Authenticator(known.by_key, known.by_session, production=production)


@dataclass(frozen=True, slots=True)
class Deployed:
    """A service as a process of its own: `app` is what is served, `service` the app behind the probes."""

    app: ASGIApp
    service: FastAPI


def app_from_environment(service: Service, roles: Iterable[Role] = ROLES) -> Deployed:
    """The service with settings from the environment, and with `/live`, `/ready` and `/metrics`."""
    settings = load_settings()
    start_logging(settings.log_level, settings.log_format)
    app = service_app(service, settings, roles=roles)
    return Deployed(with_probes(app, [app]), app)


def with_probes(app: ASGIApp, services: Sequence[FastAPI]) -> ASGIApp:
    """`/live`, `/ready` and `/metrics` in front of an app, for all services in this process."""
    running: list[Running] = [service.state.running for service in services]
    return Probes(
        app,
        live=lambda: {f"{r.service.name}: {part.name}": part.well for r in running for part in r.parts()},
        ready=lambda: {f"{r.service.name}: {part.name}": part.well for r in running for part in r.readiness()},
    )
