"""The follow page: number and secret open it, and the customer acts on it as the card lets them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.integration.filing.conftest import API, Intake
from tests.integration.filing.visiting import MILD
from tests.unit.uploads.sample_files import pdf, png

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = "/complaints/follow"


@dataclass
class Case:
    """A complaint of a visitor, and the office that answers it."""

    intake: Intake
    visitor: httpx.AsyncClient
    id: str
    number: str
    secret: str

    async def sign_in(self, **wrong: str) -> httpx.Response:
        return await self.visitor.post(PAGE, data={"number": self.number, "secret": self.secret} | wrong)

    async def page(self) -> str:
        return unescape((await self.visitor.get(PAGE)).text)

    async def do(self, what: str, **fields: str) -> httpx.Response:
        return await self.visitor.post(f"{PAGE}/{what}", data=fields)

    async def state(self) -> str:
        (row,) = await self.intake.running.mongo.find("complaints", {"_id": self.id})
        return str(row["state"])

    async def answered(self) -> None:
        """The office takes it in hand and answers."""
        async with self.intake.client("supervisor", Accept="application/json") as office:
            for path, body in (
                ("acknowledgements", {}),
                ("answers", {"stage": "final", "text": "교환해 드리겠습니다.", "remedies": ["exchange"], "send": True}),
            ):
                said: Any = await office.post(f"{API}/complaints/{self.id}/{path}", json=body)
                assert said.status_code < 300, said.text


@pytest_asyncio.fixture(loop_scope="module")
async def case(intake: Intake, visitor: httpx.AsyncClient) -> AsyncIterator[Case]:
    filed = (await visitor.post(f"{API}/public/complaints", json={"body": f"{MILD} 홍길동 010-1234-5678"})).json()
    yield Case(intake, visitor, filed["id"], filed["number"], filed["secret"])


async def test_number_and_secret_open_it_however_they_are_written(case: Case) -> None:
    opened = await case.sign_in(secret=f" {case.secret.lower().replace('-', ' ').replace('0', 'o')} ")
    assert (opened.status_code, opened.headers["location"]) == (303, PAGE)
    page = await case.page()
    assert case.number in page
    assert "홍길동 010-1234-5678" in page


async def test_a_wrong_number_and_a_wrong_secret_get_the_same_answer(case: Case) -> None:
    answers = [
        await case.sign_in(secret="0" * 26),
        await case.sign_in(number="C-2026-999999"),
        await case.sign_in(number=case.id),
        await case.sign_in(secret=""),
        await case.sign_in(number="", secret=""),
    ]
    texts = {unescape(answer.text).split('role="alert"')[1].split("</div>")[0] for answer in answers}
    assert {answer.status_code for answer in answers} == {422}
    assert len(texts) == 1
    assert "ccms_follow" not in case.visitor.cookies


async def test_guessing_is_slowed_down(case: Case) -> None:
    statuses = [(await case.sign_in(secret="wrong")).status_code for _ in range(20)]
    assert statuses[0] == 422
    assert statuses[-1] == 429


async def test_neither_stands_in_an_address_or_a_readable_cookie(case: Case) -> None:
    opened = await case.sign_in()
    cookie = opened.headers["set-cookie"]
    assert case.id not in cookie
    assert case.number not in cookie
    assert "HttpOnly" in cookie
    assert (await case.visitor.get(PAGE, params={"number": case.number, "secret": case.secret})).status_code == 200
    case.visitor.cookies.delete("ccms_follow")
    by_address = await case.visitor.get(PAGE, params={"number": case.number, "secret": case.secret})
    assert "Follow a complaint" in by_address.text


@pytest.mark.parametrize("value", ["x", "AAAA", "=", "%00", "A" * 4000])
async def test_a_cookie_that_was_made_up_opens_nothing(case: Case, value: str) -> None:
    case.visitor.cookies.set("ccms_follow", value, path="/complaints")
    answer = await case.visitor.get(PAGE)
    assert (answer.status_code, "Follow a complaint" in answer.text) == (200, True)


async def test_half_an_hour_later_it_asks_again(case: Case) -> None:
    await case.sign_in()
    case.intake.clock.move(timedelta(minutes=31))
    assert "Follow a complaint" in await case.page()


async def test_it_says_where_it_stands_and_what_comes_by_when(case: Case) -> None:
    await case.sign_in()
    page = await case.page()
    for said in ("The departments concerned have it.", "Our answer", "We received your complaint."):
        assert said in page
    assert "rule " not in page


async def test_no_name_of_staff_and_no_reason_of_a_rule_is_shown(case: Case) -> None:
    await case.answered()
    await case.sign_in()
    page = await case.page()
    people = case.intake.store.directory.organisation.people
    assert [person.name for person in people if person.name in page] == []
    assert "p-022" not in page


async def test_the_answer_is_accepted(case: Case) -> None:
    await case.answered()
    await case.sign_in()
    assert "교환해 드리겠습니다." in await case.page()
    assert (await case.do("acceptances")).status_code == 303
    assert await case.state() == "resolved"
    assert "It is settled for you." in await case.page()


async def test_the_answer_is_refused_with_a_reason(case: Case) -> None:
    await case.answered()
    await case.sign_in()
    empty = await case.do("refusals", words=" \u3164 ")
    assert (empty.status_code, await case.state()) == (422, "answered")
    await case.do("refusals", words="이미 교환했는데 또 그래요")
    assert await case.state() == "reviewing"
    assert "이미 교환했는데 또 그래요" in await case.page()


async def test_it_is_rated_withdrawn_and_opened_again(case: Case) -> None:
    await case.answered()
    await case.sign_in()
    assert (await case.do("ratings", stars="9")).status_code == 422
    await case.do("ratings", stars="4", words="빨랐어요")
    assert "4 of 5" in await case.page()
    await case.do("acceptances")
    assert (await case.do("withdrawals", words="그만")).status_code == 422
    await case.do("reopenings", words="다시 고장났어요")
    assert await case.state() == "reopened"
    await case.do("withdrawals", words="해결됐어요")
    assert await case.state() == "withdrawn"


async def test_what_the_state_does_not_allow_is_refused_with_a_sentence(case: Case) -> None:
    await case.sign_in()
    refused = await case.do("acceptances")
    assert refused.status_code == 422
    assert await case.state() == "assigned"


async def test_words_and_files_are_added(case: Case) -> None:
    await case.sign_in()
    form: list[Any] = [
        ("words", (None, "영수증을 보냅니다")),
        ("file", ("영수증.pdf", pdf())),
        ("file", ("사진.png", png())),
    ]
    added = await case.visitor.post(f"{PAGE}/additions", files=form)
    assert added.status_code == 303
    page = await case.page()
    assert "영수증을 보냅니다" in page
    assert "You added files: 2." in page
    async with case.intake.client("agent", Accept="application/json") as agent:
        listed = (await agent.get(f"{API}/complaints/{case.id}/attachments")).json()["items"]
    assert [(each["name"], each["added_by"]) for each in listed] == [
        ("영수증.pdf", "customer"),
        ("사진.png", "customer"),
    ]


@pytest.mark.parametrize("form", [{"words": (None, " ")}, {"words": (None, "가" * 5001)}, {"file": ("a.png", pdf())}])
async def test_an_addition_that_cannot_be_taken_says_why(case: Case, form: dict[str, Any]) -> None:
    await case.sign_in()
    before = (await case.intake.running.mongo.find("complaints", {"_id": case.id}))[0]["version"]
    assert (await case.visitor.post(f"{PAGE}/additions", files=form)).status_code == 422
    assert (await case.intake.running.mongo.find("complaints", {"_id": case.id}))[0]["version"] == before


@pytest.mark.parametrize("what", ["acceptances", "refusals", "withdrawals", "reopenings", "ratings"])
async def test_nothing_is_done_without_having_signed_in(case: Case, what: str) -> None:
    answer = await case.do(what, words="x", stars="5")
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    assert await case.state() == "assigned"


async def test_who_leaves_is_forgotten(case: Case) -> None:
    await case.sign_in()
    await case.do("leavings")
    assert "Follow a complaint" in await case.page()


async def test_a_complaint_filed_by_staff_is_opened_by_no_secret(case: Case) -> None:
    async with case.intake.client("employee", Accept="application/json") as employee:
        number = (await employee.post(f"{API}/complaints", json={"body": MILD})).json()["number"]
    for secret in (case.secret, "", "0" * 26):
        assert (await case.sign_in(number=number, secret=secret)).status_code == 422
