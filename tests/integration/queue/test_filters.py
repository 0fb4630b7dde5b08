"""Lists over the API: filters tell nothing of what is kept back, and what is no filter is refused in words."""

import pytest

from tests.integration.queue.conftest import AGENT, API, EMPLOYEE, FAULT, RUDE, Intake

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
