"""A card on real servers: worked by people over HTTP, warned about by its timer, opened and closed by topics."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from shared.contracts.improvement import ImprovementVerified
from tests.conftest import Servers
from tests.integration.processes import Deployment, Served, deployment, until
from tests.integration.topics import hearing, tell

ROOT = "/api/intake/v1/complaints"
FAULT: dict[str, Any] = {
    "body": "전기밥솥 코팅이 벗겨져 고장이 났어요. 환불해 주세요.",
    "product": {"code": "RC-880", "name": "전기밥솥", "manufactured_on": "2026-05-01"},
}
GIVEN = {"cause": "process", "cause_text": "공정 온도가 낮았다", "prevention": "공정 온도를 상시 점검한다"}
HANDS = {"development": "p-015", "production": "p-006"}


async def filed(deployed: Deployment, intake: Served, body: dict[str, Any] = FAULT) -> str:
    """The id of a new complaint."""
    async with deployed.client() as client:
        answer = await client.post(f"{intake.url}{ROOT}", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def does(
    deployed: Deployment, intake: Served, person: str, path: str, body: dict[str, Any] | None = None, **headers: str
) -> httpx.Response:
    """Somebody posts below the complaints."""
    async with deployed.browser(person, intake.url) as browser:
        return await browser.post(f"{ROOT}{path}", json=body, headers={"Accept-Language": "ko", **headers})


async def card(deployed: Deployment, intake: Served, id: str) -> dict[str, Any]:
    """The card as a system reads it."""
    async with deployed.client() as client:
        answer = await client.get(f"{intake.url}{ROOT}/{id}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def answered_and_accepted(deployed: Deployment, intake: Served, id: str) -> None:
    """Both departments give their cause, the customer is answered, and says on the telephone that it is well."""
    for department, person in HANDS.items():
        given = await does(deployed, intake, person, f"/{id}/departments/{department}/causes", GIVEN)
        assert given.status_code == 201, given.text
    answer = {"stage": "final", "text": "환불해 드리겠습니다, 홍길동님.", "remedies": ["refund"], "send": True}
    sent = await does(deployed, intake, "p-034", f"/{id}/answers", answer)
    assert (sent.status_code, sent.json()["state"]) == (201, "answered")
    accepted = await does(deployed, intake, "p-034", f"/{id}/resolutions", {"text": "전화로 수용"})
    assert accepted.json()["state"] == "resolved"


async def test_a_card_closes_when_the_customer_accepts_and_an_improvement_is_verified(
    servers: Servers, tmp_path: Path
) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        id = await filed(deployed, intake)
        await answered_and_accepted(deployed, intake, id)
        refused = await does(deployed, intake, "p-001", f"/{id}/closures")
        problem = refused.json()
        assert (refused.status_code, problem["type"]) == (409, "/problems/not-done")
        assert [missing["code"] for missing in problem["missing"]] == ["cause_not_verified"]
        assert "원인 제거가 확인되지 않았습니다" in problem["detail"]

        verified = ImprovementVerified(
            improvement_id="imp-1", complaint_ids=[id], effective_from=date(2026, 6, 1), verified_by="p-036",
            evidence="test_report",
        )  # fmt: skip
        (cause,) = await tell(deployed.settings, [verified])
        async with hearing(deployed.settings, "cause.verified", "complaint.closed") as ear:
            told, closed = await ear.first("cause.verified"), await ear.first("complaint.closed")
        done = await card(deployed, intake, id)
        async with deployed.browser("p-034", intake.url) as browser:
            letter = await browser.get(f"{ROOT}/{id}/answers/{done['customer_side']['answers'][0]['id']}")
            timeline = (await browser.get(f"{ROOT}/{id}/timeline?limit=4")).json()
            rest = (await browser.get(f"{ROOT}/{id}/timeline?after={timeline['next']}")).json()
    assert (told.key, closed.key, told.said["ce_causationid"]) == (id, id, cause)
    assert (done["open"], done["cause_side"]["state"], done["missing"]) == (False, "verified", [])
    assert "홍길동" in letter.json()["text"]
    assert "홍길동" not in done["customer_side"]["answers"][0]["text"]
    entries = [*timeline["items"], *rest["items"]]
    assert [entry["place"] for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry["what"] for entry in entries][:3] == ["received", "classified", "assigned"]
    assert [entry["what"] for entry in entries][-2:] == ["verified", "closed"]


async def test_what_is_refused_says_why_and_changes_nothing(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        id = await filed(deployed, intake)
        causes = f"/{id}/departments/development/causes"
        before = await card(deployed, intake, id)

        half = await does(deployed, intake, "p-015", causes, {"cause": "design", "prevention": " "})
        assert half.status_code == 422
        assert {error["field"] for error in half.json()["errors"]} == {"cause_text", "prevention"}
        stranger = await does(deployed, intake, "p-012", causes, GIVEN)
        assert (stranger.status_code, "제품개발실" in stranger.json()["detail"]) == (403, True)
        for person in ("p-043", "p-042", "p-044"):
            looked_only = await does(deployed, intake, person, causes, GIVEN)
            assert looked_only.status_code == 403, person
        old = await does(deployed, intake, "p-034", f"/{id}/assignments", {"owner": "p-034"}, **{"If-Match": '"99"'})
        assert old.status_code == 412
        unknown = await does(deployed, intake, "p-034", f"/{id}/assignments", {"owner": "p-999"})
        assert unknown.json()["errors"][0]["field"] == "owner"
        assert await card(deployed, intake, id) == before

        drawn = {"version": before["version"], "values": {"category": before["category"]}}
        first = {"category": "delivery", "reason": "배송 건", "drawn": drawn}
        assert (await does(deployed, intake, "p-034", f"/{id}/overrides", first)).status_code == 201
        second = await does(deployed, intake, "p-035", f"/{id}/overrides", {**first, "category": "payment"})
        assert second.status_code == 409
        assert second.json()["changed"][0] | {"at": ""} == {
            "field": "category", "value": "delivery", "by": "p-034", "at": "",
        }  # fmt: skip
        assert "배송" in second.json()["errors"][0]["message"]


async def test_many_are_assigned_at_once_each_for_itself(servers: Servers, tmp_path: Path) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        ids = [await filed(deployed, intake) for _ in range(3)]
        body = {"ids": [*ids, "nobody"], "owner": "p-035"}
        outcomes = (await does(deployed, intake, "p-001", "/assignments", body)).json()["outcomes"]
        async with deployed.browser("p-035", intake.url) as browser:
            mine = (await browser.get(f"{ROOT}?assignee=me")).json()["items"]
            present = await browser.post(f"{ROOT}/{ids[0]}/presence", json={"doing": "editing"})
        seen = await does(deployed, intake, "p-034", f"/{ids[0]}/presence", {"doing": "reading"})
    assert [(outcome["id"], outcome["problem"] and outcome["problem"]["status"]) for outcome in outcomes] == [
        *((id, None) for id in ids),
        ("nobody", 404),
    ]
    assert {complaint["id"] for complaint in mine} == set(ids)
    assert present.json() == []
    assert [(one["name"], one["doing"]) for one in seen.json()] == [("천하늬", "editing")]


async def test_a_card_is_attended_to_although_the_process_was_killed_meanwhile(
    servers: Servers, tmp_path: Path
) -> None:
    async with deployment(servers, tmp_path) as deployed:
        intake = await deployed.ready(deployed.start("intake"))
        id = await filed(deployed, intake)
        intake.process.kill()
        await intake.ended()
        mongo, ago = deployed.mongo("intake"), datetime.now(UTC) - timedelta(minutes=1)
        passed = {"clocks.$[].due_at": ago, "clocks.$[].next_at": ago}
        await mongo.update("complaints", {"_id": id}, {"$set": passed})
        await mongo.update("timers", {"subject": id}, {"$set": {"due_at": ago}})
        await deployed.ready(deployed.start("intake"))
        async with hearing(deployed.settings, "complaint.overdue", "complaint.escalated") as ear:
            late = await ear.first("complaint.overdue", lambda heard: heard.data["clock"] == "resolution")
            lead = await ear.first("complaint.escalated", lambda heard: heard.data["level"] == "lead")

        async def next_one() -> list[dict[str, Any]]:
            return await mongo.find("timers", {"subject": id, "done_at": None})

        (timer,) = await until(next_one, "the next timer waits")
        mongo.close()
    assert (late.key, late.data["because"][0]["rule"]) == (id, "clock.resolution")
    assert lead.data["called"] in (["p-002"], ["p-014"], ["p-005"])
    assert timer["due_at"] > datetime.now(UTC)


async def test_a_complaint_learns_of_its_issue(servers: Servers, tmp_path: Path) -> None:
    burn = {"body": "전기장판에서 불이 나 손에 화상을 입었어요", "product": {"code": "EB-200", "name": "전기장판"}}
    async with deployment(servers, tmp_path) as deployed:
        intake, _ = [await deployed.ready(deployed.start(name)) for name in ("intake", "alerts")]
        id = await filed(deployed, intake, burn)

        async def issue() -> dict[str, Any] | None:
            found = (await card(deployed, intake, id))["issue"]
            return dict(found) if found and found["step"] == 3 else None

        found = await until(issue, "the card shows its issue on step 3")
        assert found is not None
        async with deployed.client() as client:
            listed = (await client.get(f"{intake.url}{ROOT}?issue={found['id']}")).json()["items"]
    assert found["number"].startswith("I-")
    assert [complaint["id"] for complaint in listed] == [id]
