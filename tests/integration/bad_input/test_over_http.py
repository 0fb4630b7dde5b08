"""What comes over HTTP and is wrong: refused by field, in both languages, and nothing of it is stored."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.integration.bad_input.conftest import COMPLAINTS, KEY, READS, Intake

pytestmark = pytest.mark.asyncio(loop_scope="module")

JSON = {"Content-Type": "application/json"}
WHOLE: dict[str, Any] = {
    "body": "두유 팩이 부풀어 있어요",
    "title": "두유",
    "kind": "damage",
    "channel": "shop",
    "product": {"code": "SM-12", "name": "두유", "lot": "26K18"},
    "harm": {
        "persons": [{"injury": "배탈", "treated": True, "weeks": 1, "death": False}],
        "fire_or_explosion": False,
        "property_damage": True,
    },
    "remedy_sought": "exchange",
    "occurred_at": "2026-11-19T08:00:00+09:00",
    "knowledge_at": "2026-11-19T09:00:00+09:00",
    "contact": {"name": "가나다", "phone": "02-000-0000", "email": "a@example.com"},
}
DEEP = b'{"body": "x", "product": ' + b'{"code": ' * 5000 + b"1" + b"}" * 5001
UNREADABLE: dict[str, tuple[bytes, int, str]] = {
    "no body": (b"", 422, "no-body"),
    "ten megabytes": (b'{"body": "' + b"x" * 10_000_000 + b'"}', 413, "body-too-large"),
    "binary": (bytes(range(256)) * 40, 400, "broken-json"),
    "half a text": (b'{"body": "x', 400, "broken-json"),
    "two texts": (b'{"body": "x"}{"body": "x"}', 400, "broken-json"),
    "a lone surrogate": (b'{"body": "\\ud800"}', 400, "broken-json"),
    "a lone surrogate as a name": (b'{"body": "x", "\\udfff": 1}', 400, "broken-json"),
    "a surrogate in bytes": (b'{"body": "\xed\xa0\x80"}', 400, "broken-json"),
    "endless nesting": (b"[" * 200_000, 400, "too-deep"),
    "nested objects": (DEEP, 400, "too-deep"),
}
FIELDS: dict[str, tuple[dict[str, Any], str]] = {
    "nothing said": ({"body": ""}, "body"),
    "only blanks": ({"body": " \n\t "}, "body"),
    "too long": ({"body": "가" * 20_001}, "body"),
    "an unknown field": ({"$where": "sleep(1)"}, "$where"),
    "an unknown field inside": ({"product": {"code": "A", "price": 1}}, "product.price"),
    "an unknown kind": ({"kind": "rant"}, "kind"),
    "a channel of other signs": ({"channel": "../etc"}, "channel"),
    "a NUL": ({"title": "a\x00b"}, "title"),
    "a NUL inside": ({"product": {"name": "\x00"}}, "product.name"),
    "text for a number": ({"harm": {"persons": [{"weeks": "2"}]}}, "harm.persons.0.weeks"),
    "a negative number": ({"harm": {"persons": [{"weeks": -1}]}}, "harm.persons.0.weeks"),
    "a number without end": ({"harm": {"persons": [{"weeks": 10**30}]}}, "harm.persons.0.weeks"),
    "a fraction": ({"harm": {"persons": [{"weeks": 1.5}]}}, "harm.persons.0.weeks"),
    "too many persons": ({"harm": {"persons": [{}] * 101}}, "harm.persons"),
    "a number for truth": ({"harm": {"property_damage": 1}}, "harm.property_damage"),
    "a time without a zone": ({"occurred_at": "2026-11-19T08:00:00"}, "occurred_at"),
    "a time that is none": ({"occurred_at": "2026-13-41T08:00:00+09:00"}, "occurred_at"),
    "a time before the calendar": ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at"),
    "a time in the future": ({"knowledge_at": "2999-01-01T00:00:00Z"}, "knowledge_at"),
    "the end of time": ({"knowledge_at": "9999-12-31T23:59:59-14:00"}, "knowledge_at"),
    "no address": ({"contact": {"email": "somebody"}}, "contact.email"),
    "a list for an object": ({"product": ["SM-12"]}, "product"),
}


@pytest_asyncio.fixture(loop_scope="module")
async def refusing(intake: Intake) -> AsyncIterator[Intake]:
    """Intake that has stored nothing more when the test is over."""
    before = await intake.stored()
    yield intake
    assert await intake.stored() == before


async def both(intake: Intake, method: str, address: str, **request: Any) -> list[dict[str, Any]]:
    """The problem in English and in Korean, alike but for the words."""
    headers = dict(request.pop("headers", {}))
    problems = []
    for language in ("en", "ko"):
        answer = await intake.http.request(method, address, headers=headers | {"Accept-Language": language}, **request)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        problems.append(answer.json())
    english, korean = problems
    for name in ("type", "status"):
        assert english[name] == korean[name]
    assert [e["field"] for e in english["errors"]] == [e["field"] for e in korean["errors"]]
    assert english["detail"].isascii() or "“" in english["detail"]
    assert all(any("가" <= sign <= "힣" for sign in text) for text in said(korean))
    assert all(problem["correlation_id"] for problem in problems)
    return problems


def said(problem: dict[str, Any]) -> list[str]:
    return [problem["title"], problem["detail"], *(e["message"] for e in problem["errors"])]


@pytest.mark.parametrize(("content", "status", "kind"), UNREADABLE.values(), ids=UNREADABLE)
async def test_what_cannot_be_read_is_refused_as_a_whole(
    refusing: Intake, content: bytes, status: int, kind: str
) -> None:
    for problem in await both(refusing, "POST", COMPLAINTS, content=content, headers=JSON):
        assert (problem["status"], problem["type"]) == (status, f"/problems/{kind}")


async def test_a_body_without_a_length_is_cut_off_at_the_limit(refusing: Intake) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'{"body": "'
        for _ in range(200):
            yield b"x" * 65_536

    answer = await refusing.post(content=endless(), headers=JSON)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_another_kind_of_content_is_refused(refusing: Intake, kind: str) -> None:
    content = json.dumps(WHOLE).encode()
    for problem in await both(refusing, "POST", COMPLAINTS, content=content, headers={"Content-Type": kind}):
        assert (problem["status"], problem["type"]) == (415, "/problems/not-json")


@pytest.mark.parametrize(("wrong", "field"), FIELDS.values(), ids=FIELDS)
async def test_a_wrong_field_is_named_in_both_languages(refusing: Intake, wrong: dict[str, Any], field: str) -> None:
    for problem in await both(refusing, "POST", COMPLAINTS, json=WHOLE | wrong):
        assert problem["status"] == 422
        assert [error["field"] for error in problem["errors"]] == [field]
        assert len(problem["errors"][0]["message"]) > 5


@pytest.mark.parametrize("value", ["null", "true", "7", '"text"', "[]", "{}"])
async def test_a_body_of_another_shape_is_refused(refusing: Intake, value: str) -> None:
    for problem in await both(refusing, "POST", COMPLAINTS, content=value.encode(), headers=JSON):
        assert (problem["status"], [e["field"] for e in problem["errors"]]) == (422, ["body"])


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where the plain values of a JSON value stand."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from places(one, (*path, name))
    if not isinstance(value, dict | list):
        yield path


def with_at(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The whole filing with one value replaced."""
    whole = json.loads(json.dumps(WHOLE))
    at = whole
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return whole  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", list(places(WHOLE)), ids=lambda path: ".".join(map(str, path)))
async def test_no_field_takes_an_operator_of_the_database(refusing: Intake, path: tuple[str | int, ...]) -> None:
    for operator in ({"$gt": ""}, {"$ne": None}, [{"$gt": ""}]):
        answer = await refusing.post(json=with_at(path, operator))
        assert answer.status_code == 422
        assert [e["field"] for e in answer.json()["errors"]] == [".".join(map(str, path))]


@pytest.mark.parametrize("limit", ["0", "-1", "201", "9" * 40, "many", "1.5", "", "١"])
async def test_a_limit_that_is_none_is_named(refusing: Intake, limit: str) -> None:
    for problem in await both(refusing, "GET", COMPLAINTS, params={"limit": limit}):
        assert (problem["status"], [e["field"] for e in problem["errors"]]) == (422, ["limit"])


async def test_a_cursor_that_was_touched_is_refused(intake: Intake) -> None:
    for _ in range(2):
        await intake.post(json={"body": "배송이 늦어요"})
    cursor = (await intake.http.get(COMPLAINTS, params={"limit": 1})).json()["next"]
    touched = [cursor[:-1], cursor + "A", cursor[:6] + ("A" if cursor[6] != "A" else "B") + cursor[7:], "x", "=", "가"]
    for wrong in [*touched, "x" * 1001, "W10"]:
        for problem in await both(intake, "GET", COMPLAINTS, params={"after": wrong}):
            assert (problem["status"], [e["field"] for e in problem["errors"]]) == (422, ["after"])
    assert (await intake.http.get(COMPLAINTS, params={"after": cursor})).status_code == 200


@pytest.mark.parametrize("name", ["category", "product_code"])
async def test_a_filter_is_only_ever_text(refusing: Intake, name: str) -> None:
    for value in ('{"$gt": ""}', "$where", "' OR 1=1 --"):
        answer = await refusing.http.get(COMPLAINTS, params={name: value})
        assert (answer.status_code, answer.json()["items"]) == (200, [])
    for problem in await both(refusing, "GET", COMPLAINTS, params={name: "a\x00"}):
        assert [e["field"] for e in problem["errors"]] == [name]


@pytest.mark.parametrize(
    "id", ['{"$gt":""}', "a%00", "x" * 300, "%F0%9F%92%A9", "..%2f..%2fetc", "$where", "C-2026-999999"]
)
async def test_an_id_that_is_none_finds_nothing(refusing: Intake, id: str) -> None:
    for problem in await both(refusing, "GET", f"{COMPLAINTS}/{id}"):
        assert problem["status"] in (404, 422)


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer x", f"Basic {KEY}", f"Bearer {KEY}x", f"Bearer {KEY[:-1]}", "Bearer \x00", KEY],
)
async def test_who_shows_no_valid_key_is_refused(refusing: Intake, authorization: str) -> None:
    for problem in await both(refusing, "POST", COMPLAINTS, json=WHOLE, headers={"Authorization": authorization}):
        assert problem["status"] == 401


async def test_who_may_only_read_cannot_file(refusing: Intake) -> None:
    for problem in await both(refusing, "POST", COMPLAINTS, json=WHOLE, headers={"Authorization": f"Bearer {READS}"}):
        assert problem["status"] == 403


async def test_nothing_that_was_sent_comes_back(refusing: Intake) -> None:
    secret = "홍길동-zqxw"
    for path in places(WHOLE):
        answer: httpx.Response = await refusing.post(json=with_at(path, {secret: secret}))
        assert answer.status_code == 422
        assert "zqxw" not in answer.text
