"""A visitor without an account: one question after the other, and nothing is lost on the way."""

import re

import httpx
import pytest

from services.intake.domain.secret import hash_of_secret
from tests.integration.filing.conftest import Intake, upload
from tests.integration.filing.visiting import AGREED, BURN, CONTACT, FORM, MILD, PERSON, filed, say, step_of, walk
from tests.unit.uploads.sample_files import pdf, png

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_mild_complaint_is_asked_nothing_about_harm(visitor: httpx.AsyncClient) -> None:
    asked = await walk(visitor)
    assert asked == ["kind", "what", "product", "when", "remedy", "files", "whom", "contact", "consent"]


async def test_words_of_a_hazard_bring_the_questions_about_harm(visitor: httpx.AsyncClient) -> None:
    await say(visitor, "kind", kind="complaint")
    assert step_of(await say(visitor, "what", body=BURN)) == "harm"
    page = (await visitor.get(f"{FORM}/harm")).text
    assert 'name="harm.persons.0.injury"' in page
    assert step_of(await say(visitor, "what", body=MILD)) == "product"


async def test_they_are_there_while_typing_too(visitor: httpx.AsyncClient) -> None:
    part = await visitor.post(f"{FORM}/hazards", data={"body": BURN}, headers={"HX-Request": "true"})
    assert 'name="hurt"' in part.text
    assert "<html" not in part.text
    assert 'name="hurt"' not in (await visitor.post(f"{FORM}/hazards", data={"body": MILD})).text
    await say(visitor, "kind", kind="complaint")
    answer = await say(visitor, "what", body=BURN, harm_here="1", hurt="no")
    assert step_of(answer) == "product"


async def test_damage_is_asked_about_harm_whatever_the_words(visitor: httpx.AsyncClient) -> None:
    assert "harm" in await walk(visitor, kind={"kind": "damage"})


async def test_number_and_secret_are_shown_and_only_a_hash_is_kept(intake: Intake, visitor: httpx.AsyncClient) -> None:
    await walk(visitor, BURN)
    number, secret = await filed(visitor)
    (row,) = await intake.running.mongo.find("complaints", {"number": number})
    (contact,) = await intake.running.mongo.find("contacts", {"_id": row["_id"]})
    assert contact["secret_hash"] == hash_of_secret(secret)
    assert secret not in str(row) + str(contact)
    assert (row["channel"], row["harm"]["injured"], row["harm"]["treated"]) == ("web", 1, 1)
    assert "홍길동" not in str(row)
    assert (contact["consent"]["processing"], contact["consent"]["health"]) == (True, False)
    assert contact["consent"]["text_version"]
    assert contact["consent"]["at"]


async def test_details_of_injuries_are_kept_only_with_consent(intake: Intake, visitor: httpx.AsyncClient) -> None:
    for agreed, expected in ((AGREED, False), (AGREED | {"consent.health": "true"}, True)):
        await walk(visitor, BURN, consent=agreed)
        number, _ = await filed(visitor)
        (row,) = await intake.running.mongo.find("complaints", {"number": number})
        (contact,) = await intake.running.mongo.find("contacts", {"_id": row["_id"]})
        private = intake.running.vault.person(contact["key"]).open(contact["private"], "complaint").decode()
        assert ("손 화상" in private) == expected
        assert "010-1234-5678" in private
        assert row["harm"]["injured"] == 1
        await visitor.get(FORM)


async def test_health_is_asked_only_of_those_who_were_hurt(visitor: httpx.AsyncClient) -> None:
    await walk(visitor, BURN, harm={"hurt": "no"})
    assert "consent.health" not in (await visitor.get(f"{FORM}/consent")).text
    await say(visitor, "harm", **PERSON)
    assert "consent.health" in (await visitor.get(f"{FORM}/consent")).text


async def test_back_and_forth_nothing_is_lost(visitor: httpx.AsyncClient) -> None:
    await walk(visitor, BURN)
    back = await say(visitor, "contact", go="back", **(CONTACT | {"contact.phone": "unfinished"}))
    assert step_of(back) == "whom"
    assert 'value="unfinished"' in (await visitor.get(f"{FORM}/contact")).text
    assert BURN in (await visitor.get(f"{FORM}/what")).text
    assert 'value="손 화상"' in (await visitor.get(f"{FORM}/harm")).text


async def test_what_is_not_ticked_any_more_is_forgotten(visitor: httpx.AsyncClient) -> None:
    await walk(visitor, BURN, harm=PERSON | {"harm.fire_or_explosion": "true"})
    assert re.search(r'name="harm.fire_or_explosion"[^>]* checked', (await visitor.get(f"{FORM}/harm")).text)
    await say(visitor, "harm", **PERSON)
    assert not re.search(r'name="harm.fire_or_explosion"[^>]* checked', (await visitor.get(f"{FORM}/harm")).text)


async def test_several_people_can_be_hurt_and_one_be_left_out_again(intake: Intake, visitor: httpx.AsyncClient) -> None:
    await walk(visitor, BURN)
    assert step_of(await say(visitor, "harm", go="add", **PERSON)) == "harm"
    three = {f"harm.persons.{n}.who": "other" for n in range(3)} | {"hurt": "yes", "harm.persons.2.injury": "두통"}
    await say(visitor, "harm", go="add", **three)
    await say(visitor, "harm", go="remove-1", **three)
    page = (await visitor.get(f"{FORM}/harm")).text
    assert 'name="harm.persons.1.injury"' not in page
    assert 'value="두통"' in page
    await say(visitor, "harm", **{k: v for k, v in three.items() if ".1." not in k})
    number, _ = await filed(visitor)
    (row,) = await intake.running.mongo.find("complaints", {"number": number})
    assert row["harm"]["injured"] == 2


async def test_a_change_from_the_review_leads_back_to_the_review(visitor: httpx.AsyncClient) -> None:
    await walk(visitor)
    page = (await visitor.get(f"{FORM}/when?to=review")).text
    assert '<input type="hidden" name="to" value="review">' in page
    answer = await say(visitor, "when", to="review", place="집")
    assert step_of(answer) == "review"
    assert "집" in (await visitor.get(f"{FORM}/review")).text


async def test_who_files_for_another_says_who_they_are(intake: Intake, visitor: httpx.AsyncClient) -> None:
    other = {
        "representative.relation": "family",
        "representative.name": "김대리",
        "representative.phone": "02-123-4567",
    }
    asked = await walk(visitor, whom={"for_whom": "other"}, representative=other, contact={"contact.name": "홍어르신"})
    assert "representative" in asked
    number, _ = await filed(visitor)
    (row,) = await intake.running.mongo.find("complaints", {"number": number})
    assert row["represented_by"] == "family"
    assert "김대리" not in str(row)


async def test_files_go_along_and_can_be_left_out(intake: Intake, visitor: httpx.AsyncClient) -> None:
    await say(visitor, "kind", kind="complaint")
    for name in ("사진.png", "영수증.pdf"):
        content = png() if name.endswith("png") else pdf()
        assert (await upload(visitor, name, content, path=f"{FORM}/files/uploads")).status_code == 303
    page = (await visitor.get(f"{FORM}/files")).text
    ids = re.findall(r'name="file" value="([^"]+)"', page)
    assert "사진.png" in page
    await visitor.post(f"{FORM}/files/removals", data={"file": ids[1]})
    await walk(visitor)
    number, _ = await filed(visitor)
    (row,) = await intake.running.mongo.find("complaints", {"number": number})
    assert row["attachments"] == [ids[0]]
    (left,) = await intake.running.mongo.find("attachments", {"_id": ids[1]})
    assert left["state"] == "dropped"
