"""The employees' form: fast, nothing lost when it is refused, filed once."""

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest
import pytest_asyncio

from tests.integration.filing.conftest import API, Intake, upload
from tests.integration.filing.visiting import BURN, MILD
from tests.unit.uploads.sample_files import pdf, png

pytestmark = pytest.mark.asyncio(loop_scope="module")

FORM = "/intake/complaints/new"


@pytest_asyncio.fixture(loop_scope="module")
async def employee(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    async with intake.client("employee") as client:
        yield client


async def send(client: httpx.AsyncClient, **fields: str) -> httpx.Response:
    """The form as a browser sends it, files or not."""
    return await client.post(FORM, files={name: (None, text) for name, text in fields.items()})


async def test_any_employee_files_and_is_led_to_the_card(intake: Intake, employee: httpx.AsyncClient) -> None:
    answer = await send(employee, body=BURN, kind="damage", channel="store", **{"contact.name": "홍길동"})
    assert answer.status_code == 303
    id = answer.headers["location"].rpartition("/")[2]
    (row,) = await intake.running.mongo.find("complaints", {"_id": id})
    assert (row["filed_by"], row["channel"], row["kind"]) == ("p-034", "store", "damage")
    assert "홍길동" not in str(row)


async def test_file_another_keeps_the_place_and_names_the_number(employee: httpx.AsyncClient) -> None:
    answer = await send(employee, body=MILD, go="file_another")
    page = (await employee.get(answer.headers["location"])).text
    number = answer.headers["location"].rpartition("=")[2]
    assert f'href="/intake/complaints/{number}"' in page
    assert MILD not in page


async def test_a_second_click_files_nothing_more(intake: Intake, employee: httpx.AsyncClient) -> None:
    key = re.search(r'name="form_key" value="([^"]+)"', (await employee.get(FORM)).text)
    assert key
    before = await intake.running.mongo.count("complaints", {})
    answers = [await send(employee, body=MILD, form_key=key[1]) for _ in range(2)]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert await intake.running.mongo.count("complaints", {}) == before + 1


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"body": " "}, "f-body"),
        ({"body": MILD, "title": "\u3164"}, "f-title"),
        ({"body": MILD, "contact.phone": "call me"}, "f-contact-phone"),
        ({"body": MILD, "occurred_on": "2999-01-01"}, "f-occurred_on"),
        ({"body": MILD, "known_on": "2999-01-01"}, "f-known_on"),
        ({"body": MILD, "occurred_time": "25"}, "f-occurred_on"),
        ({"body": MILD, "product.bought_on": "once"}, "f-product-bought_on"),
        ({"body": MILD, "hurt": "yes", "harm.persons.0.who": "self"}, "f-harm-persons-0-who"),
        ({"body": MILD, "nonsense": "1"}, "f-nonsense"),
        ({"body": MILD, "body.x": "1", "attachment": "unknown:1:a.png"}, "f-file"),
    ],
)
async def test_what_is_wrong_is_said_and_everything_is_kept(
    employee: httpx.AsyncClient, fields: dict[str, str], place: str
) -> None:
    answer = await send(employee, **fields, **{"contact.email": "kept@example.com"})
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert f'href="#{place}"' in page
    assert 'value="kept@example.com"' in page


async def test_the_company_may_have_known_before(intake: Intake, employee: httpx.AsyncClient) -> None:
    answer = await send(employee, body=MILD, known_on="2026-11-18", known_time="09:30")
    id = answer.headers["location"].rpartition("/")[2]
    (row,) = await intake.running.mongo.find("complaints", {"_id": id})
    assert row["knowledge_at"].isoformat() == "2026-11-18T00:30:00+00:00"


async def test_files_go_along_with_and_without_a_script(intake: Intake, employee: httpx.AsyncClient) -> None:
    part = await employee.post(f"{FORM}/files", files={"file": ("사진.png", png())}, headers={"HX-Request": "true"})
    kept = re.search(r'name="attachment" value="([^"]+)"', part.text)
    assert kept
    form = {"body": (None, MILD), "attachment": (None, kept[1]), "file": ("영수증.pdf", pdf())}
    answer = await employee.post(FORM, files=form)
    id = answer.headers["location"].rpartition("/")[2]
    (row,) = await intake.running.mongo.find("complaints", {"_id": id})
    assert len(row["attachments"]) == 2


async def test_a_refused_form_still_has_its_files(employee: httpx.AsyncClient) -> None:
    answer = await employee.post(FORM, files={"body": (None, ""), "file": ("사진.png", png())})
    assert answer.status_code == 422
    assert "사진.png</bdi>" in answer.text
    dropped = re.search(r'value="(drop-[^"]+)"', answer.text)
    kept = re.search(r'name="attachment" value="([^"]+)"', answer.text)
    assert dropped
    assert kept
    without = await send(employee, body="", attachment=kept[1], go=dropped[1])
    assert (without.status_code, "사진.png" in without.text) == (200, False)


async def test_another_injured_person_is_a_click_away(employee: httpx.AsyncClient) -> None:
    fields = {"body": BURN, "hurt": "yes", "harm.persons.0.who": "family"}
    page = (await send(employee, **fields, go="add")).text
    assert 'name="harm.persons.1.injury"' in page
    assert BURN in page


async def test_the_rules_say_while_one_writes_what_they_would_decide(
    intake: Intake, employee: httpx.AsyncClient
) -> None:
    before = await intake.running.mongo.count("complaints", {})
    part = (await employee.post("/intake/previews", data={"body": BURN, "kind": "complaint"})).text
    for said in ("Critical", "Burn", "“화상”", "Quality and Safety", "Needs action at once"):
        assert said in part
    assert "<html" not in part
    assert "Not available now." in part  # no search runs here: that spoils nothing else
    assert "shows here while you write" in (await employee.post("/intake/previews", data={"body": ""})).text
    assert await intake.running.mongo.count("complaints", {}) == before


async def test_programs_get_the_same_preview(intake: Intake) -> None:
    async with intake.client("shop", Accept="application/json") as shop:
        said = (await shop.post(f"{API}/previews", json={"body": BURN})).json()
        filed = (await shop.post(f"{API}/complaints", json={"body": BURN})).json()
    for name in ("category", "severity", "hazards", "because"):
        assert said[name] == filed[name]
    assert [routed["department"] for routed in said["departments"]] == filed["departments"]


@pytest.mark.parametrize("who", ["auditor", "admin", "shop", None])
async def test_who_files_nothing_sees_no_form(intake: Intake, who: str | None) -> None:
    async with intake.client(who) as client:
        assert (await send(client, body=MILD)).status_code in (401, 403)
        assert (await upload(client, "a.png", png(), path=f"{FORM}/files")).status_code in (401, 403)
