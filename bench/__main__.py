"""`make bench`: every figure beside its baseline, in one run."""

import argparse
import sys

import uvloop

from bench import cpu, events, filing, importing, lists, live, memory, pages, relaying, search, startup
from bench.figures import Figure, write
from bench.stand import stand

BENCHES = {
    "filing": filing.measure,
    "cpu": cpu.measure,
    "events": events.measure,
    "importing": importing.measure,
    "live": live.measure,
    "relaying": relaying.measure,
    "memory": memory.measure,
    "pages": pages.measure,
    "search": search.measure,
    "lists": lists.measure,
    "startup": startup.measure,
}


async def run(names: list[str]) -> list[Figure]:
    """The figures of these benches, each on servers of its own."""
    figures: list[Figure] = []
    for name in names:
        print(f"measuring {name} …", file=sys.stderr)
        async with stand() as made:
            figures += await BENCHES[name](made)
    return figures


def main() -> int:
    """Measure, print, keep; exit code 1 when a figure falls short."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--only", choices=sorted(BENCHES), action="append", help="measure only this (repeatable)")
    figures = uvloop.run(run(parser.parse_args().only or list(BENCHES)))
    write(figures)
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
