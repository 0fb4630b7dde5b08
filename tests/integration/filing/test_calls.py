"""Calls: saved while they are written, never overwritten, handed over when they break down, filed once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from tests.integration.filing.conftest import Intake, upload
from tests.integration.filing.visiting import BURN, MILD
from tests.unit.uploads.sample_files import pdf, png

pytestmark = pytest.mark.asyncio(loop_scope="module")

CALLS = "/intake/calls"


@pytest_asyncio.fixture(loop_scope="module")
async def agent(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    async with intake.client("agent") as client:
        yield client


@pytest_asyncio.fixture(loop_scope="module")
async def supervisor(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    async with intake.client("supervisor") as client:
        yield client


def a_call() -> str:
    return f"{CALLS}/{uuid4()}"


async def save(client: httpx.AsyncClient, call: str, revision: int, **fields: str) -> httpx.Response:
    """As the screen saves by itself."""
    return await client.post(
        f"{call}/saves", data={"revision": str(revision), **fields}, headers={"Accept": "application/json"}
    )


async def act(client: httpx.AsyncClient, call: str, go: str, revision: int = 0, **fields: str) -> httpx.Response:
    """As a button without a script does."""
    said: dict[str, Any] = {"go": go, "revision": str(revision), **fields}
    return await client.post(call, files={name: (None, text) for name, text in said.items()})


async def test_a_call_has_an_address_from_the_start(agent: httpx.AsyncClient) -> None:
    begun = await agent.get(f"{CALLS}/new")
    assert begun.status_code == 303
    assert (await agent.get(begun.headers["location"])).status_code == 200


async def test_what_was_saved_is_there_again(intake: Intake, agent: httpx.AsyncClient) -> None:
    call = a_call()
    saved = (await save(agent, call, 0, body=BURN, **{"contact.name": "홍길동"})).json()
    assert saved["revision"] == 1
    assert (await save(agent, call, 1, body=f"{BURN} 그리고", **{"contact.name": "홍길동"})).json()["revision"] == 2
    page = (await agent.get(call)).text
    assert f"{BURN} 그리고" in page
    assert 'value="홍길동"' in page
    assert 'name="revision" value="2"' in page
    assert call in (await agent.get(CALLS)).text


async def test_a_draft_is_sealed(intake: Intake, agent: httpx.AsyncClient) -> None:
    call = a_call()
    await save(agent, call, 0, body="비밀 상담")
    (row,) = await intake.running.mongo.find("calls", {"_id": call.rpartition("/")[2]})
    assert "비밀".encode() not in row["sealed"]
    assert "비밀" not in str(row)


async def test_an_older_window_overwrites_nothing(agent: httpx.AsyncClient) -> None:
    call = a_call()
    await save(agent, call, 0, body="first window")
    late = await save(agent, call, 0, body="second window")
    assert (late.status_code, late.json()["type"]) == (412, "/problems/changed-in-another-tab")
    page = await act(agent, call, "save", 0, body="second window")
    assert page.status_code == 412
    assert "second window" in page.text
    assert "Load the newest" in page.text
    assert "first window" in (await agent.get(call)).text
    filed = await act(agent, call, "file", 0, body="second window")
    assert filed.status_code == 412


async def test_two_windows_at_once_cannot_both_save(agent: httpx.AsyncClient) -> None:
    call = a_call()
    answers = await asyncio.gather(*(save(agent, call, 0, body=f"window {n}") for n in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]


async def test_filing_closes_the_draft_and_a_second_click_finds_the_card(
    intake: Intake, agent: httpx.AsyncClient
) -> None:
    call = a_call()
    await save(agent, call, 0, body=BURN)
    before = await intake.running.mongo.count("complaints", {})
    first = await act(agent, call, "file", 1, body=BURN, channel="phone")
    assert first.headers["location"].startswith("/intake/complaints/")
    second = await act(agent, call, "file", 1, body=BURN, channel="phone")
    assert second.headers["location"] == call
    assert "This call was filed" in (await agent.get(call)).text
    assert (await save(agent, call, 1, body="more")).status_code == 409
    assert await intake.running.mongo.count("complaints", {}) == before + 1


async def test_double_clicks_at_once_file_one_complaint(intake: Intake, agent: httpx.AsyncClient) -> None:
    call = a_call()
    before = await intake.running.mongo.count("complaints", {})
    answers = await asyncio.gather(*(act(agent, call, "file", 0, body=MILD) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {303}
    assert await intake.running.mongo.count("complaints", {}) == before + 1


async def test_a_call_that_cannot_be_filed_yet_keeps_everything(agent: httpx.AsyncClient) -> None:
    call = a_call()
    answer = await act(agent, call, "file", 0, body="", **{"contact.phone": "unclear"})
    assert answer.status_code == 422
    assert 'value="unclear"' in answer.text
    assert 'id="f-body-wrong"' in answer.text
    assert 'id="f-contact-phone-wrong"' in answer.text


async def test_a_broken_down_call_goes_to_a_supervisor_as_it_stands(
    intake: Intake, agent: httpx.AsyncClient, supervisor: httpx.AsyncClient
) -> None:
    call = a_call()
    await save(agent, call, 0, body=MILD)
    assert (await supervisor.get(call)).status_code == 403
    await agent.post(f"{call}/breakdowns", data={"revision": "1", "body": f"{MILD}!"})
    listed = (await supervisor.get(CALLS)).text
    assert "Broke down" in listed
    assert call in listed
    await supervisor.post(f"{call}/takeovers")
    assert f"{MILD}!" in (await supervisor.get(call)).text
    assert (await save(agent, call, 3, body="too late")).status_code == 403
    filed = await act(supervisor, call, "file", 4, body=MILD)
    id = filed.headers["location"].rpartition("/")[2]
    (row,) = await intake.running.mongo.find("complaints", {"_id": id})
    assert "broken" not in str(row).lower()


async def test_only_one_supervisor_takes_a_call_over(
    intake: Intake, agent: httpx.AsyncClient, supervisor: httpx.AsyncClient
) -> None:
    call = a_call()
    await save(agent, call, 0, body=MILD)
    await agent.post(f"{call}/breakdowns")
    answers = await asyncio.gather(*(supervisor.post(f"{call}/takeovers") for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [303, 404]


async def test_nobody_reads_the_call_of_another(intake: Intake, agent: httpx.AsyncClient) -> None:
    call = a_call()
    await save(agent, call, 0, body=MILD)
    for who, status in (("agent2", 403), ("employee", 403), ("auditor", 403), ("admin", 403), (None, 401)):
        async with intake.client(who, Accept="application/json") as other:
            assert (await other.get(call)).status_code == status
            assert (await save(other, call, 1, body="x")).status_code == status


async def test_files_of_a_call_go_along_whoever_files_it(
    intake: Intake, agent: httpx.AsyncClient, supervisor: httpx.AsyncClient
) -> None:
    call = a_call()
    part = await upload(agent, "통화.png", png(), path=f"{call}/files")
    assert "통화.png" in part.text
    await upload(agent, "영수증.pdf", pdf(), path=f"{call}/files")
    await save(agent, call, 0, body=MILD)
    assert "영수증.pdf" in (await agent.get(call)).text
    await agent.post(f"{call}/breakdowns")
    await supervisor.post(f"{call}/takeovers")
    filed = await act(supervisor, call, "file", 3, body=MILD)
    (row,) = await intake.running.mongo.find("complaints", {"_id": filed.headers["location"].rpartition("/")[2]})
    assert len(row["attachments"]) == 2


async def test_a_call_can_be_thrown_away(intake: Intake, agent: httpx.AsyncClient) -> None:
    call = a_call()
    await save(agent, call, 0, body=MILD)
    await agent.post(f"{call}/discards")
    assert await intake.running.mongo.find("calls", {"_id": call.rpartition("/")[2]}) == []
    assert (await save(agent, call, 1, body="a window that was left open")).status_code == 412


async def test_drafts_are_gone_by_themselves(intake: Intake) -> None:
    """MongoDB removes what is older than the index says."""
    for model, seconds in (("calls", timedelta(days=7)), ("drafts", timedelta(days=1))):
        indexes = await intake.running.mongo._db[model].index_information()
        kept = [index["expireAfterSeconds"] for index in indexes.values() if "expireAfterSeconds" in index]
        assert kept == [seconds.total_seconds()]
