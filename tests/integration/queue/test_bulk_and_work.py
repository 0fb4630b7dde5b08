"""Many cards at once, each for itself; and what waits for somebody today."""

import re

import httpx
import pytest

from tests.integration.queue.conftest import (
    AGENT,
    EMPLOYEE,
    FAULT,
    LATE,
    MANAGER,
    OTHER_AGENT,
    PART,
    QUEUE,
    WORKER,
    Intake,
    text_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_many_are_assigned_at_once_and_each_says_what_became_of_it(intake: Intake) -> None:
    filed = [await intake.file(LATE) for _ in range(3)]
    closed = await intake.file(LATE)
    await intake.running.mongo.update("complaints", {"_id": closed["id"]}, {"$set": {"closed_at": closed["filed_at"]}})
    ids = [one["id"] for one in (*filed, closed)]
    async with intake.browser(MANAGER) as client:
        answer = await client.post("/intake/bulk/assignments", data={"pick": ids, "owner": OTHER_AGENT, "back": QUEUE})
        assert answer.status_code == 200
        assert "3 of 4 done" in text_of(answer.text)
        refused = text_of(answer.text).split("Not done")[1]
        assert closed["number"] in refused
        assert "The card is closed" in refused
    for one in filed:
        async with intake.browser(AGENT) as client:
            card = (await client.get(f"/api/intake/v1/complaints/{one['id']}")).json()
        assert card["owner"] == OTHER_AGENT


async def test_a_comment_on_many_stands_in_each_timeline(intake: Intake) -> None:
    filed = [await intake.file(LATE) for _ in range(2)]
    async with intake.browser(AGENT) as client:
        ids = [one["id"] for one in filed]
        await client.post("/intake/bulk/comments", data={"pick": ids, "text": "물류사 파업으로 지연"})
        for one in filed:
            assert "물류사 파업으로 지연" in (await client.get(f"{QUEUE}/{one['number']}")).text


@pytest.mark.parametrize("picked", [[], ["x"] * 1 + [f"c-{n}" for n in range(201)]])
async def test_none_or_too_many_are_refused_and_nothing_is_done(intake: Intake, picked: list[str]) -> None:
    async with intake.browser(MANAGER) as client:
        answer = await client.post("/intake/bulk/assignments", data={"pick": picked, "owner": AGENT})
    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text


async def test_only_the_customer_office_assigns(intake: Intake) -> None:
    filed = await intake.file(LATE)
    for who in (EMPLOYEE, WORKER):
        async with intake.browser(who) as client:
            answer = await client.post("/intake/bulk/assignments", data={"pick": [filed["id"]], "owner": AGENT})
        assert answer.status_code == 403


async def waiting(client: httpx.AsyncClient) -> int:
    """How much waits, as the navigation says."""
    said = text_of((await client.get("/intake/work/count", headers=PART)).text)
    found = re.search(r"(\d+) things wait for you", said)
    return int(found[1]) if found else 0


async def test_my_work_holds_what_i_owe_until_i_have_given_it(intake: Intake) -> None:
    filed = await intake.file(FAULT)
    async with intake.browser(WORKER) as client:
        before = (await client.get("/intake/work")).text
        assert filed["number"] in before
        assert "Give cause and prevention for Production" in text_of(before)
        (count,) = re.findall(
            r"(\d+) things wait for you", text_of((await client.get("/intake/work/count", headers=PART)).text)
        )
        given = {"cause": "process", "cause_text": "코팅 온도", "prevention": "온도 상시 점검"}
        await intake.do(filed["id"], "/departments/production/causes", by=WORKER, **given)
        after = (await client.get("/intake/work")).text
        assert filed["number"] not in after
        rest = re.findall(
            r"(\d+) things wait for you", text_of((await client.get("/intake/work/count", headers=PART)).text)
        )
        assert int(count) - 1 == (int(rest[0]) if rest else 0)


async def test_the_owner_of_a_card_has_it_in_hand_until_it_is_closed(intake: Intake) -> None:
    filed = await intake.file(LATE)
    await intake.do(filed["id"], "/assignments", owner=OTHER_AGENT)
    async with intake.browser(OTHER_AGENT) as client:
        page = (await client.get("/intake/work")).text
    assert filed["number"] in page


async def test_an_empty_day_says_what_to_do(intake: Intake) -> None:
    async with intake.browser(EMPLOYEE) as client:
        page = text_of((await client.get("/intake/work")).text)
        assert "Nothing waits for you" in page
        assert (await client.get("/intake/work/count", headers=PART)).text.strip() == ""
