"""The checks of the fuzzing, on answers that are wrong: each has to be noticed, and a good one left alone."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.fuzz.answers import SLOW, Answer, Asked, faults
from tests.fuzz.horrors import MARK, MARKUP


def needs_an_id(said: Any) -> str:
    return "" if "id" in said else "there is no id"


ASKED = Asked("POST", is_api=True, wants_page=False, language="ko", let_in=True, declared={201: needs_an_id})
MADE = Answer(201, {"content-type": "application/json"}, b'{"id": "c-1"}', 0.1)
PROBLEM: dict[str, Any] = {
    "type": "/problems/invalid-fields",
    "title": "받아들일 수 없음",
    "status": 422,
    "detail": "일부 항목을 받아들일 수 없습니다.",
    "errors": [{"field": "body", "message": "필수 항목입니다."}],
    "correlation_id": "c-17",
}


def refusal(answered: int = 422, media_type: str = "application/problem+json", **changes: Any) -> Answer:
    headers = {"content-type": media_type, "x-correlation-id": "c-17"}
    return Answer(answered, headers, json.dumps(PROBLEM | changes, ensure_ascii=False).encode(), 0.1)


def page(text: str, status: int = 200) -> Answer:
    return Answer(status, {"content-type": "text/html; charset=utf-8"}, f'<html lang="ko">{text}</html>'.encode(), 0.1)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (ASKED, MADE),
        (ASKED, refusal()),
        (replace(ASKED, let_in=False), refusal(403, status=403)),
        (replace(ASKED, let_in=False), refusal(413, status=413)),
        (replace(ASKED, is_api=False, let_in=False), Answer(303, {"location": "/sign-in?next=/alerts"}, b"", 0.1)),
        (replace(ASKED, is_api=False, wants_page=True), page("화상", 422)),
        (replace(ASKED, language="en"), refusal(title="Not accepted", detail="Some fields are not accepted.")),
        (replace(ASKED, method="BREW"), refusal(405, status=405)),
        (ASKED, Answer(304, {}, b"", 0.1)),
    ],
    ids=["made", "refused", "not let in", "too large", "sent to sign in", "page", "English", "no method", "unchanged"],
)
def test_a_good_answer_has_no_fault(asked: Asked, answer: Answer) -> None:
    assert list(faults(asked, answer)) == []


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer(500, {}, b"", 0.1), "answered 500"),
        (Answer(503, {"retry-after": "5"}, b"", 0.1), "answered 503"),
        (replace(MADE, seconds=SLOW + 1), "took longer"),
        (replace(MADE, status=202), "OpenAPI does not declare"),
        (replace(MADE, body=b"{}"), "OpenAPI does not describe: there is no id"),
        (refusal(media_type="text/plain"), "instead of problem details"),
        (refusal(401, status=401), "does not know somebody"),
        (refusal(status=400), "problem details say 400"),
        (refusal(correlation_id="other"), "correlation id"),
        (refusal(title="Not accepted"), "another language than Korean"),
        (refusal(errors=[{"field": "body", "message": "This field is required."}]), "another language than Korean"),
        (refusal(detail=f"홍길동 {MARK} 은(는) 없습니다."), "repeats what was sent"),
        (refusal(detail="pymongo 오류"), "shows its inside"),
    ],
)
def test_a_bad_answer_to_a_program_is_noticed(answer: Answer, fault: str) -> None:
    assert any(fault in found for found in faults(ASKED, answer))


@pytest.mark.parametrize("missing", PROBLEM)
def test_problem_details_without_a_part_are_noticed(missing: str) -> None:
    said = {name: value for name, value in PROBLEM.items() if name != missing}
    answer = replace(refusal(), body=json.dumps(said).encode())
    assert list(faults(ASKED, answer)) == [f"problem details without {missing}"]


def test_somebody_who_gets_in_without_being_named_is_noticed() -> None:
    assert any("let somebody in" in found for found in faults(replace(ASKED, let_in=False), MADE))


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (page(f"<p>{MARKUP}</p>"), "stands in a page as it is"),
        (replace(page("Blanket"), body=b'<html lang="en">'), "another language than ko"),
        (refusal(), "instead of a page"),
        (page("Traceback (most recent call last)", 422), "shows its inside"),
    ],
)
def test_a_bad_page_is_noticed(answer: Answer, fault: str) -> None:
    asked = replace(ASKED, is_api=False, wants_page=True, declared=None)
    assert any(fault in found for found in faults(asked, answer))
