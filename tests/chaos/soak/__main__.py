"""`make soak`: half of what a deployment takes at most, for so long. Exit 1 when anything grows, stays or is lost."""

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

from shared.db.client import deadline
from tests.chaos.check import Fault, faults, summary
from tests.chaos.fleet import LAYOUTS, Fleet
from tests.chaos.ledger import Ledger
from tests.chaos.load import found, loaded
from tests.chaos.place import Place
from tests.chaos.reading import read
from tests.chaos.settling import settle
from tests.chaos.soak.judging import growing, table
from tests.chaos.soak.watching import Sample, watched
from tests.chaos.stand import Stand, standing
from tests.integration.processes import deployment, impatient_rules

SERVE: Final = ("-m", "deploy.cli", "serve")
FILERS: Final = 64
"""So many that what an answer takes hardly slows them down."""
SHARE: Final = 0.5
PATIENCE: Final = 30.0
"""Seconds that each person who is called has."""
LONGEST_SETTLING: Final = 900.0
"""Seconds: to look through all that was filed takes its time."""


@dataclass(frozen=True)
class Wish:
    """What was asked for; `rate` 0 when it is to be found out."""

    seed: int
    minutes: float
    rate: float
    measure: float


@click.command()
@click.option("--seed", type=int, default=lambda: random.randrange(10**6), help="The same company again.")
@click.option("--minutes", type=click.FloatRange(1), default=20.0, show_default=True)
@click.option("--rate", type=click.FloatRange(0), default=0.0, help="Complaints a second; half the most if 0.")
@click.option("--measure", type=click.FloatRange(1), default=30.0, show_default=True, help="Seconds at full speed.")
def main(seed: int, minutes: float, rate: float, measure: float) -> None:
    """Keep a deployment at work for long, and check that it does not grow tired.

    Example: make soak ARGS="--minutes 5 --rate 50"
    """
    for name in ("aiokafka", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    folder = Path(tempfile.mkdtemp(prefix="ccms-soak-"))
    last, broken = asyncio.run(_run(Wish(seed, minutes, rate, measure), folder))
    if broken:
        print(*broken[:50], f"{len(broken)} faults; the logs are in {folder / 'run'}", sep="\n")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    print(last)
    sys.exit(1 if broken else 0)


async def _run(wish: Wish, folder: Path) -> tuple[str, list[Fault]]:
    """The line that sums all up, and the faults."""
    rules = impatient_rules(folder / "rules", PATIENCE, ["ceo"])
    async with standing(folder / "stand") as stand, deployment(stand.servers, folder / "run", rules=rules) as deployed:
        deployed.serve = SERVE
        fleet, ledger = Fleet.of(deployed, LAYOUTS["whole"], folder), Ledger()
        await found(fleet.place)
        await fleet.start()
        rate = wish.rate or SHARE * await _most(fleet.place, ledger, wish)
        samples, done = await _soak(wish, rate, stand, fleet, ledger)
        print(table(samples), flush=True)
        broken = [Fault("wrong", what) for what in growing(samples, done)]
        print(f"settled within {await settle(fleet.place, LONGEST_SETTLING):.1f} s", flush=True)
        broken += [Fault("wrong", f"a process stopped with {code}") for code in await fleet.stop() if code]
        with deadline(LONGEST_SETTLING):
            broken += faults(ledger, await read(fleet.place))
    return summary(ledger, broken), broken


async def _most(place: Place, ledger: Ledger, wish: Wish) -> float:
    """Complaints a second that come to be known to every service: who files faster only makes the queue longer."""
    async with loaded(place, ledger, wish.seed, filers=FILERS):
        begun = monotonic()
        await asyncio.sleep(wish.measure)
        filed, known = _filed(ledger), await _known(place)
        seconds = monotonic() - begun
    await settle(place, LONGEST_SETTLING)
    print(f"at full speed {filed / seconds:.0f} complaints a second, {known / seconds:.0f} known to all", flush=True)
    return known / seconds


async def _known(place: Place) -> int:
    """How many complaints have gone through alerts and come back."""
    mongo = place.mongo("intake")
    try:
        return await mongo.count("complaints", {"issue_id": {"$ne": None}})
    finally:
        mongo.close()


async def _soak(wish: Wish, rate: float, stand: Stand, fleet: Fleet, ledger: Ledger) -> tuple[list[Sample], int]:
    """What was seen, and how many complaints were filed meanwhile."""
    before, begun = _filed(ledger), monotonic()
    async with loaded(fleet.place, ledger, wish.seed + 1, filers=FILERS, pause=FILERS / rate, is_paced=True):
        async with watched(stand, fleet) as samples:
            await asyncio.sleep(wish.minutes * 60)
        done, seconds = _filed(ledger) - before, monotonic() - begun
        print(f"{wish.minutes:g} minutes at {done / seconds:.0f} complaints a second, wanted {rate:.0f}", flush=True)
    return samples, done


def _filed(ledger: Ledger) -> int:
    return sum(deed.startswith("filing-") for deed in ledger.ids)


if __name__ == "__main__":
    main()
