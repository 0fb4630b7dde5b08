"""Filing without credentials: limited in rate, answered with a secret."""

import httpx
import pytest

from tests.integration.filing.conftest import API, Intake
from tests.integration.filing.visiting import FORM, MILD

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_too_many_questions_from_one_place_have_to_wait(intake: Intake, visitor: httpx.AsyncClient) -> None:
    late = await visitor.get(FORM)
    assert late.status_code == 200
    for _more in range(2000):  # what a slow machine lets flow back meanwhile is used up too
        if late.status_code == 429:
            break
        late = await visitor.get(FORM)
    assert late.status_code == 429
    assert int(late.headers["retry-after"]) >= 1
    program = await visitor.get(FORM, headers={"Accept": "application/json"})
    assert program.json()["type"] == "/problems/too-many-requests"


async def test_the_api_has_a_limit_of_its_own_and_answers_with_a_secret(
    intake: Intake, visitor: httpx.AsyncClient
) -> None:
    first = await visitor.post(f"{API}/public/complaints", json={"body": MILD})
    assert first.status_code == 201
    assert first.json().keys() >= {"id", "number", "state", "secret"}
    statuses = [(await visitor.post(f"{API}/public/complaints", json={"body": MILD})).status_code for _ in range(25)]
    assert 429 in statuses


async def test_the_same_key_gets_the_same_secret(intake: Intake, visitor: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "visitor-1"}
    answers = [
        (await visitor.post(f"{API}/public/complaints", json={"body": MILD}, headers=headers)).json() for _ in range(2)
    ]
    assert answers[0] == answers[1]


async def test_a_visitor_cannot_say_when_the_company_knew_or_by_which_way_it_came(
    intake: Intake, visitor: httpx.AsyncClient
) -> None:
    forged = {"body": MILD, "channel": "kca", "knowledge_at": "2020-01-01T00:00:00Z"}
    number = (await visitor.post(f"{API}/public/complaints", json=forged)).json()["number"]
    (row,) = await intake.running.mongo.find("complaints", {"number": number})
    assert (row["channel"], row["knowledge_at"]) == ("web", intake.clock.now())
