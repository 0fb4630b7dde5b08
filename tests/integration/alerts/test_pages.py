"""Pages of alerts without JavaScript: forms that keep what was typed, old tabs, long stories, filters."""

from datetime import UTC, datetime
from typing import Any

from services.alerts.domain.moment import Moment
from tests.integration.alerts.conftest import AUDITOR, CS_MANAGER, OFFICER, SALES_HEAD, WORKER, Alerts
from tests.integration.processes import until
from tests.integration.topics import a_created, tell


async def test_a_refused_form_keeps_what_was_typed_and_says_what_is_missing(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    page = f"/alerts/{issue['id']}"
    reason = "우리가 적은 <긴> 이유"
    answer = await alerts.send(OFFICER, f"{page}/closures", finding="unclear", reason=reason, stage=issue["stage"])
    assert answer.status_code == 409
    assert "우리가 적은 &lt;긴&gt; 이유" in answer.text
    assert "4 mandatory actions are neither done nor skipped" in answer.text
    assert '<option value="unclear" selected>' in answer.text
    empty = await alerts.send(OFFICER, f"{page}/closures", finding="real", reason="  ", stage=issue["stage"])
    assert empty.status_code == 422
    assert 'aria-invalid="true"' in empty.text


async def test_a_second_tab_that_holds_an_older_state_is_refused_kindly(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    page, old = f"/alerts/{issue['id']}", issue["stage"]
    await alerts.do(OFFICER, f"issues/{issue['id']}/lowerings", step=1, reason="잘못 분류됨")
    answer = await alerts.send(CS_MANAGER, f"{page}/lowerings", step="0", reason="옛 화면에서", stage=old)
    assert answer.status_code == 412
    assert "옛 화면에서" in answer.text
    assert "Look at what is new" in answer.text
    assert (await alerts.ask(OFFICER, f"issues/{issue['id']}"))["step"] == 1
    again = await alerts.send(CS_MANAGER, f"{page}/lowerings", step="0", reason="새 화면에서", stage=old + 1)
    assert again.status_code == 303


async def test_an_old_item_form_is_refused_and_a_fresh_one_taken(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    path = f"/alerts/{issue['id']}/checklist-items/stop-sale"
    done = await alerts.send(OFFICER, f"{path}/completions", revision="0", note="공지함", evidence="문서 7")
    assert done.headers["location"].endswith("#part-work")
    old = await alerts.send(OFFICER, f"{path}/skips", revision="0", note="필요 없음")
    assert old.status_code == 412
    shown = await alerts.see(AUDITOR, f"/alerts/{issue['id']}")
    assert "문서 7" in shown.text
    assert "stop-sale/completions" not in shown.text


async def test_bad_input_is_told_and_changes_nothing(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    page = f"/alerts/{issue['id']}"
    bad: list[tuple[str, dict[str, Any]]] = [
        ("containments", {"kind": "sing"}),
        ("containments", {"kind": "stop_sale", "departments": "nobody"}),
        ("containments", {"kind": "stop_sale", "lots": ",".join(f"L{n}" for n in range(80))}),
        ("lowerings", {"step": "7", "reason": "이유", "stage": "1"}),
        ("joinings", {"other": "I-2026-999999", "reason": "없는 번호", "stage": str(issue["stage"])}),
        ("splittings", {"reason": "고른 것이 없음", "stage": str(issue["stage"])}),
        ("closures", {"finding": "real", "reason": "이\u0000유", "stage": "1"}),
        ("silences", {"hours": "99999", "reason": "너무 길게", "stage": str(issue["stage"])}),
        ("lowerings", {"step": "1", "reason": "이유", "stage": "1", "surprise": "1"}),
        ("lowerings", {"step": "1", "reason": "가" * 3000, "stage": "1"}),
    ]
    for form, fields in bad:
        answer = await alerts.send(OFFICER, f"{page}/{form}", **fields)
        assert 400 <= answer.status_code < 500, (form, fields, answer.status_code)
        assert "Not carried out" in answer.text, (form, fields)
    after = await alerts.ask(OFFICER, f"issues/{issue['id']}")
    assert (after["stage"], after["containments"]) == (issue["stage"], [])


async def test_names_in_other_scripts_and_directions_are_shown_as_they_are(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    said = "עברית مرحبا 🔥 <script>alert(1)</script>"
    await alerts.do(OFFICER, f"issues/{issue['id']}/checklist-items/stop-sale/completions", note=said)
    shown = (await alerts.see(OFFICER, f"/alerts/{issue['id']}")).text
    assert "עברית مرحبا 🔥 &lt;script&gt;" in shown


async def test_nothing_of_a_long_story_is_lost(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    mongo = alerts.deployed.mongo("alerts")
    there = await mongo.count("moments", {"issue_id": issue["id"]})
    more = [
        Moment(id=f"{issue['id']}-{n}", issue_id=issue["id"], n=n, at=datetime.now(UTC), what="called", step=3)
        for n in range(there + 1, 401)
    ]
    await mongo.insert("moments", [moment.to_document(1) for moment in more])
    mongo.close()
    seen: list[int] = []
    path: str | None = f"issues/{issue['id']}/moments?limit=150"
    while path:
        page = await alerts.ask(OFFICER, path)
        seen += [moment["n"] for moment in page["items"]]
        path = f"issues/{issue['id']}/moments?limit=150&after={page['next']}" if page["next"] else None
    assert seen == list(range(400, 0, -1))
    whole = await alerts.see(OFFICER, f"/alerts/{issue['id']}/timeline")
    assert 'rel="next"' in whole.text


async def test_the_board_is_filtered_by_its_address_and_pages_keep_the_filter(alerts: Alerts) -> None:
    burn = await alerts.a_burn()
    quiet = [a_created("배송이 늦었어요", product_code=f"QUIET-{n}") for n in range(3)]
    await tell(alerts.deployed.settings, quiet)

    async def all_there() -> bool:
        return len((await alerts.ask(WORKER, "issues?state=watched"))["items"]) == 3

    await until(all_there, "three issues are watched")
    assert burn["number"] in (await alerts.see(WORKER, "/alerts?step=3")).text
    watched = (await alerts.see(WORKER, "/alerts?state=watched&product=quiet&limit=2")).text
    assert burn["number"] not in watched
    assert watched.count("data-row") == 2
    following = watched.split('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "state=watched" in following
    assert "product=quiet" in following
    assert (await alerts.see(WORKER, following + "&limit=2")).text.count("data-row") == 1
    nothing = (await alerts.see(WORKER, "/alerts?state=contained")).text
    assert "No issue fits this filter" in nothing
    for wrong in ("?state=sleeping", "?step=9", "?mine=2", "?after=xyz"):
        assert (await alerts.see(WORKER, f"/alerts{wrong}")).status_code == 422


async def test_messages_are_read_one_by_one_or_all_at_once(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    (first, *rest) = (await alerts.ask(OFFICER, "messages"))["items"]
    assert rest
    assert first["read_at"] is None
    went = await alerts.send(OFFICER, f"/alerts/messages/{first['id']}/readings")
    assert went.headers["location"] == f"/alerts/{issue['id']}"
    assert (await alerts.send(WORKER, f"/alerts/messages/{rest[0]['id']}/readings")).status_code == 404
    await alerts.send(OFFICER, "/alerts/messages/readings")
    assert all(message["read_at"] for message in (await alerts.ask(OFFICER, "messages"))["items"])
    assert "not read" not in (await alerts.see(OFFICER, "/alerts/messages")).text


async def test_complaints_that_cannot_be_set_apart_are_still_chosen_with_the_reason_typed(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    (only,) = (await alerts.ask(OFFICER, f"issues/{issue['id']}/complaints"))["items"]
    sent = {"complaints": only["id"], "reason": "다른 모델의 문제", "stage": str(issue["stage"])}
    answer = await alerts.send(OFFICER, f"/alerts/{issue['id']}/splittings", **sent)
    assert answer.status_code == 422
    assert "leave at least one" in answer.text
    assert f'value="{only["id"]}" checked' in answer.text
    assert "다른 모델의 문제</textarea>" in answer.text


async def test_a_lot_number_is_never_cut_to_another_one(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    lots = "L-1, " + "9" * 61
    answer = await alerts.send(OFFICER, f"/alerts/{issue['id']}/containments", kind="hold_lot", lots=lots)
    assert answer.status_code == 422
    assert "at most 60 characters" in answer.text
    assert lots in answer.text
    assert (await alerts.ask(OFFICER, f"issues/{issue['id']}"))["containments"] == []


async def test_who_answers_without_working_on_cases_hears_no_words_of_the_complaint(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    said = await alerts.do(SALES_HEAD, f"issues/{issue['id']}/acknowledgements", stage=issue["stage"])
    assert [reason["words"] for reason in said["because"]] == [[]]


async def test_the_board_takes_no_acknowledgement_from_a_form_that_does_not_say_what_was_seen(alerts: Alerts) -> None:
    issue = await alerts.a_burn()
    async with alerts.browser(OFFICER) as browser:
        forged = await browser.post(f"/alerts/{issue['id']}/acknowledgements", data={}, headers={"HX-Request": "true"})
    assert forged.status_code == 412
    assert (await alerts.ask(OFFICER, f"issues/{issue['id']}"))["state"] == "open"
