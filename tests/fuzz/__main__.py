"""`make fuzz`: requests, records and files that nobody expects. Exit 1 when anything went wrong, or too little ran."""

import asyncio
import logging
import random
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final

import click

from tests.fuzz import afterwards, edges, over_http, over_topics
from tests.fuzz.asking import Desk
from tests.fuzz.findings import Finding, Report
from tests.fuzz.routes import Routes
from tests.fuzz.seen import Seen
from tests.fuzz.stand import Stand, stand
from tests.fuzz.writing import Pen

OVER_HTTP: Final = 0.62
OVER_TOPICS: Final = 0.25
AT_THE_EDGES: Final = 0.1
"""Shares of all cases; a few more go to pages once the topics have told strange things."""


@dataclass(frozen=True)
class Wish:
    """What was asked for."""

    seed: int
    cases: int
    only: str


@click.command()
@click.option("--seed", type=int, default=lambda: random.randrange(10**6), help="The same cases again.")
@click.option("--cases", type=click.IntRange(1), default=12_000, show_default=True, help="At least so many, in all.")
@click.option("--only", default="", help="Places whose name has this in it, such as a route or a topic.")
def main(seed: int, cases: int, only: str) -> None:
    """Send what nobody expects to every route, topic and reader of files.

    Example: make fuzz ARGS="--seed 7 --cases 12000"
    """
    print(f"seed {seed}: {cases} cases", flush=True)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    folder, begun, report = Path(tempfile.mkdtemp(prefix="ccms-fuzz-")), monotonic(), Report()
    try:
        asyncio.run(_run(folder, report, Wish(seed, cases, only)))
    finally:  # what was found until then is worth knowing, too
        print(*report.lines(), *report.findings, sep="\n", flush=True)
    if report.findings:
        print(f"the logs are in {folder / 'run'}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"at {report.got_through} of {len(report.ended)} places something got through")
    print(f"{report.cases} cases in {monotonic() - begun:.0f} s, {len(report.findings)} findings (seed {seed})")
    sys.exit(1 if report.findings else 0)


async def _run(folder: Path, report: Report, wish: Wish) -> None:
    told = _Progress(report)
    edges.fuzz(report, folder, round(wish.cases * AT_THE_EDGES), wish.seed, wish.only)
    told("files, settings, commands")
    async with stand(folder) as place:
        desk = _desk(place, report, wish.only)
        await asyncio.to_thread(over_http.fuzz, desk, round(wish.cases * OVER_HTTP), wish.seed)
        told("HTTP")
        for finding in await afterwards.half_done(place.fleet):
            report.note(finding)
        await over_topics.fuzz(place, report, round(wish.cases * OVER_TOPICS), wish.seed, wish.only)
        told("topics")
        await asyncio.to_thread(over_http.look_again, desk, wish.seed)
        told("pages and lists once more")
        for finding in await afterwards.unwell(place.fleet):
            report.note(finding)
    for log in sorted((folder / "run").glob("*.log")):
        for finding in afterwards.strange_lines(log):
            report.note(finding)
    if not wish.only:
        _check_enough(report, desk, wish.cases)


@dataclass
class _Progress:
    """Says how long each part took."""

    report: Report
    begun: float = field(default_factory=monotonic)
    cases: int = 0

    def __call__(self, part: str) -> None:
        seconds, self.begun = monotonic() - self.begun, monotonic()
        print(f"{part}: {self.report.cases - self.cases} cases in {seconds:.0f} s", flush=True)
        self.cases = self.report.cases


def _desk(place: Stand, report: Report, only: str) -> Desk:
    routes = Routes.every()
    asked = [route for route in routes.all if only in route.name]
    return Desk(routes, asked, Pen(place.urls, place.callers, place.vault, Seen(place.callers.untouchable)), report)


def _check_enough(report: Report, desk: Desk, cases: int) -> None:
    """Nothing may be left out because of a fault in here."""
    for places, least in (
        ({route.name for route in desk.asked}, over_http.share(desk, round(cases * OVER_HTTP)) // 2),
        ({reader.name for reader in over_topics.READERS}, round(cases * OVER_TOPICS / len(over_topics.READERS)) // 2),
    ):
        for finding in report.too_few(places, least):
            report.note(finding)
    if report.cases < cases:
        report.note(Finding("all", f"{report.cases} cases ran, and should have been {cases}", ""))


if __name__ == "__main__":
    main()
