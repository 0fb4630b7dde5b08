"""The queue: filters in the address, counts that open their rows, pages, saved views, search, who sees what."""

import asyncio
import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest
import pytest_asyncio

from tests.integration.queue.conftest import (
    AGENT,
    AUDITOR,
    BURN,
    EMPLOYEE,
    FAULT,
    LATE,
    MANAGER,
    PART,
    QUEUE,
    RUDE,
    WORKER,
    Intake,
    numbers_in,
    text_of,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def agent(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    async with intake.browser(AGENT) as client:
        yield client


async def a_product(intake: Intake, *bodies: str) -> tuple[str, list[str]]:
    """Complaints about a product of their own; its code, and their numbers in the order of filing."""
    code = f"P-{len(intake.roster.roster)}"
    return code, [(await intake.file(body, product={"code": code}))["number"] for body in bodies]


async def test_what_is_filed_is_in_the_queue_the_most_urgent_first(intake: Intake, agent: httpx.AsyncClient) -> None:
    code, (late, burn) = await a_product(intake, LATE, BURN)
    page = (await agent.get(QUEUE, params={"product": code})).text
    assert numbers_in(page) == [burn, late]
    newest = (await agent.get(QUEUE, params={"product": code, "order": "newest", "which": "all"})).text
    assert numbers_in(newest) == [burn, late]


async def test_every_count_opens_exactly_so_many_rows(intake: Intake, agent: httpx.AsyncClient) -> None:
    code, _ = await a_product(intake, LATE, BURN, FAULT, FAULT)
    page = (await agent.get(QUEUE, params={"product": code, "limit": "200"})).text
    values = re.findall(r'class="facet-value" href="([^"]+)".*?<span class="count">(\d+)</span>', page)
    assert len(values) > 10
    for href, count in values:
        rows = numbers_in((await agent.get(f"{unescape(href)}&limit=200")).text)
        if unescape(href).count("product=") == 1 and f"product={code}" in href:  # two products are alternatives
            assert len(rows) == int(count), href


async def test_filters_stand_in_the_address_and_can_be_taken_back(intake: Intake, agent: httpx.AsyncClient) -> None:
    code, (late, burn) = await a_product(intake, LATE, BURN)
    page = (await agent.get(f"{QUEUE}?severity=critical&product={code}")).text
    assert numbers_in(page) == [burn]
    chips = [unescape(href) for href in re.findall(r'class="chip" href="([^"]+)"', page)]
    assert f"{QUEUE}?product={code}" in chips
    assert numbers_in((await agent.get(f"{QUEUE}?product={code}")).text) == [burn, late]


async def test_a_filter_that_does_not_exist_is_said_in_words(agent: httpx.AsyncClient) -> None:
    answer = await agent.get(f"{QUEUE}?state=angry")
    assert answer.status_code == 422
    assert "a filter that the list does not know" in answer.text


async def test_pages_follow_one_another_without_gap_or_repetition_and_keep_the_open_card(
    intake: Intake, agent: httpx.AsyncClient
) -> None:
    code, numbers = await a_product(intake, *[LATE] * 5)
    path, seen = f"{QUEUE}?product={code}&limit=2&card={numbers[0]}", list[str]()
    while path:
        page = (await agent.get(path)).text
        assert f'data-number="{numbers[0]}"' in page
        seen += numbers_in(page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        path = unescape(following[1]) if following else ""
    assert sorted(seen) == sorted(numbers)
    assert len(seen) == len(numbers)


async def test_a_number_typed_into_the_search_leads_to_its_card(intake: Intake, agent: httpx.AsyncClient) -> None:
    number = (await intake.file(LATE))["number"]
    answer = await agent.get(QUEUE, params={"q": number.lower().replace("-", " ")})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{QUEUE}/{number}")


async def test_me_and_nobody_are_seen_by_whoever_looks(intake: Intake, agent: httpx.AsyncClient) -> None:
    code, (mine, free) = await a_product(intake, LATE, LATE)
    id = (await agent.get(f"/api/intake/v1/complaints/{mine}")).json()["id"]
    await intake.do(id, "/assignments", owner=AGENT)
    assert numbers_in((await agent.get(f"{QUEUE}?assignee=me&product={code}")).text) == [mine]
    assert numbers_in((await agent.get(f"{QUEUE}?assignee=nobody&product={code}")).text) == [free]
    async with intake.browser(MANAGER) as other:
        assert mine not in numbers_in((await other.get(f"{QUEUE}?assignee=me&product={code}")).text)


async def test_each_role_begins_with_views_of_its_own(intake: Intake) -> None:
    views = {AGENT: "Unassigned", WORKER: "Owed by my department", MANAGER: "Cause to be verified"}
    for who, name in views.items():
        async with intake.browser(who) as client:
            assert f'<span class="view-name">{name}</span>' in (await client.get(QUEUE)).text
    async with intake.browser(EMPLOYEE) as client:
        assert "Unassigned" not in (await client.get(QUEUE)).text


async def test_a_list_is_saved_as_a_view_renamed_deleted_and_brought_back(agent: httpx.AsyncClient) -> None:
    saved = await agent.post("/intake/views", data={"name": "Burns", "query": "severity=critical", "shared": "own"})
    assert (saved.status_code, saved.headers["location"]) == (303, f"{QUEUE}?severity=critical")
    page = (await agent.get(QUEUE)).text
    (id,) = re.findall(r'action="/intake/views/([^"]+)/names"', page)
    assert '<span class="heard">Pinned:</span><span class="view-name">Burns</span>' in page
    await agent.post(f"/intake/views/{id}/names", data={"name": "Serious burns", "query": ""})
    assert "Serious burns" in (await agent.get(QUEUE)).text
    gone = await agent.post(f"/intake/views/{id}/removals", data={"query": "severity=critical"})
    after = (await agent.get(gone.headers["location"])).text
    assert "The view was deleted." in after
    assert "Serious burns" not in after
    await agent.post(f"/intake/views/{id}/restorations", data={"query": ""})
    assert "Serious burns" in (await agent.get(QUEUE)).text


async def test_a_view_without_a_name_is_refused_and_nothing_typed_is_lost(agent: httpx.AsyncClient) -> None:
    answer = await agent.post("/intake/views", data={"name": " ", "query": "severity=minor", "shared": "department"})
    assert answer.status_code == 422
    assert 'value="severity=minor"' in answer.text
    assert 'value="department"' in answer.text


async def test_an_employee_sees_kinds_only_and_has_nothing_to_pick(intake: Intake) -> None:
    code, _ = await a_product(intake, BURN)
    rude = await intake.file(RUDE, product={})
    async with intake.browser(EMPLOYEE, "ko") as client:
        page = text_of((await client.get(f"{QUEUE}?product={code}")).text)
        assert "[건강 정보:" in page
        assert "병원" not in page
        other = (await client.get(f"{QUEUE}?category=staff&card={rude['number']}")).text
    assert "반말" not in other
    assert "직원 응대에 관한 불만" in other
    assert 'name="pick"' not in other
    assert "data-form=" not in other


async def test_a_product_does_not_tell_which_complaint_about_an_employee_it_belongs_to(intake: Intake) -> None:
    code, _ = await a_product(intake, RUDE, LATE)
    async with intake.browser(EMPLOYEE) as employee, intake.browser(AGENT) as office:
        assert len(numbers_in((await employee.get(f"{QUEUE}?product={code}")).text)) == 1
        assert len(numbers_in((await office.get(f"{QUEUE}?product={code}")).text)) == 2


async def test_the_auditor_looks_and_changes_nothing(intake: Intake) -> None:
    async with intake.browser(AUDITOR) as client:
        page = (await client.get(QUEUE)).text
        assert 'name="pick"' not in page
        assert "Save this list as a view" not in page
        assert (await client.post("/intake/views", data={"name": "x"})).status_code == 403


@pytest.mark.parametrize("path", [QUEUE, "/intake/work", "/intake/palette"])
async def test_the_administrator_is_let_in_nowhere_by_that_role(intake: Intake, path: str) -> None:
    async with intake.browser("p-042") as client:
        assert (await client.get(path)).status_code == 403


async def test_what_changes_in_the_database_is_in_the_roster_at_once(intake: Intake) -> None:
    """Other processes write too: the roster hears of it from MongoDB itself."""
    filed = await intake.file(LATE)
    before = intake.roster.roster.version(filed["id"])
    await intake.running.mongo.update("complaints", {"_id": filed["id"]}, {"$set": {"version": before + 7}})
    async with asyncio.timeout(10):
        while intake.roster.roster.version(filed["id"]) != before + 7:
            await asyncio.sleep(0.01)


async def test_the_palette_leads_to_numbers_products_people_and_places(
    intake: Intake, agent: httpx.AsyncClient
) -> None:
    filed = await intake.file(LATE)
    leads = {
        filed["number"]: f'data-href="{QUEUE}/{filed["number"]}"',
        "i 2026 7": 'data-href="/alerts/I-2026-000007"',
        "rc-8": "product=RC-880",
        "류다": "assignee=p-006",
        "my w": 'data-href="/intake/work"',
    }
    for typed, lead in leads.items():
        answer = await agent.get("/intake/palette", headers=PART, params={"q": typed})
        assert lead in answer.text, typed
