"""`make chaos`: random kills under load, then the check. Exit 1 when anything was lost, doubled or wrong."""

import asyncio
import logging
import random
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

import click

from tests.chaos.check import Fault, faults, summary
from tests.chaos.clusters.answers import LATEST
from tests.chaos.clusters.crowding import crowding
from tests.chaos.fleet import LAYOUTS, Fleet
from tests.chaos.killing import Killing
from tests.chaos.kills import planned
from tests.chaos.ledger import Ledger
from tests.chaos.load import FILERS, found, loaded
from tests.chaos.reading import read
from tests.chaos.settling import settle
from tests.chaos.stand import Stand, standing
from tests.integration.processes import deployment, impatient_rules

PATIENCE: Final = 1.5
"""Seconds that each person who is called has, so that timers fire all the time."""
MOST_SHOWN: Final = 50


@dataclass(frozen=True)
class Wish:
    """What was asked for."""

    seed: int
    kills: int
    minutes: float
    layout: str
    filers: int


@click.command()
@click.option("--seed", type=int, default=lambda: random.randrange(10**6), help="The same kills again.")
@click.option("--kills", type=click.IntRange(0), default=200, show_default=True)
@click.option("--minutes", type=float, default=25.0, show_default=True, help="No kill after so many.")
@click.option("--layout", type=click.Choice(list(LAYOUTS)), default="mixed", show_default=True)
@click.option("--filers", type=click.IntRange(1), default=FILERS, show_default=True, help="Clients that file.")
def main(seed: int, kills: int, minutes: float, layout: str, filers: int) -> None:
    """Kill processes of a deployment under load, and check that nothing was lost or doubled.

    Example: make chaos ARGS="--seed 7 --kills 20"
    """
    wish = Wish(seed, kills, minutes, layout, filers)
    print(f"seed {seed}: at most {kills} kills within {minutes:g} minutes, layout {layout}", flush=True)
    for name in ("aiokafka", "asyncio"):  # the clients here see the kills, too
        logging.getLogger(name).setLevel(logging.CRITICAL)
    folder = Path(tempfile.mkdtemp(prefix="ccms-chaos-"))
    all_faults, last = asyncio.run(_run(wish, folder))
    for fault in all_faults[:MOST_SHOWN]:
        print(fault)
    if all_faults:
        print(f"{len(all_faults)} faults; the logs are in {folder / 'run'}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    print(last)
    sys.exit(1 if all_faults else 0)


async def _run(wish: Wish, folder: Path) -> tuple[list[Fault], str]:
    """The faults, and the line that sums all up."""
    rules = impatient_rules(folder / "rules", PATIENCE, ["ceo"])
    async with standing(folder / "stand") as stand, deployment(stand.servers, folder / "run", rules=rules) as deployed:
        fleet, ledger = Fleet.of(deployed, LAYOUTS[wish.layout], folder), Ledger()
        await found(fleet.place)
        await fleet.start()
        strange = await _live(wish, stand, fleet, ledger)
        all_faults = [*strange, *await _check(fleet, ledger)]
    return all_faults, summary(ledger, all_faults)


async def _live(wish: Wish, stand: Stand, fleet: Fleet, ledger: Ledger) -> list[Fault]:
    """Load and kills; what was strange meanwhile."""
    killing = Killing(stand, fleet, ledger)
    plan = planned(wish.seed, [post.name for post in fleet.posts], wish.kills)
    async with crowding() as machine, loaded(fleet.place, ledger, wish.seed, filers=wish.filers):
        await killing.carry_out(plan, monotonic() + wish.minutes * 60)
        await killing.all_back()
    slowest = f"the slowest answered after {ledger.slowest:.1f} s (crowded × {machine.factor:.1f})"
    print(f"{killing.done} kills; {ledger.tried} requests, {slowest}")
    late = [slowest] if ledger.slowest > LATEST * machine.factor else []
    return [Fault("wrong", what) for what in (*killing.strange, *late)]


async def _check(fleet: Fleet, ledger: Ledger) -> list[Fault]:
    try:
        print(f"settled within {await settle(fleet.place):.1f} s", flush=True)
    except AssertionError as restless:
        return [Fault("wrong", str(restless)), *faults(ledger, await read(fleet.place))]
    codes = dict(zip([post.name for post in fleet.posts], await fleet.stop(), strict=True))
    disorderly = [Fault("wrong", f"{name} stopped with {code}") for name, code in codes.items() if code]
    return [*disorderly, *faults(ledger, await read(fleet.place))]


if __name__ == "__main__":
    main()
