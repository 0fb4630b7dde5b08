"""What is wrong is said at its field, in both languages, and what was typed is kept."""

import re
from html import unescape

import httpx
import pytest

from tests.integration.filing.conftest import Intake
from tests.integration.filing.visiting import CONTACT, FORM, MILD, PERSON, filed, say, send, walk
from tests.unit.uploads.sample_files import pdf, png

pytestmark = pytest.mark.asyncio(loop_scope="module")

WRONG = {
    "nothing chosen": ("kind", {}, "kind"),
    "nothing said": ("what", {"body": " \n "}, "body"),
    "only invisible signs": ("what", {"body": "\u200b\u3164\u2800"}, "body"),
    "too long": ("what", {"body": "가" * 20_001}, "body"),
    "an unknown kind": ("kind", {"kind": "rant"}, "kind"),
    "no answer about harm": ("harm", {}, "hurt"),
    "weeks that are none": ("harm", PERSON | {"harm.persons.0.weeks": "two"}, "harm.persons.0.weeks"),
    "a day that is none": ("when", {"occurred_on": "yesterday"}, "occurred_on"),
    "the thirtieth of February": ("when", {"occurred_on": "2026-02-30"}, "occurred_on"),
    "a time without a day": ("when", {"occurred_time": "09:30"}, "occurred_on"),
    "a name of spaces": ("contact", CONTACT | {"contact.name": "\u3164\u3164"}, "contact.name"),
    "no telephone": ("contact", {"contact.phone": "call me"}, "contact.phone"),
    "no address": ("contact", {"contact.email": "somebody"}, "contact.email"),
    "no way to reach": ("contact", {"contact.name": "홍길동"}, "contact.phone"),
    "no consent": ("consent", {"of_age": "true"}, "consent.processing"),
    "too young": ("consent", {"consent.processing": "true"}, "of_age"),
}


@pytest.mark.parametrize(("step", "typed", "field"), WRONG.values(), ids=WRONG)
async def test_what_is_wrong_is_said_at_its_field_and_kept(
    visitor: httpx.AsyncClient, step: str, typed: dict[str, str], field: str
) -> None:
    await say(visitor, "kind", kind="damage")
    answer = await say(visitor, step, **typed)
    assert answer.status_code == 422
    page = unescape(answer.text)
    place = f"f-{field.replace('.', '-')}"
    assert f'href="#{place}"' in page
    assert f'id="{place}"' in page
    assert f'id="{place}-wrong"' in page
    assert "autofocus" in page
    for text in typed.values():
        assert step == "kind" or not text.strip() or text in page
    korean = await visitor.post(f"{FORM}/{step}", data=typed, headers={"Accept-Language": "ko"})
    assert re.search(rf'id="{place}-wrong">[^<]*[가-힣]', korean.text)


async def test_right_to_left_and_emoji_arrive_as_they_were_written(intake: Intake, visitor: httpx.AsyncClient) -> None:
    body = "المنتج مكسور 😡👩‍👩‍👧 \u202eمرحبا <b>x</b> & ' \" 끝"
    await walk(visitor, body)
    review = (await visitor.get(f"{FORM}/review")).text
    assert "<b>x</b>" not in review
    number, secret = await filed(visitor)
    await visitor.post("/complaints/follow", data={"number": number, "secret": secret})
    assert body in unescape((await visitor.get("/complaints/follow")).text)


async def test_nothing_is_filed_while_an_answer_is_missing(intake: Intake, visitor: httpx.AsyncClient) -> None:
    await say(visitor, "kind", kind="complaint")
    await say(visitor, "what", body=MILD)
    before = await intake.running.mongo.count("complaints", {})
    answer = await send(visitor)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{FORM}/whom?check=1")
    assert 'id="f-for_whom-wrong"' in (await visitor.get(answer.headers["location"])).text
    assert await intake.running.mongo.count("complaints", {}) == before


async def test_a_file_that_lies_is_named_and_the_others_stay(visitor: httpx.AsyncClient) -> None:
    await say(visitor, "kind", kind="complaint")
    files = [
        ("file", ("good.png", png())),
        ("file", ("bad.jpg", pdf())),
        ("file", ("\u202elie.png", b"MZ" + bytes(99))),
    ]
    answer = await visitor.post(f"{FORM}/files/uploads", files=files)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert "bad.jpg:" in page
    assert "\u202e" not in page
    assert "good.png" in (await visitor.get(f"{FORM}/files")).text
    part = await visitor.post(f"{FORM}/files/uploads", files=files[:1], headers={"HX-Request": "true"})
    assert part.text.count("good.png</bdi>") == 2
    assert "<html" not in part.text
