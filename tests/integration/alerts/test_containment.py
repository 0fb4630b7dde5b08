"""The whole path of a serious issue on real servers: worked off, contained, closed, and back when it recurs."""

import asyncio
from typing import Any

from tests.integration.alerts.conftest import (
    ADMIN,
    AUDITOR,
    CS_MANAGER,
    MARKETING_HEAD,
    OFFICER,
    OTHER_OFFICER,
    SALES_HEAD,
    WORKER,
    Alerts,
)
from tests.integration.processes import until
from tests.integration.topics import a_created, hearing, tell

TOPICS = (
    "containment.ordered",
    "containment.confirmed",
    "containment.lifted",
    "issue.contained",
    "issue.progressed",
    "issue.closed",
    "issue.reopened",
)


async def settle_all(alerts: Alerts, issue: dict[str, Any]) -> None:
    checklist = (await alerts.ask(OFFICER, f"issues/{issue['id']}"))["checklist"]
    for item in checklist:
        await alerts.do(OFFICER, f"issues/{issue['id']}/checklist-items/{item['id']}/completions")


async def test_a_burn_is_contained_closed_and_opens_again_when_it_recurs(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    one = f"issues/{issue['id']}"
    refused = await alerts.do(OFFICER, f"{one}/closures", 409, finding="real", reason="모두 마침")
    assert "4" in refused["detail"]
    await alerts.do(OFFICER, f"{one}/acknowledgements", note="판매 중지", stage=issue["stage"])
    ordered = await alerts.do(CS_MANAGER, f"{one}/containments", kind="stop_sale", lots=["L-1"])
    order = ordered["containments"][0]["id"]
    await alerts.do(SALES_HEAD, f"{one}/containments/{order}/confirmations", department="sales")
    assert (await alerts.ask(WORKER, one))["state"] == "acknowledged"
    await alerts.do(MARKETING_HEAD, f"{one}/containments/{order}/confirmations", department="marketing")
    assert (await alerts.ask(WORKER, one))["state"] == "contained"
    await settle_all(alerts, issue)
    await alerts.do(OFFICER, f"{one}/closures", finding="real", reason="회수를 마침")
    assert [found["id"] for found in (await alerts.ask(WORKER, "issues?state=closed"))["items"]] == [issue["id"]]
    assert (await alerts.ask(WORKER, "issues"))["items"] == []
    await tell(alerts.deployed.settings, [a_created(product_code=issue["product_code"])])

    async def is_open() -> bool:
        return str((await alerts.ask(WORKER, one))["state"]) == "open"

    await until(is_open, "the issue opens again")
    await alerts.do(OFFICER, f"{one}/containments/{order}/liftings", reason="새 로트로 교체")
    async with hearing(alerts.deployed.settings, *TOPICS) as ear:
        heard = {topic: (await ear.first(topic)) for topic in TOPICS}
    assert {told.key for told in heard.values()} == {issue["id"]}
    assert heard["containment.ordered"].data["lots"] == ["L-1"]
    assert heard["issue.closed"].data["finding"] == "real"
    assert heard["issue.reopened"].data["because"][0]["rule"] == "playbook.recurrence"
    story = (await alerts.ask(OFFICER, f"{one}/moments?limit=200"))["items"]
    assert [moment["n"] for moment in story] == list(range(len(story), 0, -1))
    assert {"contained", "closed", "reopened", "containment_lifted"} <= {moment["what"] for moment in story}


async def test_an_answer_names_the_version_under_which_the_issue_stands(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    one = f"issues/{issue['id']}"
    before = (await alerts.ask(OFFICER, one))["version"]
    answer = await alerts.do(OFFICER, f"{one}/checklist-items/stop-sale/completions")
    after = (await alerts.ask(OFFICER, one))["version"]
    assert before < answer["version"] <= after


async def test_of_two_people_who_tick_one_action_at_once_one_is_told_that_it_was_done(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    path = f"/api/alerts/v1/issues/{issue['id']}/checklist-items/stop-sale/completions"
    async with alerts.browser(OFFICER) as one, alerts.browser(OTHER_OFFICER) as two:
        answers = await asyncio.gather(*(browser.post(path, json={}) for browser in (one, two)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_what_is_late_goes_to_those_above_although_nobody_looks(hasty: Alerts) -> None:
    issue = await hasty.a_burn()
    one = f"issues/{issue['id']}"
    await hasty.do(CS_MANAGER, f"{one}/containments", kind="stop_sale")

    async def late() -> bool:
        detail = await hasty.ask(OFFICER, one)
        return all(item["overdue"] for item in detail["checklist"]) and detail["containments"][0]["overdue"]

    await until(late, "everything is late")
    kinds = {message["kind"] for message in (await hasty.ask("p-037", "messages"))["items"]}
    assert kinds >= {"action_overdue", "containment_overdue"}
    theirs = {message["kind"] for message in (await hasty.ask(SALES_HEAD, "messages"))["items"]}
    assert theirs == {"containment", "containment_overdue"}


async def test_a_silence_holds_a_call_until_its_time_is_over(alerts: Alerts) -> None:
    product = "SILENT-1"
    created = [a_created("배송이 늦었어요", product_code=product) for _ in range(5)]
    await tell(alerts.deployed.settings, created)

    async def opened() -> list[dict[str, Any]]:
        page = await alerts.ask(OFFICER, f"issues?product={product}&step=1")
        return list(page["items"])

    (issue,) = await until(opened, "step 1 is taken")
    assert issue["call"]["person"] == CS_MANAGER
    until_when = "2030-01-01T00:00:00+09:00"
    wrong = await alerts.do(CS_MANAGER, f"issues/{issue['id']}/silences", 422, until=until_when, reason="너무 길게")
    assert wrong["errors"][0]["field"] == "until"
    mine = await alerts.ask(CS_MANAGER, "issues?mine=true")
    assert [found["id"] for found in mine["items"]] == [issue["id"]]
    form = {"hours": "4", "reason": "물류사 답을 기다림", "stage": str(issue["stage"])}
    sent = await alerts.send(CS_MANAGER, f"/alerts/{issue['id']}/silences", **form)
    assert sent.status_code == 303, sent.text
    assert (await alerts.ask(CS_MANAGER, "issues?mine=true"))["items"] == []
    shown = await alerts.see(WORKER, "/alerts")
    assert "Silent until" in shown.text
    await alerts.do(CS_MANAGER, f"issues/{issue['id']}/silence-endings")
    assert (await alerts.ask(CS_MANAGER, "issues?mine=true"))["items"]


async def test_each_role_may_what_its_people_do(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    one = f"issues/{issue['id']}"
    await alerts.ask(ADMIN, one, 403)
    await alerts.ask(AUDITOR, one)
    for person in (AUDITOR, WORKER, ADMIN):
        await alerts.do(person, f"{one}/acknowledgements", 403)
        await alerts.do(person, f"{one}/closures", 403, finding="real", reason="모두 마침")
        await alerts.do(person, f"{one}/containments", 403, kind="stop_sale")
    await alerts.do(WORKER, f"{one}/checklist-items/stop-sale/completions", 403)
    await alerts.do(SALES_HEAD, f"{one}/containments", 403, kind="stop_sale")
    words = [reason["words"] for reason in (await alerts.ask(WORKER, one))["because"]]
    assert words == [[]]
    assert "화상" not in (await alerts.see(WORKER, f"/alerts/{issue['id']}")).text
    assert "화상" in (await alerts.see(OFFICER, f"/alerts/{issue['id']}")).text
    title = (await alerts.ask(WORKER, f"{one}/complaints"))["items"][0]["title"]
    assert title is None
