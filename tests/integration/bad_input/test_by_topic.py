"""What other systems hand in by topic: every wrong one is answered with its fields, and nothing of it is filed."""

from typing import Any
from uuid import uuid4

import orjson
import pytest

from tests.integration.bad_input.conftest import Intake

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOOD: dict[str, Any] = {"body": "두유 팩이 부풀어 있어요", "product": {"code": "SM-12"}}
WRONG: dict[str, tuple[dict[str, Any], set[str]]] = {
    "nothing at all": ({}, {"body"}),
    "wrong types": ({"body": 7, "product": "SM-12", "harm": []}, {"body", "product", "harm"}),
    "unknown fields": (GOOD | {"boddy": 1, "product": {"price": 1}}, {"boddy", "product.price"}),
    "an operator of the database": ({"body": {"$gt": ""}, "title": {"$ne": None}}, {"body", "title"}),
    "a NUL": (GOOD | {"title": "a\x00b"}, {"title"}),
    "a number without end": (GOOD | {"harm": {"persons": [{"weeks": 2**80}]}}, {"harm.persons.0.weeks"}),
    "a time in the future": (GOOD | {"occurred_at": "2999-01-01T00:00:00Z"}, {"occurred_at"}),
    "a time before the calendar": (GOOD | {"knowledge_at": "0001-01-01T00:00:00+14:00"}, {"knowledge_at"}),
    "too long": ({"body": "가" * 20_001}, {"body"}),
}


def refused_fields(answers: list[tuple[str, bytes]]) -> set[str]:
    ((topic, value),) = answers
    assert topic == "submission.refused"
    errors = orjson.loads(value)["errors"]
    assert all(len(error["message"]) > 5 for error in errors)
    return {error["field"] for error in errors}


async def test_every_wrong_submission_is_answered_with_its_fields_and_files_nothing(intake: Intake) -> None:
    before = await intake.stored()
    answers = await intake.submit(*({"complaint": complaint} for complaint, _ in WRONG.values()))
    said = dict(zip(WRONG, map(refused_fields, answers), strict=True))
    assert said == {name: fields for name, (_, fields) in WRONG.items()}
    after = await intake.stored()
    assert (after["complaints"], after["contacts"]) == (before["complaints"], before["contacts"])


async def test_a_good_submission_among_wrong_ones_is_accepted(intake: Intake) -> None:
    wrong = {"complaint": {"body": ""}}
    first, good, last = await intake.submit(wrong, {"complaint": GOOD}, wrong)
    assert refused_fields(first) == refused_fields(last) == {"body"}
    assert [topic for topic, _ in good] == ["submission.accepted"]


async def test_another_complaint_under_the_same_key_is_refused(intake: Intake) -> None:
    key = uuid4().hex
    (first,) = await intake.submit({"idempotency_key": key, "complaint": GOOD})
    (again,) = await intake.submit({"idempotency_key": key, "complaint": GOOD})
    (other,) = await intake.submit({"idempotency_key": key, "complaint": GOOD | {"title": "다른 것"}})
    assert first == again
    assert refused_fields(other) == {"idempotency_key"}


async def test_an_answer_never_repeats_what_was_sent(intake: Intake) -> None:
    secret = "홍길동 zqxw"
    (answer,) = await intake.submit(
        {"complaint": {"body": {"x": secret}, "kind": secret, "contact": {"phone": secret}}}
    )
    assert refused_fields(answer) == {"body", "kind", "contact.phone"}
    assert b"zqxw" not in answer[0][1]
