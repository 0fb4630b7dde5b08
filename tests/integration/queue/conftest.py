"""Intake with a real database and its roster, seen by people of the sample company, without a network."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import httpx
import pytest_asyncio
from fastapi import FastAPI

from services.intake.repository.roster import LiveRoster
from services.intake.service import SERVICE
from shared.identity.organisation import load_organisation
from shared.identity.principal import Principal
from shared.runtime.app import service_app
from shared.runtime.process import Running
from shared.runtime.settings import Settings
from shared.web.authentication import Authenticator

ORGANISATION = load_organisation()
QUEUE = "/intake/complaints"
API = "/api/intake/v1"
PART = {"HX-Request": "true"}
"""What htmx sends when it wants a part of a page."""
BURN = "전기장판에서 불이 나 손에 화상을 입어 병원에서 2주 치료를 받았어요. 환불해 주세요."
FAULT = "전기밥솥 코팅이 벗겨져 고장이 났어요. 환불해 주세요."
LATE = "배송이 일주일째 안 와요. 운송장 번호도 없습니다."
CAUSE = {"cause": "process", "cause_text": "코팅 온도가 낮았다", "prevention": "온도를 상시 점검한다"}
RUDE = "상담원이 반말을 하고 전화를 끊었습니다. 태도가 무례했습니다."


async def holder_of(key: str) -> Principal | None:
    """Somebody of the sample company: their id is their key."""
    person = ORGANISATION.person(key)
    if person is None:
        return None
    return Principal(person.id, person.name, frozenset(person.roles), "person", person.department)


AGENT, OTHER_AGENT, MANAGER, OTHER_MANAGER = "p-034", "p-035", "p-001", "p-002"
EMPLOYEE, AUDITOR, ADMIN, HR, WORKER = "p-044", "p-043", "p-042", "p-041", "p-006"


@dataclass
class Intake:
    """The service, and browsers of its people."""

    app: FastAPI

    @property
    def running(self) -> Running:
        return self.app.state.running  # type: ignore[no-any-return]

    @property
    def roster(self) -> LiveRoster:
        assert isinstance(self.running.memory, LiveRoster)
        return self.running.memory

    def browser(self, who: str, language: str = "en", **headers: str) -> httpx.AsyncClient:
        """A browser of somebody."""
        sent = {"Accept-Language": language, "Accept": "text/html,*/*", "Authorization": f"Bearer {who}"} | headers
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://intake", headers=sent)

    async def file(self, body: str = FAULT, by: str = AGENT, **other: Any) -> dict[str, Any]:
        """File a complaint, and have it in the roster."""
        said = {"body": body, "product": {"code": "RC-880", "name": "전기밥솥"}} | other
        async with self.browser(by) as client:
            answer = await client.post(f"{API}/complaints", json=said)
        answer.raise_for_status()
        filed: dict[str, Any] = answer.json()
        await self.roster.take([filed["id"]])
        return filed

    async def do(self, id: str, path: str, by: str = MANAGER, **body: Any) -> dict[str, Any]:
        """Change a card over the API, and have the change in the roster."""
        async with self.browser(by) as client:
            answer = await client.post(f"{API}/complaints/{id}{path}", json=body)
        assert answer.is_success, answer.text
        await self.roster.take([id])
        done: dict[str, Any] = answer.json()
        return done


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def intake(settings: Settings) -> AsyncIterator[Intake]:
    """One intake for a file of tests."""
    own = settings.model_copy(update={"namespace": f"{settings.namespace}q-"})
    app = service_app(SERVICE, own, Authenticator(holder_of), roles=())
    async with app.router.lifespan_context(app):
        made = Intake(app)
        following = asyncio.create_task(made.roster.run())
        assert await made.roster.ready(10)
        yield made
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await app.state.running.mongo.drop()


def numbers_in(page: str) -> list[str]:
    """The complaints in the list of a page, in order."""
    return re.findall(r'<span class="number">(C-\d{4}-\d{6})</span><span class="row-side', page)


def text_of(page: str) -> str:
    """What a person reads of a page, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def drawn_in(page: str, noun: str) -> dict[str, str]:
    """The hidden fields of one form of a card."""
    form = re.search(rf'<form[^>]*action="[^"]*/{noun}".*?</form>', page, re.DOTALL)
    assert form, f"there is no form for {noun}"
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[0])
    return {name: unescape(value) for name, value in fields}


def offers_in(page: str) -> set[str]:
    """The forms that a card offers."""
    return set(re.findall(r'data-form="([a-z_]+)"', page))


async def act(client: httpx.AsyncClient, number: str, noun: str, **fields: str) -> httpx.Response:
    """Fill in one form of a card as it is drawn, and send it."""
    page = (await client.get(f"{QUEUE}/{number}")).text
    return await client.post(f"{QUEUE}/{number}/{noun}", data={**drawn_in(page, noun), **fields})


async def page_of(intake: Intake, number: str, who: str) -> str:
    """The page of a card as somebody sees it."""
    async with intake.browser(who) as client:
        return (await client.get(f"{QUEUE}/{number}")).text
