"""`POST /api/intake/v1/complaints`, durable with its events, beside the plain way in the same run."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from bench.company import Served, company
from bench.figures import Figure, at_least
from bench.load import Run, load, request
from bench.processes import cpu_seconds, free_port, process, wait_for
from bench.stand import Stand

SECONDS = 4.0
ROUNDS = 3
BODIES = [
    "두유를 열었는데 냄새가 이상하고 덩어리가 있었습니다. 같은 묶음의 다른 팩도 마찬가지입니다. 확인 부탁드립니다.",
    "배송이 사흘 늦었고 상자가 찢어져 있었어요. 안의 제품은 괜찮지만 선물용이라 곤란했습니다.",
    "전기장판 온도 조절기가 켜지지 않습니다. 산 지 두 달밖에 되지 않았는데 수리가 되나요?",
    "The blender stopped working after a week and the shop does not answer my messages about a refund.",
]


TEXTS = 5_000
"""Different ones: more than the hazards of which a process remembers."""


def requests_for(path: str, key: str) -> "itertools.cycle[bytes]":
    """Requests of as many texts, in turn."""
    bodies = (
        orjson.dumps({"body": f"{BODIES[n % len(BODIES)]} ({n})", "product": {"code": f"P-{n % 4}", "name": "제품"}})
        for n in range(TEXTS)
    )
    return itertools.cycle([request(path, body, key) for body in bodies])


@dataclass(frozen=True, slots=True)
class Side:
    """Processes that answer the same, and the path that is asked for."""

    path: str
    served: tuple[Served, ...]


async def measure(stand: Stand) -> list[Figure]:
    """Every way in turn, several rounds; the medians are compared. Ours are processes of the API alone."""
    plain = free_port()
    bare = ("-m", "uvicorn", "bench.baseline:app", "--port", str(plain), "--log-level", "error", "--loop", "uvloop")
    env = {**stand.env, "BENCH_DATABASE": "bench_plain"}
    with (
        company(stand, "intake", roles="api") as one,
        company(stand, "intake", roles="api") as other,
        process(*bare, env=env) as started,
    ):
        wait_for(f"http://127.0.0.1:{plain}/openapi.json")
        pair, baseline = (one["intake"], other["intake"]), (Served(started.pid, plain),)
        own = "/api/intake/v1/complaints"
        sides = Side(own, pair[:1]), Side(own, pair), Side("/complaints", baseline), Side("/parse", baseline)
        return [figure for many in (32, 128) for figure in await _compare(stand, sides, many)]


async def _compare(stand: Stand, sides: Sequence[Side], connections: int) -> list[Figure]:
    runs: list[list[Run]] = [[] for _ in sides]
    for _ in range(ROUNDS):
        for side, kept in zip(sides, runs, strict=True):
            kept.append(await _once(side, stand.key, connections, SECONDS))
    one, two, bare, parse = (_median([run.rate for run in kept]) for kept in runs)
    spent = [1000 * _median([run.cpu / len(run.latencies) for run in kept]) for kept in runs]
    name = f"complaints filed, c{connections}"
    return [
        at_least(f"{name}, beside a bare insert_one", one, "/s", bare, 1.5),
        at_least(f"{name}, beside parsing only", one, "/s", parse, 0.35),
        at_least(f"{name}, two processes beside a bare one", two, "/s", bare, 1.5),
        Figure(f"{name}, p99", _median([run.percentile(0.99) for run in runs[0]]), "ms"),
        Figure(f"{name}, CPU of the process for each", spent[0], "ms", spent[2]),
    ]


async def _once(side: Side, key: str, connections: int, seconds: float) -> Run:
    source, before = requests_for(side.path, key), _spent(side)
    each = connections // len(side.served)
    parts = await asyncio.gather(*(load(served.port, lambda: next(source), each, seconds) for served in side.served))
    run = Run(max(part.seconds for part in parts), cpu=_spent(side) - before)
    for part in parts:
        run.add(part)
    if wrong := {status: n for status, n in run.statuses.items() if status != 201}:
        raise RuntimeError(f"{side.path}: answers that were not 201: {wrong}")
    return run


def _spent(side: Side) -> float:
    return sum(cpu_seconds(served.pid) for served in side.served)


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
