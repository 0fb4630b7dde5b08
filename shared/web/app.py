"""One service as an ASGI app: its routers behind limits, headers, policy and problem details."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from time import monotonic

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware

from shared.identity.policy import Rule
from shared.runtime.clock import Clock, SystemClock
from shared.runtime.ids import random_id
from shared.runtime.settings import Settings
from shared.web.assets import Assets, ServeAssets
from shared.web.authentication import Authenticator
from shared.web.correlation import Correlation
from shared.web.docs import docs_policy, docs_router
from shared.web.failures import CatchAll, Failures
from shared.web.gate import Gate
from shared.web.head import Head
from shared.web.headers import SecurityHeaders
from shared.web.limits import Limit, Limits
from shared.web.measure import Measure
from shared.web.openapi import describe
from shared.web.pages import Pages
from shared.web.rates import Buckets
from shared.web.table import Table
from shared.web.tracing import OWN, Tracing
from shared.web.webjars import webjar_files

UPLOADS = 8
"""Files that one process takes at the same time; each may hold some mebibytes."""

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(
    name: str,
    routers: Sequence[APIRouter],
    policy: Sequence[Rule],
    *,
    settings: Settings,
    authenticator: Authenticator,
    lifespan: Lifespan | None = None,
    templates: Sequence[Path] = (),
    clock: Clock | None = None,
    limit: Limit | None = None,
    limits: Mapping[str, Limit] | None = None,
) -> FastAPI:
    """The app of service `name`; raises `PolicyError` unless rows of `policy` and routes match one to one.

    `templates` are the service's own folders, searched first. `limits` are those of single routes, by path.
    """
    rules = [*policy, *docs_policy(name)]
    routes = [route for router in (*routers, docs_router(name)) for route in router.routes]
    inside = [Middleware(Limits, limit=limit or Limit(), others=limits)]
    gate = Middleware(Gate, table=Table(routes, rules), authenticator=authenticator)
    assets = Assets(webjar_files(settings.webjars))
    pages = Pages(settings, assets, clock or SystemClock(), templates)
    failures = Failures(settings.language, pages.problem)
    app = FastAPI(
        title=f"CCMS {name}",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        telemetry=OWN,
        exception_handlers=failures.handlers,
        middleware=[*_around(name, settings, failures, assets), *inside, gate, Middleware(Tracing, service=name)],
    )
    app.router.routes.extend(routes)  # one flat table: include_router would match each request twice
    app.state.pages, app.state.buckets, app.state.uploads = pages, Buckets(monotonic), asyncio.Semaphore(UPLOADS)
    app.openapi = lambda: describe(app, rules)  # type: ignore[method-assign]
    return app


def _around(name: str, settings: Settings, failures: Failures, assets: Assets) -> list[Middleware]:
    """From outside in: every answer is measured, has its id and its headers, an error's answer too."""
    return [
        Middleware(Head),
        Middleware(Measure, service=name),
        Middleware(Correlation, new_id=random_id),
        Middleware(SecurityHeaders, production=settings.mode == "production"),
        Middleware(CatchAll, failures=failures),
        Middleware(ServeAssets, assets=assets),
    ]
