"""The same request again, other content under the same key, twins at once: one complaint or a refusal."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.integration.bad_input.conftest import Intake

pytestmark = pytest.mark.asyncio(loop_scope="module")

FILING: dict[str, Any] = {"body": "배송이 사흘이나 늦었어요", "product": {"code": "EB-200"}}


def keyed(key: str) -> dict[str, Any]:
    return {"json": FILING, "headers": {"Idempotency-Key": key}}


async def complaints(intake: Intake) -> int:
    return (await intake.stored())["complaints"]


async def test_the_same_request_again_gets_the_same_answer(intake: Intake) -> None:
    before, request = await complaints(intake), keyed(uuid4().hex)
    answers = [await intake.post(**request) for _ in range(3)]
    assert [a.status_code for a in answers] == [201] * 3
    assert len({a.text for a in answers}) == len({a.headers["location"] for a in answers}) == 1
    assert await complaints(intake) == before + 1


async def test_twins_at_once_make_one_complaint(intake: Intake) -> None:
    before, request = await complaints(intake), keyed(uuid4().hex)
    answers = await asyncio.gather(*(intake.post(**request) for _ in range(20)))
    assert {a.status_code for a in answers} == {201}
    assert len({a.json()["id"] for a in answers}) == 1
    assert await complaints(intake) == before + 1


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_other_content_under_the_same_key_is_refused(intake: Intake, language: str) -> None:
    request = keyed(uuid4().hex)
    await intake.post(**request)
    before = await intake.stored()
    request["headers"]["Accept-Language"] = language
    answer = await intake.post(**{**request, "json": {**FILING, "title": "다른 내용"}})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/key-used-before")
    assert [e["field"] for e in answer.json()["errors"]] == ["Idempotency-Key"]
    assert await intake.stored() == before


async def test_twins_of_other_content_make_one_complaint_and_one_refusal(intake: Intake) -> None:
    before, key = await complaints(intake), {"Idempotency-Key": uuid4().hex}
    bodies = [{**FILING, "title": f"내용 {number}"} for number in range(8)]
    answers = await asyncio.gather(*(intake.post(json=body, headers=key) for body in bodies))
    assert sorted(a.status_code for a in answers) == [201] + [422] * 7
    assert await complaints(intake) == before + 1


async def test_a_refused_filing_does_not_use_its_key_up(intake: Intake) -> None:
    request = keyed(uuid4().hex)
    wrong = await intake.post(**{**request, "json": {"body": ""}})
    late = await intake.post(**{**request, "json": {**FILING, "occurred_at": "2999-01-01T00:00:00Z"}})
    right = await intake.post(**request)
    assert [a.status_code for a in (wrong, late, right)] == [422, 422, 201]


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "가".encode(), b"a\tb", "two words"])
async def test_a_key_that_is_none_is_refused_by_name(intake: Intake, key: str | bytes) -> None:
    before = await intake.stored()
    answer = await intake.post(
        json=FILING, headers={b"Idempotency-Key": key if isinstance(key, bytes) else key.encode()}
    )
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/key-malformed")
    assert [e["field"] for e in answer.json()["errors"]] == ["Idempotency-Key"]
    assert await intake.stored() == before


async def test_without_a_key_every_request_is_a_complaint_of_its_own(intake: Intake) -> None:
    before = await complaints(intake)
    await asyncio.gather(*(intake.post(json=FILING) for _ in range(5)))
    assert await complaints(intake) == before + 5
