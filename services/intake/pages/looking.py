"""The reader of a page, out of a request; and what this process keeps in memory for the queue."""

from datetime import datetime, timedelta
from typing import cast

from fastapi import Request

from services.intake.domain.rows import Days
from services.intake.presenting.looking import Looking
from services.intake.repository.roster import LiveRoster
from shared.identity.principal import Principal
from shared.runtime.clock import KOREA
from shared.web.reader import language_of

PATIENCE = 0.5
"""Seconds that a page waits for the roster soon after a start."""
STEP = 10_000
"""Milliseconds in which “overdue” and “today” are taken as the same."""


def looking_of(request: Request, viewer: Principal) -> Looking:
    """Who looks, when, in which language."""
    running = request.app.state.running
    store = running.store
    language = language_of(request.scope, running.settings.language)
    return Looking(viewer, language, store.clock.now(), store.rules, store.directory.organisation)


def roster_of(request: Request) -> LiveRoster:
    """The roster of this process."""
    return cast(LiveRoster, request.app.state.running.memory)


def days_of(now: datetime) -> Days:
    """The moments that tell overdue, today and this week apart, by Korea's midnight."""
    midnight = now.astimezone(KOREA).replace(hour=0, minute=0, second=0, microsecond=0)
    return Days(
        _milliseconds(now) // STEP * STEP,
        _milliseconds(midnight + timedelta(days=1)),
        _milliseconds(midnight + timedelta(days=8)),
    )


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
