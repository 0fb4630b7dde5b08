"""Plays the week: scenes in the order of their times, told one after the other."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import groupby

from deploy.demo.acts import Act
from deploy.demo.customers import file, show
from deploy.demo.doing import do
from deploy.demo.material import Told, WeekDay
from deploy.demo.stage import Stage

AT_ONCE = 8
"""Complaints that are filed together where nobody watches."""
Scene = Told | Act


async def play(week: Sequence[WeekDay], stage: Stage) -> None:
    """Play every scene that was not played yet."""
    for day in week:
        scenes = [scene for scene in scenes_of(day) if scene.id not in stage.journal.played]
        if not scenes:
            continue
        stage.teller.day(day, stage.journal.monday)
        await stage.pace.rest("day")
        for run in together(scenes, AT_ONCE if stage.pace.is_hurried else 1):
            await _play(run, stage)


def scenes_of(day: WeekDay) -> list[Scene]:
    """What happens on a day, in order; at the same time the complaint comes first."""
    return sorted([*day.complaints, *day.acts], key=lambda scene: (scene.at, isinstance(scene, Act)))


def together(scenes: Sequence[Scene], most: int) -> Iterator[list[Scene]]:
    """Complaints that follow each other, at most so many; each act alone, because it needs what came before."""
    for are_complaints, run in groupby(scenes, key=lambda scene: isinstance(scene, Told)):
        found = list(run)
        size = most if are_complaints else 1
        yield from (found[place : place + size] for place in range(0, len(found), size))


async def _play(run: Sequence[Scene], stage: Stage) -> None:
    complaints = [scene for scene in run if isinstance(scene, Told)]
    filed = await asyncio.gather(*(file(told, stage) for told in complaints))
    decided = await asyncio.gather(*(stage.decided(came.id) for came in filed))
    for told, came, made_of_it in zip(complaints, filed, decided, strict=True):
        await show(told, came, made_of_it, stage)
        stage.journal.end_scene(told.id)
    for scene in run:
        if not isinstance(scene, Told):
            if scene.id not in stage.journal.done:
                await do(scene, stage)
            stage.journal.end_scene(scene.id)
