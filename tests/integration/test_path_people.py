"""People on real servers: what sharing decides acts in every other service within seconds, and without sharing too."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import httpx
import pytest

from deploy.desk import desk, do, kept_of
from services.sharing.handlers.founding import found_company, keep_account
from shared.identity.organisation import load_organisation
from tests.conftest import Servers
from tests.integration.processes import Deployment, Served, deployment, until

WITHIN = 5.0
"""Seconds in which a removed role, a revoked key or a sign-out acts everywhere."""
PASSWORD = "우산 자전거 새벽 감자"
ADMIN, AGENT = "p-042", "p-034"
COMPLAINTS = "/api/intake/v1/complaints"
ISSUES = "/api/alerts/v1/issues"


@dataclass
class Company:
    """The sample company with sharing, intake and alerts at work."""

    deployed: Deployment
    sharing: Served
    intake: Served
    alerts: Served

    def browser(self) -> httpx.AsyncClient:
        """A browser that keeps one session for all services, as behind one gateway."""
        return httpx.AsyncClient(headers={"Accept-Language": "en"}, timeout=15)

    async def sign_in(self, browser: httpx.AsyncClient, person: str, password: str = PASSWORD) -> httpx.Response:
        """Send the form of the sign-in page."""
        form = {"name": person, "password": password, "next": "/intake/complaints?x=1"}
        url = self.sharing.url
        headers = {"Origin": url, "Accept": "text/html", "Idempotency-Key": "the-same"}  # which counts for nothing here
        return await browser.post(f"{url}/sign-in", data=form, headers=headers)

    async def post(self, browser: httpx.AsyncClient, path: str, **data: str) -> httpx.Response:
        """Send a form of sharing's pages."""
        url = self.sharing.url
        return await browser.post(f"{url}{path}", data=data, headers={"Origin": url, "Accept": "text/html"})


@asynccontextmanager
async def company(servers: Servers, folder: Path) -> AsyncIterator[Company]:
    async with deployment(servers, folder) as deployed:
        async with desk(deployed.settings) as running:
            await do(running.committer, found_company, load_organisation())
            kept = await kept_of(PASSWORD)
            for person in (ADMIN, AGENT):
                await do(running.committer, keep_account, person, kept, False)
        started = [deployed.start(name) for name in ("sharing", "intake", "alerts")]
        sharing, intake, alerts = [await deployed.ready(served) for served in started]
        yield Company(deployed, sharing, intake, alerts)


def status(browser: httpx.AsyncClient, *addresses: str) -> Callable[[], Awaitable[list[int]]]:
    """Asks each address, and says what they answered."""

    async def ask() -> list[int]:
        return [(await browser.get(address)).status_code for address in addresses]

    return ask


async def seconds_until(ask: Callable[[], Awaitable[list[int]]], wanted: int) -> float:
    """How long it takes until all answer `wanted`."""
    begun = monotonic()

    async def all_say_so() -> bool:
        return set(await ask()) == {wanted}

    await until(all_say_so, f"all say {wanted}", 20)
    return monotonic() - begun


@pytest.mark.timeout(180)
async def test_what_is_decided_at_sharing_acts_everywhere_within_five_seconds(servers: Servers, tmp_path: Path) -> None:
    async with company(servers, tmp_path) as here, here.browser() as agent, here.browser() as admin:
        signed_in = await here.sign_in(agent, AGENT)
        assert (signed_in.status_code, signed_in.headers["location"]) == (303, "/intake/complaints?x=1")
        await here.sign_in(admin, ADMIN)
        cases = status(agent, f"{here.intake.url}{COMPLAINTS}", f"{here.alerts.url}{ISSUES}")
        await seconds_until(cases, 200)
        assert set(await status(admin, f"{here.intake.url}{COMPLAINTS}", f"{here.alerts.url}{ISSUES}")()) == {403}

        person = f"/api/sharing/v1/people/{AGENT}"
        answer = await admin.patch(
            f"{here.sharing.url}{person}", json={"roles": ["admin"]}, headers={"Origin": here.sharing.url}
        )
        assert answer.status_code == 200, answer.text
        role = await seconds_until(cases, 403)

        assert role < WITHIN


@pytest.mark.timeout(180)
async def test_a_sign_out_acts_everywhere_and_other_sessions_go_on(servers: Servers, tmp_path: Path) -> None:
    async with company(servers, tmp_path) as here, here.browser() as one, here.browser() as other:
        await asyncio.gather(here.sign_in(one, AGENT), here.sign_in(other, AGENT))
        addresses = [f"{here.intake.url}{COMPLAINTS}", f"{here.alerts.url}{ISSUES}"]
        await seconds_until(status(one, *addresses), 200)
        stolen = httpx.AsyncClient(cookies=dict(one.cookies), timeout=15)
        await here.post(one, "/sign-out")
        assert await seconds_until(status(stolen, *addresses), 401) < WITHIN
        assert set(await status(other, *addresses)()) == {200}
        await here.post(other, "/account/endings")
        third = httpx.AsyncClient(cookies=dict(other.cookies), timeout=15)
        assert await seconds_until(status(third, *addresses), 401) < WITHIN
        await stolen.aclose()
        await third.aclose()


@pytest.mark.timeout(180)
async def test_without_sharing_who_is_in_stays_in_and_who_was_put_out_stays_out(
    servers: Servers, tmp_path: Path
) -> None:
    async with company(servers, tmp_path) as here, here.browser() as agent, here.browser() as gone:
        await asyncio.gather(here.sign_in(agent, AGENT), here.sign_in(gone, AGENT))
        complaints = f"{here.intake.url}{COMPLAINTS}"
        await seconds_until(status(agent, complaints), 200)
        out = httpx.AsyncClient(cookies=dict(gone.cookies), timeout=15)
        await here.post(gone, "/sign-out")
        await seconds_until(status(out, complaints), 401)
        assert await here.sharing.stop() == 0

        assert await status(agent, complaints)() == [200]
        filed = await agent.post(complaints, json={"body": "배송이 늦어요"}, headers={"Origin": here.intake.url})
        assert filed.status_code == 201
        await here.intake.stop()
        again = await here.deployed.ready(here.deployed.start("intake"))
        assert await status(agent, f"{again.url}{COMPLAINTS}")() == [200]
        assert await status(out, f"{again.url}{COMPLAINTS}")() == [401]
        await out.aclose()


@pytest.mark.timeout(180)
async def test_a_page_leads_to_the_sign_in_and_five_failures_lock_whatever_the_name(
    servers: Servers, tmp_path: Path
) -> None:
    async with company(servers, tmp_path) as here, here.browser() as browser:
        led = await browser.get(f"{here.intake.url}/intake/complaints?after=x", headers={"Accept": "text/html"})
        assert (led.status_code, led.headers["location"]) == (303, "/sign-in?next=/intake/complaints%3Fafter%3Dx")
        for name in (AGENT, "nobody-here"):
            said = [await here.sign_in(browser, name, "wrong") for _ in range(6)]
            assert [answer.status_code for answer in said] == [401] * 5 + [429]
            assert not browser.cookies
        assert (await here.sign_in(browser, AGENT)).status_code == 429
        other_site = {"Origin": "https://evil.example", "Accept": "text/html"}
        forged = await browser.post(
            f"{here.sharing.url}/sign-in", data={"name": ADMIN, "password": PASSWORD}, headers=other_site
        )
        assert forged.status_code == 403
        assert not browser.cookies
        assert (await here.sign_in(browser, ADMIN)).status_code == 303
