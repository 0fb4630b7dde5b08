"""Lists over the API: filters tell nothing of what is kept back, and what is no filter is refused in words."""

from typing import Any

import pytest

from tests.integration.queue.conftest import AGENT, API, EMPLOYEE, FAULT, LATE, RUDE, Intake

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_filter_by_product_does_not_find_what_only_its_kind_is_shown_of(
    intake: Intake,
) -> None:
    product = {"code": "RC-FILTER", "name": "전기밥솥"}
    plain = await intake.file(FAULT, product=product)
    rude = await intake.file(RUDE, product=product)
    found = {}
    for who in (AGENT, EMPLOYEE):
        async with intake.browser(who) as client:
            rows = (await client.get(f"{API}/complaints", params={"product_code": "RC-FILTER"})).json()["items"]
        found[who] = {row["number"] for row in rows}
    assert found[AGENT] == {plain["number"], rude["number"]}
    assert found[EMPLOYEE] == {plain["number"]}


async def test_several_filters_find_what_each_of_them_finds_page_by_page(intake: Intake) -> None:
    product = {"code": "RC-SEVERAL", "name": "전기밥솥"}
    filed = [await intake.file(FAULT, product=product) for _ in range(9)]
    other = await intake.file(LATE, product=product)
    category = filed[0]["category"]
    assert other["category"] != category
    wanted: dict[str, Any] = {"product_code": "RC-SEVERAL", "category": category, "open": "true"}
    for way in ({}, {"due_before": "2100-01-01T00:00:00Z"}):
        alone = await listed(intake, way)
        expected = [number for number in alone if number in {each["number"] for each in filed}]
        assert len(expected) == len(filed)
        assert await listed(intake, {**wanted, **way, "limit": 2}) == expected
        assert await listed(intake, {**wanted, **way, "department": "none-such"}) == []
    assert await listed(intake, {**wanted, "assignee": "nobody", "limit": 1}) == [], "a value that only the queue knows"
    assert await listed(intake, {**wanted, "open": "false"}) == []
    assert await listed(intake, {**wanted, "open": "false", "due_before": "2100-01-01T00:00:00Z"}) == []


async def test_several_filters_show_no_card_that_has_become_another(intake: Intake) -> None:
    product = {"code": "RC-LATER", "name": "전기밥솥"}
    filed = await intake.file(FAULT, product=product)
    row = {"version": 1, "product_code": "RC-OTHER"}
    await intake.running.mongo.update("complaints", {"_id": filed["id"]}, {"$set": row})  # the roster hears of it later
    assert await listed(intake, {"product_code": "RC-LATER", "category": filed["category"]}) == []


async def listed(intake: Intake, wanted: dict[str, Any]) -> list[str]:
    """Numbers on all pages of a list, in order."""
    numbers: list[str] = []
    async with intake.browser(AGENT) as client:
        answer = (await client.get(f"{API}/complaints", params=wanted)).json()
        numbers += [row["number"] for row in answer["items"]]
        while answer["next"]:
            answer = (await client.get(f"{API}/complaints", params={**wanted, "after": answer["next"]})).json()
            numbers += [row["number"] for row in answer["items"]]
    return numbers


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "tomorrow"])
async def test_a_moment_that_no_calendar_has_is_refused_by_field(intake: Intake, moment: str) -> None:
    async with intake.browser(AGENT) as client:
        refused = await client.get(f"{API}/complaints", params={"due_before": moment})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "due_before")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_a_removal_on_a_day_that_no_calendar_has_breaks_no_card(intake: Intake, day: str) -> None:
    filed = await intake.file(FAULT)
    async with intake.browser(AGENT) as client:
        sent = {"text": "공정 개선", "effective_from": day}
        refused = await client.post(f"{API}/complaints/{filed['id']}/removals", json=sent)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "effective_from")
