"""How long the server takes for the pages of alerts with 100,000 complaints in 5,000 issues."""

import time
from pathlib import Path
from uuid import uuid4

import httpx

from bench.alert_history import fill
from bench.figures import Figure, at_most
from bench.processes import free_port, process, wait_for
from bench.stand import Stand
from services.alerts.service import SERVICE, rules_of
from shared.db.client import Mongo
from shared.db.schema import prepare
from shared.identity.organisation import load_organisation
from shared.identity.sessions import Session, write_session
from shared.privacy.vault import Vault, read_master_keys
from shared.runtime.clock import SystemClock
from shared.runtime.settings import Settings
from shared.web.authentication import session_cookie

TIMES, WARM = 60, 5
LIMIT = 100.0


async def measure(stand: Stand) -> list[Figure]:
    """Every page in turn over one connection; 95 of 100 answers have to come within the limit."""
    settings = Settings(kafka=stand.kafka, mongo=stand.mongo, namespace=stand.env["CCMS_NAMESPACE"], mode="local")
    mongo, organisation = Mongo(stand.mongo, settings.named("ccms_alerts")), load_organisation()
    await prepare(mongo, SERVICE.models, SERVICE.steps)
    issue = await fill(mongo, rules_of(settings).playbook, organisation)
    mongo.close()
    port = free_port()
    serve = ("-m", "deploy.cli", "serve", "alerts", "--roles", "api", "--host", "127.0.0.1", "--port", str(port))
    with process(*serve, env=stand.env):
        wait_for(f"http://127.0.0.1:{port}/ready")
        cookies = {session_cookie(False): _session(stand)}
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", cookies=cookies, timeout=30) as browser:
            return [_page(browser, name, path) for name, path in _pages(issue.id).items()]


def _pages(issue: str) -> dict[str, str]:
    return {
        "board": "/alerts",
        "board, one step": "/alerts?step=3",
        "board, one product by name": "/alerts?product=제품 399",
        "board, closed": "/alerts?state=closed",
        "issue with 5,000 complaints": f"/alerts/{issue}",
        "its complaints": f"/alerts/{issue}/complaints",
        "its story of 2,000 entries": f"/alerts/{issue}/timeline",
        "notices": "/alerts/notices",
        "one notice with its readers": "/alerts/notices/notice-1",
        "messages": "/alerts/messages",
        "list of issues (API)": "/api/alerts/v1/issues",
    }


def _session(stand: Stand) -> str:
    vault = Vault(*read_master_keys(Path(stand.env["CCMS_MASTER_KEY_FILE"])))
    return write_session(Session(uuid4().hex, "p-027", SystemClock().now()), vault)


def _page(browser: httpx.Client, name: str, path: str) -> Figure:
    taken = []
    for turn in range(WARM + TIMES):
        begun = time.perf_counter()
        answer = browser.get(path, headers={"Accept": "text/html", "Accept-Language": "ko"})
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        if turn >= WARM:
            taken.append(1000 * (time.perf_counter() - begun))
    return at_most(f"{name}, p95", sorted(taken)[int(0.95 * len(taken))], "ms", LIMIT)
