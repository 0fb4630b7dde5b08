"""Safety notices on real servers: written, approved by another, published, read by many, shown to consumers."""

import asyncio
from typing import Any

import httpx

from tests.integration.alerts.conftest import (
    ADMIN,
    AUDITOR,
    CCO,
    CS_MANAGER,
    OFFICER,
    SALES_HEAD,
    WORKER,
    Alerts,
)
from tests.integration.topics import hearing

TEXT: dict[str, Any] = {
    "title": "온장고 음료 취급",
    "hazard": "60도를 넘으면 병이 터질 수 있습니다",
    "rule": "55도 이하, 14일까지",
    "consequence": "어기면 온장 판매를 멈춥니다",
}


async def test_consumers_see_a_notice_once_a_second_person_has_approved_it(alerts: Alerts) -> None:
    notice = await alerts.do(OFFICER, "notices", **TEXT, for_consumers=True, must_read=True)
    one = f"notices/{notice['id']}"
    await alerts.ask(WORKER, one, 404)
    await alerts.ask(AUDITOR, one)
    await alerts.do(OFFICER, f"{one}/publications", 409)
    await alerts.do(OFFICER, f"{one}/approvals", 403)
    await alerts.do(SALES_HEAD, f"{one}/approvals", 403)
    await alerts.do(CCO, f"{one}/approvals")
    async with httpx.AsyncClient(base_url=alerts.served.url) as anyone:
        before = await anyone.get("/alerts/notices/public", headers={"Accept": "text/html"})
        await alerts.do(OFFICER, f"{one}/publications")
        after = await anyone.get("/alerts/notices/public", headers={"Accept": "text/html"})
        assert (await anyone.get(f"/api/alerts/v1/{one}")).status_code == 401
    assert TEXT["title"] not in before.text
    assert TEXT["rule"] in after.text
    assert "필독" in (await alerts.see_in_korean(WORKER, "/alerts")).text
    async with hearing(alerts.deployed.settings, "notice.published") as ear:
        told = await ear.first("notice.published")
    assert (told.data["for_consumers"], told.data["edition"], told.data["by"]) == (True, 1, OFFICER)


async def test_twenty_people_read_at_once_and_each_counts_once_for_their_department(alerts: Alerts) -> None:
    notice = await alerts.do(CS_MANAGER, "notices", **TEXT, audience=["sales", "production"])
    one = f"notices/{notice['id']}"
    await alerts.do(CS_MANAGER, f"{one}/publications")
    readers = [SALES_HEAD, "p-011", "p-012", WORKER, "p-004", "p-005", "p-006", *(f"p-0{n}" for n in range(13, 26))]
    await asyncio.gather(*(alerts.do(person, f"{one}/readings") for person in (*readers, *readers)))
    shares = {share["department"]: share for share in (await alerts.ask(WORKER, f"{one}/readings"))["items"]}
    assert shares["sales"]["read"] == 3
    assert shares["production"]["read"] == 4
    assert set(shares) == {"sales", "production"}
    mongo = alerts.deployed.mongo("alerts")
    assert await mongo.count("readings", {"notice_id": notice["id"]}) == len(readers)
    assert await mongo.count("outbox", {"topic": "notice.read"}) == len(readers)
    mongo.close()
    page = (await alerts.see(WORKER, f"/alerts/{one}")).text
    assert "You have read this notice." in page
    assert "Not yet:" not in page, "names of those who have not read are for those who decide and their managers"
    assert "Not yet:" in (await alerts.see(CS_MANAGER, f"/alerts/{one}")).text


async def test_what_is_not_read_is_listed_and_counted_for_those_it_is_addressed_to(alerts: Alerts) -> None:
    made = [await alerts.do(OFFICER, "notices", **TEXT, audience=codes) for codes in (["sales"], [], ["logistics"])]
    for notice in made:
        await alerts.do(OFFICER, f"notices/{notice['id']}/publications")
    unread = await alerts.ask(SALES_HEAD, "notices?state=unread&limit=1")
    assert [notice["id"] for notice in unread["items"]] == [made[1]["id"]]
    more = await alerts.ask(SALES_HEAD, f"notices?state=unread&limit=1&after={unread['next']}")
    assert [notice["id"] for notice in more["items"]] == [made[0]["id"]]
    assert "2 not read" in (await alerts.see(SALES_HEAD, "/alerts")).text
    await alerts.send(SALES_HEAD, f"/alerts/notices/{made[0]['id']}/readings")
    assert "1 not read" in (await alerts.see(SALES_HEAD, "/alerts")).text
    await alerts.do(OFFICER, f"notices/{made[1]['id']}/withdrawals", reason="새 병으로 바꿈")
    assert (await alerts.ask(SALES_HEAD, "notices?state=unread"))["items"] == []
    assert len((await alerts.ask(SALES_HEAD, "notices?state=withdrawn"))["items"]) == 1
    assert len((await alerts.ask(SALES_HEAD, "notices"))["items"]) == 2


async def test_a_form_that_is_refused_keeps_every_field(alerts: Alerts) -> None:
    fields = {**TEXT, "hazard": "", "season_first": "11", "audience": "sales", "must_read": "yes"}
    answer = await alerts.send(OFFICER, "/alerts/notices", **fields)
    assert answer.status_code == 422
    for kept in (TEXT["rule"], '<option value="11" selected>', 'value="sales" checked', 'value="yes" checked'):
        assert kept in answer.text, kept
    whole = await alerts.send(OFFICER, "/alerts/notices", **{**fields, "hazard": "위험", "season_last": "3"})
    assert whole.status_code == 303
    shown = await alerts.see(OFFICER, whole.headers["location"])
    assert "Every year from November to March" in shown.text
    id = whole.headers["location"].rpartition("/")[2]
    version = (await alerts.ask(OFFICER, f"notices/{id}"))["version"]
    first = await alerts.send(OFFICER, f"/alerts/notices/{id}/revisions", **TEXT, version=str(version))
    assert first.status_code == 303
    old = await alerts.send(CS_MANAGER, f"/alerts/notices/{id}/revisions", **TEXT, version=str(version))
    assert old.status_code == 412


async def test_each_role_may_what_its_people_do(alerts: Alerts) -> None:
    notice = await alerts.do(OFFICER, "notices", **TEXT)
    one = f"notices/{notice['id']}"
    await alerts.do(OFFICER, f"{one}/publications")
    for person in (WORKER, SALES_HEAD, AUDITOR, ADMIN):
        await alerts.do(person, "notices", 403, **TEXT)
        await alerts.do(person, f"{one}/withdrawals", 403, reason="거둡니다")
    await alerts.ask(ADMIN, one, 403)
    await alerts.ask(AUDITOR, one)
    await alerts.do(AUDITOR, f"{one}/readings", 403)
    await alerts.do(WORKER, f"{one}/readings")


async def test_a_draft_that_was_dropped_stays_with_those_who_write_and_review(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    dropped = await alerts.do(OFFICER, "notices", **TEXT, issue_id=issue["number"])
    held = await alerts.do(OFFICER, "notices", **{**TEXT, "title": "판매 중지 안내"}, issue_id=issue["id"])
    page = f"/alerts/{issue['id']}"
    assert "Draft notice" in (await alerts.see(CS_MANAGER, page)).text
    assert TEXT["title"] not in (await alerts.see(WORKER, page)).text
    await alerts.do(OFFICER, f"notices/{dropped['id']}/withdrawals", reason="필요 없음")
    await alerts.do(OFFICER, f"notices/{held['id']}/publications")
    await alerts.do(OFFICER, f"notices/{held['id']}/withdrawals", reason="새 병으로 바꿈")
    await alerts.ask(WORKER, f"notices/{dropped['id']}", 404)
    for person, seen in ((WORKER, [held["id"]]), (AUDITOR, [held["id"], dropped["id"]])):
        assert [each["id"] for each in (await alerts.ask(person, "notices?state=withdrawn"))["items"]] == seen
    shown = (await alerts.see(WORKER, page)).text
    assert TEXT["title"] not in shown
    assert shown.index("판매 중지 안내") < shown.index("Withdrawn notice"), "it says that it holds no longer"


async def test_a_program_that_names_the_version_it_saw_is_refused_when_the_text_has_changed(alerts: Alerts) -> None:
    notice = await alerts.do(OFFICER, "notices", **TEXT, for_consumers=True)
    one, seen = f"notices/{notice['id']}", notice["version"]
    assert seen == (await alerts.ask(OFFICER, one))["version"]
    changed = await alerts.do(OFFICER, f"{one}/revisions", **TEXT, for_consumers=True, version=seen)
    await alerts.do(OFFICER, f"{one}/revisions", 412, **TEXT, version=seen)
    for decision in ("approvals", "publications"):
        await alerts.do(CS_MANAGER, f"{one}/{decision}", 412, version=seen)
    await alerts.do(CS_MANAGER, f"{one}/withdrawals", 412, version=seen, reason="옛 화면")
    await alerts.do(CS_MANAGER, f"{one}/approvals", version=changed["version"])
    wrong = await alerts.do(OFFICER, f"{one}/publications", 422, version="1")
    assert wrong["errors"][0]["field"] == "version"


async def test_an_auditor_who_confirms_nothing_is_asked_for_nothing(alerts: Alerts) -> None:
    notice = await alerts.do(OFFICER, "notices", **TEXT, must_read=True)
    await alerts.do(OFFICER, f"notices/{notice['id']}/publications")
    assert "must be read" in (await alerts.see(WORKER, "/alerts")).text
    board = (await alerts.see(AUDITOR, "/alerts")).text
    assert "must be read" not in board
    assert "not read" not in board
    assert (
        "Not read by you"
        not in (await alerts.see(AUDITOR, "/alerts/notices")).text.partition('<ul class="plain cards')[2]
    )
