"""The whole performance: find or start the system, play the week, say where to look, and stay until Ctrl-C."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deploy.demo.journal import Journal
from deploy.demo.material import WeekDay, complaints_of, days_of, load_week
from deploy.demo.pace import Pace
from deploy.demo.play import play
from deploy.demo.portal import Portal
from deploy.demo.register import register
from deploy.demo.stage import Stage
from deploy.demo.stand import Stand, running, started
from deploy.demo.summary import summarise
from deploy.demo.teller import Teller
from deploy.demo.topics import listening
from shared.language.i18n import _
from shared.runtime.clock import KOREA


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for. `port` and `stay` count where the system has to be started."""

    data: Path
    url: str | None
    port: int
    days: int
    pace: Pace
    again: bool
    stay: bool


async def run_show(wish: Wish, teller: Teller) -> None:
    """Play the week. Raises `Unreachable`, `NotStarted`, `Unexpected`."""
    found = await running(wish.data, wish.url)
    if found is not None:
        await _perform(found, wish, teller)
        return
    teller.tell(_("Nothing runs on {folder}: starting the system there."), folder=wish.data)
    async with started(wish.data, wish.port, teller.language) as stand:
        await _perform(stand, wish, teller)
        if wish.stay:
            teller.tell(_("The system goes on running: open {url}. Ctrl-C ends it."), url=stand.url)
            with suppress(asyncio.CancelledError):
                await asyncio.Event().wait()


async def _perform(stand: Stand, wish: Wish, teller: Teller) -> None:
    journal, week = Journal.open(wish.data, datetime.now(KOREA).date(), again=wish.again), load_week()
    asked = days_of(week, wish.days)
    async with _stage(stand, journal, wish, teller) as stage:
        if _is_played(asked, journal):
            teller.tell(_("This week has been played on {folder} already; --again plays a new one."), folder=wish.data)
        else:
            teller.title(stand.url, journal)
            stage.steps = {problem.id: problem.step for problem in await stage.issues()}
            await register(stage)
            await play(asked, stage)
            if _is_played(week, journal):
                journal.end()
        await summarise(asked, stage)


def _is_played(days: Sequence[WeekDay], journal: Journal) -> bool:
    return all(scene in journal.played for day in days for scene in day.scenes)


@asynccontextmanager
async def _stage(stand: Stand, journal: Journal, wish: Wish, teller: Teller) -> AsyncIterator[Stage]:
    async with listening(stand.kafka, os.environ.get("CCMS_NAMESPACE", "")) as topics:
        told = complaints_of(load_week())
        yield Stage(stand, Portal(stand.url), topics, journal, told, teller, wish.pace)
