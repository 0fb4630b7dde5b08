"""Rate limits of public routes, as the rules say."""

from typing import Any

from fastapi import Depends, Request

from shared.web.rates import Rate
from shared.web.visitors import mark_of, networks


def at_most(purpose: str) -> Any:
    """A dependency of a public route: raises `TooManyRequests` when a visitor does it too often."""

    async def limit(request: Request) -> None:
        running = request.app.state.running
        rate: Rate = running.store.rules.public.rates[purpose]
        mark = mark_of(request.scope, networks(running.settings.trusted_proxies))
        request.app.state.buckets.take(mark, purpose, rate)

    return Depends(limit)
