"""What a body may be: every wrong one is named by its field or place, and no value comes back."""

from typing import Any

import httpx
import pytest

from shared.web.bodies import check
from shared.web.shapes import In

CASES = "/api/sample/v1/cases"
JSON = {"Content-Type": "application/json"}

Fields = list[tuple[str, str]]


def errors(answer: httpx.Response) -> Fields:
    assert answer.status_code == 422, answer.text
    return [(error["field"], error["message"]) for error in answer.json()["errors"]]


async def test_a_body_of_the_right_shape_arrives_trimmed(shop: httpx.AsyncClient) -> None:
    answer = await shop.post(CASES, json={"body": " 화상 ", "at": "2026-11-22T09:30:00+09:00", "unit": {"code": "E"}})
    assert (answer.status_code, answer.json()) == (201, {"id": "화상", "by": "s-shop"})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, [("body", "This field is required.")]),
        ({"body": {"$gt": ""}}, [("body", "This has to be text.")]),
        ({"body": None}, [("body", "This has to be text.")]),
        ({"body": "  "}, [("body", "This needs 1 or more characters.")]),
        ({"body": "x" * 20_001}, [("body", "This may have at most 20000 characters.")]),
        (
            {"body": "x", "boddy": 1},
            [("boddy", "There is no such field here; remove it or correct its name.")],
        ),
        (
            {"body": "x", "$where": "1"},
            [("$where", "There is no such field here; remove it or correct its name.")],
        ),
        ({"body": "x", "people": "3"}, [("people", "This has to be a whole number.")]),
        ({"body": "x", "people": True}, [("people", "This has to be a whole number.")]),
        ({"body": "x", "people": 1.5}, [("people", "This has to be a whole number.")]),
        ({"body": "x", "unit": "E"}, [("unit", "This has to be an object with named fields.")]),
        ({"body": "x", "unit": {"lot": "1"}}, [("unit.code", "This field is required.")]),
        ({"body": "x", "tags": ["a", 2]}, [("tags.1", "This has to be text.")]),
        ({"body": "x", "tags": "a"}, [("tags", "This has to be a list.")]),
        ({"body": "x\x00y"}, [("body", "This contains a NUL character; remove it.")]),
        ({"body": "x", "tags": ["a", "\x00"]}, [("tags.1", "This contains a NUL character; remove it.")]),
        ([{"body": "x"}], [("body", "This has to be an object with named fields.")]),
        ("x", [("body", "This has to be an object with named fields.")]),
    ],
)
async def test_each_wrong_field_is_named_with_what_would_be_right(
    shop: httpx.AsyncClient, body: Any, expected: Fields
) -> None:
    assert errors(await shop.post(CASES, json=body)) == expected


async def test_a_moment_without_a_form_is_answered_with_an_example(shop: httpx.AsyncClient) -> None:
    ((field, message),) = errors(await shop.post(CASES, json={"body": "x", "at": "yesterday"}))
    assert field == "at"
    assert "2026-11-22T09:30:00+09:00" in message


async def test_no_value_comes_back(shop: httpx.AsyncClient) -> None:
    secret = "홍길동 zqxw"
    answer = await shop.post(CASES, json={"body": {"x": secret}, "people": secret, "at": secret, "unit": secret})
    assert "홍길동" not in answer.text
    assert "zqxw" not in answer.text


@pytest.mark.parametrize(
    "content",
    [
        b'{"body": "x"',
        b'{"body": "x"} {}',
        b'{"body": "\\ud800"}',
        b'{"body": "\xed\xa0\x80"}',
        b'{"body": "\xff"}',
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xef\xbb\xbf{}",
        b"body=x",
        b"{'body': 'x'}",
        b'{"people": ' + b"9" * 5000 + b"}",
    ],
)
async def test_what_is_no_json_is_a_400_that_says_where(shop: httpx.AsyncClient, content: bytes) -> None:
    answer = await shop.post(CASES, content=content, headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/broken-json")
    assert "line 1, column" in answer.json()["detail"]


async def test_a_number_that_is_none_is_refused(shop: httpx.AsyncClient) -> None:
    answer = await shop.post(CASES, content=b'{"body": "x", "people": NaN}', headers=JSON)
    assert errors(answer) == [("people", "This has to be a whole number.")]


def test_a_nul_is_named_where_it_stands_beside_numbers_that_only_this_parser_takes() -> None:
    class Anything(In):
        said: dict[str, Any]

    model, wrong = check(Anything, b'{"said": {"a": NaN, "b": 1e400, "c": "x\\u0000"}}')
    assert (model, [error["loc"] for error in wrong]) == (None, [("said", "c")])


async def test_endless_nesting_is_refused(shop: httpx.AsyncClient) -> None:
    answer = await shop.post(CASES, content=b"[" * 100_000, headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/too-deep")


async def test_no_body_at_all(shop: httpx.AsyncClient) -> None:
    answer = await shop.post(CASES, headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/no-body")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/jsonx", "multipart/form-data", ""])
async def test_another_kind_of_content_is_refused(shop: httpx.AsyncClient, kind: str) -> None:
    answer = await shop.post(CASES, content=b'{"body": "x"}', headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/not-json")


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "application/vnd.ccms+json"])
async def test_json_under_its_names_is_taken(shop: httpx.AsyncClient, kind: str) -> None:
    answer = await shop.post(CASES, content=b'{"body": "x"}', headers={"Content-Type": kind})
    assert answer.status_code == 201


async def test_errors_of_a_body_speak_korean(shop: httpx.AsyncClient) -> None:
    answer = await shop.post(CASES, json={"people": "3"}, headers={"Accept-Language": "ko"})
    assert errors(answer) == [("body", "반드시 있어야 하는 필드입니다."), ("people", "정수여야 합니다.")]


async def test_a_form_is_read_by_its_types_and_refused_by_its_fields(browser: httpx.AsyncClient) -> None:
    good = await browser.post("/sample/cases/1/notes", data={"note": " 확인 ", "times": "2"})
    assert good.json()["id"] == "확인×2"
    empty = await browser.post("/sample/cases/1/notes", data={"note": "", "times": ""})
    assert empty.json()["id"] == "None×1"
    wrong = await browser.post("/sample/cases/1/notes", data={"note": "a\x00", "times": "x", "z": "1"})
    assert wrong.status_code == 422
    for text in (
        "This contains a NUL character",
        "This has to be a whole number.",
        "There is no such field here",
    ):
        assert text in wrong.text


async def test_query_parameters_are_checked_by_name(agent: httpx.AsyncClient) -> None:
    assert errors(await agent.get(CASES, params={"limit": "many"})) == [("limit", "This has to be a whole number.")]
    assert errors(await agent.get(CASES, params={"q": "a\x00"})) == [("q", "This contains a NUL character; remove it.")]
