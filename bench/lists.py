"""List, filter and card with 1,000,000 complaints, beside the same with 10,000.

The queue is walked as people walk it: every filter that the page offers, then filters beside filters, then pages far
down; the API with one filter after the other, then with several at once.
"""

import os
import re
import time
from collections.abc import Sequence
from html import unescape
from random import Random
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from bench import alert_history, complaint_history
from bench.browsing import CPU, Browser, Taken
from bench.company import company, signed_in
from bench.figures import Figure
from bench.processes import files_mb, memory_mb
from bench.stand import Stand
from services.alerts.domain.case import Case
from services.alerts.service import SERVICE as ALERTS
from services.alerts.service import rules_of
from services.intake.domain.complaint import Complaint
from shared.db.client import Mongo, deadline
from shared.db.schema import prepare
from shared.identity.organisation import load_organisation
from shared.runtime.settings import Settings
from shared.web.paging import Cursor, write_cursor

SIZES: Final = (10_000, int(os.environ.get("BENCH_COMPLAINTS", "1_000_000")))
PERSON: Final = "p-027"
QUEUE: Final = "/intake/complaints"
API: Final = "/api/intake/v1/complaints"
TIMES, BESIDE, DEEP = 60, 100, 50
LIMIT, GROWTH = 50.0, 1.5
PATIENCE: Final = 1_800.0
PER_ISSUE: Final = 50
TOLD_ISSUES: Final = 5
"""Of so many complaints of an issue alerts' own code makes the rows; MongoDB copies them."""
HREF: Final = re.compile(r'href="(/intake/complaints\?[^"#]*)"')
FILTERS: Final = {
    "category": ("delivery", "product_safety", "quality"),
    "severity": ("minor", "moderate", "critical"),
    "product_code": ("P-1", "P-17", "P-900"),
    "channel": ("web", "1372"),
    "state": ("assigned", "resolved", "withdrawn"),
    "cause_state": ("found", "verified"),
    "department": ("logistics", "quality_safety"),
    "assignee": ("p-024", "p-003"),
    "open": ("true", "false"),
}
ONCE: Final = "once: "


async def measure(stand: Stand) -> list[Figure]:
    """Each size in databases of its own."""
    patterns = await complaint_history.patterns(stand)
    few, many = [await _at(await stand.apart(f"n{size}-"), patterns, size) for size in SIZES]
    return [_beside(name, many[name], few[name]) for name in many]


def _beside(name: str, many: list[float], few: list[float]) -> Figure:
    if name.startswith(ONCE):
        _, name, unit = name.split(": ")
        return Figure(f"{name}, {SIZES[-1]:,} beside {SIZES[0]:,}", many[0], unit, few[0])
    if name.startswith(CPU):
        return Figure(f"{name}, services and MongoDB", many[0], "ms", few[0])
    late, early = (sorted(taken)[int(0.95 * len(taken))] for taken in (many, few))
    holds = late <= LIMIT and late <= GROWTH * early
    return Figure(f"{name}, p95", late, "ms", early, f"<= {LIMIT:g} ms, <= {GROWTH} x", holds)


async def _at(stand: Stand, patterns: Sequence[dict[str, Any]], size: int) -> Taken:
    intake, alerts = stand.mongo_of("intake"), stand.mongo_of("alerts")
    await complaint_history.fill(intake, patterns, load_organisation(), size)
    await _fill_alerts(alerts, stand, size)
    taken = await _stored(intake)
    with company(stand, "intake", "alerts", roles="api") as services:
        cookies = signed_in(stand, PERSON)
        with Browser(services["intake"], cookies) as browser:
            taken["once: until the queue is whole: s"] = [_wait_for_all(browser, size)]
            _queue(browser)
            await _cards(browser, intake)
            _api(browser)
            taken |= browser.taken
        with Browser(services["alerts"], cookies) as browser:
            for name, path in {"board": "", "board, one step": "?step=3", "board, closed": "?state=closed"}.items():
                browser.ask(name, [f"/alerts{path}"] * TIMES)
            taken |= browser.taken
        for name, served in services.items():
            taken[f"once: memory of {name}: MB"] = [memory_mb(served.pid)]
            taken[f"once: pages of files in the memory of {name}: MB"] = [files_mb(served.pid)]
    for mongo in (intake, alerts):
        mongo.close()
    return taken


async def _stored(intake: Mongo) -> Taken:
    scale = {"$collStats": {"storageStats": {"scale": 2**20}}}
    stored = (await intake.aggregate(Complaint.collection, [scale]))[0]["storageStats"]
    return {
        "once: complaints on disk: MB": [stored["storageSize"]],
        "once: their indexes on disk: MB": [stored["totalIndexSize"]],
    }


async def _fill_alerts(mongo: Mongo, stand: Stand, size: int) -> None:
    """Issues of fifty complaints each."""
    settings = Settings(kafka=stand.kafka, mongo=stand.mongo, mode="local")
    issues = size // PER_ISSUE
    told = alert_history.BIG + issues * TOLD_ISSUES
    with deadline(PATIENCE):
        await prepare(mongo, ALERTS.models, ALERTS.steps)
        await alert_history.fill(mongo, rules_of(settings).playbook, load_organisation(), issues, told)
        for copy in range(PER_ISSUE // TOLD_ISSUES - 1):
            like: list[dict[str, Any]] = [
                {"$match": {"_id": {"$regex": "^case-[0-9]+-[0-9]+$"}}},
                {"$set": {"_id": {"$concat": ["$_id", f"-{copy}"]}}},
                {"$merge": {"into": Case.collection}},
            ]
            await mongo.aggregate(Case.collection, like)


def _wait_for_all(browser: Browser, size: int) -> float:
    """Seconds until the queue knows every complaint, and until search does: what is measured then is at rest."""
    begun, whole = time.perf_counter(), 0.0
    while time.perf_counter() - begun < PATIENCE:
        page = browser.get(f"{QUEUE}?which=all").text
        whole = whole or (time.perf_counter() - begun if f'data-total="{size}"' in page else 0.0)
        if whole and browser.get(f"{API}?q=refund").json()["index_percent"] == 100:
            return whole
        time.sleep(1)
    raise TimeoutError("the queue is not whole")


def _queue(browser: Browser) -> None:
    """What the page offers, what it offers then, and pages far down."""
    chance = Random(3)
    offered = _offered(browser, QUEUE)
    beside = [chance.choice(_offered(browser, chance.choice(offered))) for _ in range(BESIDE)]
    more = [chance.choice(_offered(browser, chance.choice(beside))) for _ in range(BESIDE)]
    browser.ask("queue, open", [QUEUE] * TIMES)
    browser.ask("queue, all", [f"{QUEUE}?which=all&order=newest"] * TIMES)
    browser.ask("queue, every filter that it offers", offered)
    browser.ask("queue, filters beside filters", [*beside, *more])
    browser.ask("queue, far down", _far_down(f"{QUEUE}?which=all&order=newest", -1))


def _offered(browser: Browser, path: str) -> list[str]:
    found = HREF.findall(browser.get(path).text)
    return sorted({unescape(href) for href in found if "after=" not in href and "card=" not in href})


def _far_down(path: str, order: int) -> list[str]:
    """Pages behind moments all over the year; `order` is -1 where the cursor's key falls."""
    year, now = 365 * 86_400_000, int(time.time() * 1000)
    keys = [order * (now - year * n // DEEP) for n in range(DEEP)]
    return [f"{path}&after={write_cursor(Cursor(key, str(UUID(int=0))), path.partition('?')[0])}" for key in keys]


async def _cards(browser: Browser, intake: Mongo) -> None:
    chance = [{"$sample": {"size": TIMES}}, {"$project": {"number": 1}}]
    rows = await intake.aggregate(Complaint.collection, chance)
    browser.ask("card", [f"{QUEUE}/{row['number']}" for row in rows])


def _api(browser: Browser) -> None:
    """One filter, several, and what is due."""
    chance = Random(5)
    alone = [{name: value} for name, values in FILTERS.items() for value in values]
    several = [
        {name: chance.choice(FILTERS[name]) for name in chance.sample(sorted(FILTERS), chance.randint(2, 4))}
        for _ in range(BESIDE)
    ]
    asked: dict[str, list[dict[str, str]]] = {
        "API, no filter": [{}] * TIMES,
        "API, one filter": alone * 3,
        "API, several filters": several,
        "API, what is due": [{"due_before": "2100-01-01T00:00:00Z", **filters} for filters in ({}, *several[:20])],
    }
    for name, queries in asked.items():
        browser.ask(name, [f"{API}?{urlencode(query)}" for query in queries])
    browser.ask("API, far down", _far_down(f"{API}?open=false", 1))
