"""`POST /api/intake/v1/complaints`, durable with its events, beside the plain way in the same run."""

import itertools

import orjson

from bench.figures import Figure, at_least
from bench.load import Run, load, request
from bench.processes import free_port, process, wait_for
from bench.stand import Stand

SECONDS = 6.0
ROUNDS = 3
BODIES = [
    "두유를 열었는데 냄새가 이상하고 덩어리가 있었습니다. 같은 묶음의 다른 팩도 마찬가지입니다. 확인 부탁드립니다.",
    "배송이 사흘 늦었고 상자가 찢어져 있었어요. 안의 제품은 괜찮지만 선물용이라 곤란했습니다.",
    "전기장판 온도 조절기가 켜지지 않습니다. 산 지 두 달밖에 되지 않았는데 수리가 되나요?",
    "The blender stopped working after a week and the shop does not answer my messages about a refund.",
]


def requests_for(path: str, key: str) -> "itertools.cycle[bytes]":
    """Requests of several texts, in turn."""
    bodies = [orjson.dumps({"body": b, "product": {"code": f"P-{n}", "name": "제품"}}) for n, b in enumerate(BODIES)]
    return itertools.cycle([request(path, body, key) for body in bodies])


async def measure(stand: Stand) -> list[Figure]:
    """Both ways in turn, several rounds; the medians are compared. Ours is the API's process; its relay runs apart."""
    own, plain = free_port(), free_port()
    serve = ("-m", "deploy.cli", "serve", "intake", "--roles", "api", "--host", "127.0.0.1", "--port", str(own))
    bare = (
        "-m",
        "uvicorn",
        "bench.baseline:app",
        "--port",
        str(plain),
        "--log-level",
        "error",
        "--loop",
        "uvloop",
    )
    env = {**stand.env, "BENCH_DATABASE": "bench_plain"}
    with process(*serve, env=env), process(*bare, env=env):
        wait_for(f"http://127.0.0.1:{own}/ready")
        wait_for(f"http://127.0.0.1:{plain}/openapi.json")
        figures = []
        for connections in (32, 128):
            figures += await _compare(stand, own, plain, connections)
        return figures


async def _compare(stand: Stand, own: int, plain: int, connections: int) -> list[Figure]:
    ours, bare, parse = [], [], []
    for _ in range(ROUNDS):
        ours.append(await _once(own, "/api/intake/v1/complaints", stand.key, connections, SECONDS))
        bare.append(await _once(plain, "/complaints", stand.key, connections, SECONDS))
        parse.append(await _once(plain, "/parse", stand.key, connections, SECONDS / 3))
    value, base, least = (_median([run.rate for run in runs]) for runs in (ours, bare, parse))
    slow = _median([run.percentile(0.99) for run in ours])
    name = f"complaints filed, c{connections}"
    return [
        at_least(f"{name}, beside a bare insert_one", value, "/s", base, 1.5),
        at_least(f"{name}, beside parsing only", value, "/s", least, 0.35),
        Figure(f"{name}, p99", slow, "ms"),
    ]


async def _once(port: int, path: str, key: str, connections: int, seconds: float) -> Run:
    source = requests_for(path, key)
    run = await load(port, lambda: next(source), connections, seconds)
    wrong = {status: n for status, n in run.statuses.items() if status != 201}
    if wrong:
        raise RuntimeError(f"{path}: answers that were not 201: {wrong}")
    return run


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
