"""Files of complaints on a real GridFS: what is taken, what is refused, who opens it, and what becomes of the rest."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from services.intake.domain.attachment import UNCLAIMED
from services.intake.jobs import sweep_files
from tests.integration.filing.conftest import API, Intake, upload
from tests.unit.uploads.sample_files import EVERY_KIND, jpeg, mp4, pdf, png

pytestmark = pytest.mark.asyncio(loop_scope="module")

BODY = {"body": "전기장판이 너무 뜨거워요"}
PHOTO = jpeg() + bytes(700_000)


@pytest.mark.parametrize("name", EVERY_KIND)
async def test_every_kind_is_taken_kept_and_given_back_as_it_was(
    intake: Intake, agent: httpx.AsyncClient, name: str
) -> None:
    content, declared, code = EVERY_KIND[name]
    staged = (await upload(agent, name, content, declared)).json()
    assert (staged["name"], staged["kind"], staged["size"]) == (name, code, len(content))
    filed = (await agent.post(f"{API}/complaints", json=BODY | {"attachments": [staged["id"]]})).json()
    (listed,) = (await agent.get(f"{API}/complaints/{filed['id']}/attachments")).json()["items"]
    assert (listed["id"], listed["name"]) == (staged["id"], name)
    assert (await agent.get(f"{API}/attachments/{staged['id']}/content")).content == content


async def test_a_large_file_comes_back_byte_for_byte(intake: Intake, agent: httpx.AsyncClient) -> None:
    content = mp4() + bytes(range(256)) * 40_000
    staged = (await upload(agent, "film.mp4", content, "video/mp4")).json()
    await agent.post(f"{API}/complaints", json=BODY | {"attachments": [staged["id"]]})
    assert (await agent.get(f"{API}/attachments/{staged['id']}/content")).content == content


async def test_nothing_readable_lies_in_the_database(intake: Intake, agent: httpx.AsyncClient) -> None:
    staged = (await upload(agent, "홍길동 진단서.pdf", pdf() + "화상 2도 소견".encode())).json()
    mongo = intake.running.mongo
    rows = await mongo.find("fs.chunks", {"files_id": staged["id"]}) + await mongo.find(
        "attachments", {"_id": staged["id"]}
    )
    assert rows
    assert "화상".encode() not in b"".join(bytes(row.get("data", b"")) for row in rows)
    assert "홍길동" not in str(rows)
    assert "홍길동".encode() not in rows[-1]["private"]


async def test_a_file_is_downloaded_never_shown(intake: Intake, agent: httpx.AsyncClient) -> None:
    staged = (await upload(agent, "영수증 <b>.pdf", pdf())).json()
    await agent.post(f"{API}/complaints", json=BODY | {"attachments": [staged["id"]]})
    answer = await agent.get(f"{API}/attachments/{staged['id']}/content")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%EC%98%81" in answer.headers["content-disposition"]
    assert answer.headers["x-content-type-options"].startswith("nosniff")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "private, no-store"


async def test_every_look_is_written_down_before_it_happens(intake: Intake, agent: httpx.AsyncClient) -> None:
    staged = (await upload(agent, "a.png", png())).json()
    filed = (await agent.post(f"{API}/complaints", json=BODY | {"attachments": [staged["id"]]})).json()
    intake.clock.move(timedelta(seconds=1))
    await agent.get(f"{API}/attachments/{staged['id']}/content")
    async with intake.client("auditor", Accept="application/json") as auditor:
        newest = (await auditor.get(f"{API}/accesses", params={"limit": 1})).json()["items"][0]
    assert (newest["by"], newest["subject"], newest["complaint_id"]) == ("p-020", staged["id"], filed["id"])


@pytest.mark.parametrize("who", ["employee", "auditor", "admin", "shop", None])
async def test_who_does_not_deal_with_it_opens_nothing(
    intake: Intake, agent: httpx.AsyncClient, who: str | None
) -> None:
    staged = (await upload(agent, "a.png", png())).json()
    filed = (await agent.post(f"{API}/complaints", json=BODY | {"attachments": [staged["id"]]})).json()
    async with intake.client(who, Accept="application/json") as other:
        for path in (f"/attachments/{staged['id']}/content", f"/complaints/{filed['id']}/attachments"):
            assert (await other.get(API + path)).status_code in (401, 403)


async def test_a_file_that_waits_can_be_opened_by_nobody(intake: Intake, agent: httpx.AsyncClient) -> None:
    staged = (await upload(agent, "a.png", png())).json()
    assert (await agent.get(f"{API}/attachments/{staged['id']}/content")).status_code == 404


async def test_only_who_uploaded_it_may_name_it(intake: Intake, agent: httpx.AsyncClient) -> None:
    staged = (await upload(agent, "a.png", png())).json()
    for who in ("employee", "agent2", "shop"):
        async with intake.client(who, Accept="application/json") as other:
            refused = await other.post(f"{API}/complaints", json=BODY | {"attachments": [staged["id"]]})
        assert [error["field"] for error in refused.json()["errors"]] == ["attachments.0"]
    public = await agent.post(f"{API}/public/complaints", json=BODY | {"attachments": [staged["id"]]})
    assert public.status_code == 422


async def test_wrong_ids_are_refused_by_field_and_nothing_is_filed(intake: Intake, agent: httpx.AsyncClient) -> None:
    used = (await upload(agent, "a.png", png())).json()["id"]
    await agent.post(f"{API}/complaints", json=BODY | {"attachments": [used]})
    fresh = (await upload(agent, "b.png", png())).json()["id"]
    before = await intake.running.mongo.count("complaints", {})
    wrong = {
        "attachments.1": [[fresh, used], [fresh, "unknown"], [fresh, fresh]],
        "attachments": [[f"id-{n}" for n in range(11)]],
    }
    for field, lists in wrong.items():
        for ids in lists:
            answer = await agent.post(f"{API}/complaints", json=BODY | {"attachments": ids})
            assert (answer.status_code, [e["field"] for e in answer.json()["errors"]]) == (422, [field])
    assert await intake.running.mongo.count("complaints", {}) == before
    assert (await agent.post(f"{API}/complaints", json=BODY | {"attachments": [fresh]})).status_code == 201


async def test_two_filings_at_once_cannot_both_have_a_file(intake: Intake, agent: httpx.AsyncClient) -> None:
    staged = (await upload(agent, "a.png", png())).json()
    filing = BODY | {"attachments": [staged["id"]]}
    answers = await asyncio.gather(*(agent.post(f"{API}/complaints", json=filing) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422, 422]


async def test_what_nobody_names_is_gone_after_a_day_and_what_is_kept_stays(
    intake: Intake, agent: httpx.AsyncClient
) -> None:
    kept = (await upload(agent, "kept.jpg", PHOTO)).json()["id"]
    await agent.post(f"{API}/complaints", json=BODY | {"attachments": [kept]})
    left = (await upload(agent, "left.jpg", PHOTO)).json()["id"]
    await sweep_files(intake.store)
    assert await intake.running.mongo.files.count(left) == 3
    intake.clock.move(UNCLAIMED + timedelta(minutes=1))
    await sweep_files(intake.store)
    assert await intake.running.mongo.files.count(left) == 0
    assert await intake.running.mongo.find("attachments", {"_id": left}) == []
    assert (await agent.get(f"{API}/attachments/{kept}/content")).content == PHOTO
    refused = await agent.post(f"{API}/complaints", json=BODY | {"attachments": [left]})
    assert refused.json()["errors"][0]["field"] == "attachments.0"


async def test_the_keys_of_kept_files_hang_on_the_person(intake: Intake, agent: httpx.AsyncClient) -> None:
    """Whoever destroys the person's key has erased their files too."""
    staged = (await upload(agent, "a.png", png())).json()
    filed = (await agent.post(f"{API}/complaints", json=BODY | {"attachments": [staged["id"]]})).json()
    other, _ = intake.running.vault.new_person()
    await intake.running.mongo.update("contacts", {"_id": filed["id"]}, {"$set": {"key": other}})
    answer = await agent.get(f"{API}/attachments/{staged['id']}/content")
    assert answer.status_code == 500


async def test_a_visitor_uploads_and_files_with_the_ids_alone(intake: Intake, visitor: httpx.AsyncClient) -> None:
    staged = (await upload(visitor, "a.png", png(), path=f"{API}/public/attachments")).json()
    filed = await visitor.post(f"{API}/public/complaints", json=BODY | {"attachments": [staged["id"]]})
    assert filed.status_code == 201
    assert len(filed.json()["secret"].replace("-", "")) == 26


async def test_uploads_of_one_process_have_a_limited_number_of_places(intake: Intake, agent: httpx.AsyncClient) -> None:
    places: asyncio.Semaphore = intake.app.state.uploads
    taken = [await places.acquire() for _ in range(8)]
    answer = await upload(agent, "a.png", png())
    for _ in taken:
        places.release()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
