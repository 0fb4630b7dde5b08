"""`make profile`: where a running service's time goes under load, as a flame graph and as a table in `build/`.

py-spy looks at the process from outside, a hundred times a second, and has to be allowed to: as root, or with the
kernel's setting `kernel.yama.ptrace_scope` at 0.
"""

import argparse
import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import uvloop

from bench.company import company
from bench.live import complaint
from bench.pace import pace
from bench.processes import ROOT
from bench.stand import stand
from deploy import registry

BUILD: Final = ROOT / "build"
SPY: Final = Path(sys.executable).with_name("py-spy")
WARM: Final = 5.0
SHOWN: Final = 60


async def profile(service: str, seconds: int, rate: float, *, holding: bool) -> list[Path]:
    """Have a service of a whole company under load looked at twice: for the graph, then for the table."""
    graph, raw = BUILD / f"profile-{service}.svg", BUILD / f"profile-{service}.raw"
    BUILD.mkdir(exist_ok=True)
    async with stand() as made:
        with company(made) as services:
            post = partial(complaint, "P", made.key)
            await pace(services["intake"].port, post, rate, WARM)
            load = asyncio.create_task(pace(services["intake"].port, post, rate, 2 * seconds + WARM))
            for file, form in ((graph, "flamegraph"), (raw, "raw")):
                await _look(services[service].pid, seconds, file, form, holding=holding)
            await load
    table = raw.with_suffix(".txt")
    table.write_text("\n".join(_table(raw.read_text(encoding="utf-8").splitlines())) + "\n", encoding="utf-8")
    raw.unlink()
    return [graph, table]


async def _look(pid: int, seconds: int, file: Path, form: str, *, holding: bool) -> None:
    options = ["--pid", str(pid), "--duration", str(seconds), "--output", str(file), "--format", form]
    command = [str(SPY), "record", *options, *(["--gil"] if holding else [])]
    spy = await asyncio.create_subprocess_exec(*command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, said = await spy.communicate()
    if spy.returncode:
        raise SystemExit(said.decode(errors="replace"))


def _table(stacks: Sequence[str]) -> Iterator[str]:
    """What each function takes by itself, and with all that it calls, in hundredths of the samples."""
    own, whole, total = Counter[str](), Counter[str](), 0
    for stack in stacks:
        frames, _, seen = stack.rpartition(" ")
        names = [frame.rpartition(":")[0] for frame in frames.split(";")]
        own[names[-1]] += int(seen)
        whole.update(dict.fromkeys(names, int(seen)))
        total += int(seen)
    if not total:
        return
    yield f"{'itself':>7} {'whole':>7}"
    for name, count in own.most_common(SHOWN):
        yield f"{100 * count / total:6.1f}% {100 * whole[name] / total:6.1f}%  {name}"
    yield ""
    yield f"{'whole':>7}"
    for name, count in whole.most_common(SHOWN):
        yield f"{100 * count / total:6.1f}%  {name}"


def main() -> None:
    """Profile, then say where the files are."""
    parser = argparse.ArgumentParser(prog="make profile")
    parser.add_argument("--service", choices=sorted(registry.MODULES), default="intake")
    parser.add_argument("--seconds", type=int, default=20, help="how long each of the two looks takes")
    parser.add_argument("--rate", type=float, default=100.0, help="complaints a second meanwhile")
    parser.add_argument("--all-threads", action="store_true", help="also those that wait for the interpreter")
    asked = parser.parse_args()
    for file in uvloop.run(profile(asked.service, asked.seconds, asked.rate, holding=not asked.all_threads)):
        print(file)


if __name__ == "__main__":
    main()
