"""Two people on one card: nothing is overwritten, what does not clash is merged, and each learns of the other."""

from datetime import timedelta
from typing import Any

import pytest

from services.intake.domain.answering import Reply
from services.intake.domain.changes import ChangedMeanwhile, Drawn
from services.intake.domain.entry import Entry, first_entries
from services.intake.domain.overriding import NothingChanged, UnknownCategory
from services.intake.domain.presence import Presence
from services.intake.handlers import assigning, cause_side
from services.intake.handlers.answering import write_answer
from shared.contracts.card import ComplaintUpdated
from shared.contracts.complaint import ComplaintClassified
from shared.language.i18n import translate
from tests.component.intake.card_desk import AGENT, MANAGER, MONDAY, OTHER_AGENT, OTHER_MANAGER, CardDesk, hand_of


def drawn(version: int = 1, **values: str | None) -> Drawn:
    return Drawn(version, values)


async def test_the_second_of_two_who_write_a_field_learns_who_wrote_what_when(desk: CardDesk) -> None:
    complaint = await desk.file()
    override = assigning.override_decision
    before = complaint.category
    await desk.do(override, complaint, {"category": "delivery"}, "배송 건", drawn(category=before), by=AGENT)
    with pytest.raises(ChangedMeanwhile) as refused:
        await desk.do(override, complaint, {"category": "payment"}, "결제 건", drawn(category=before), by=OTHER_AGENT)
    (point,) = refused.value.points
    said = translate(point.text, "ko", **point.inputs)
    assert point.field == "category"
    assert ("진서호" in said, "배송" in said, "2026-11-23 09:30" in said) == (True, True, True)
    changed: Any = refused.value.members(translate)["changed"]
    assert changed == [
        {"field": "category", "value": "delivery", "by": "p-034", "at": desk.now.astimezone(MONDAY.tzinfo).isoformat()}
    ]
    assert complaint.category == "delivery"


async def test_fields_that_do_not_clash_are_merged(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(assigning.override_decision, complaint, {"severity": "serious"}, "심각", drawn(severity="minor"))
    wanted: dict[str, str | None] = {"lot": "L2611", "severity": complaint.severity}
    await desk.do(assigning.override_decision, complaint, wanted, "로트 확인", drawn(lot=None, severity="minor"))
    assert (complaint.severity, complaint.lot) == ("serious", "L2611")


async def test_without_its_value_a_field_is_known_by_the_version(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(assigning.assign_owner, complaint, "p-034", None)
    written = complaint.edits["owner"].version
    with pytest.raises(ChangedMeanwhile):
        await desk.do(assigning.assign_owner, complaint, "p-035", drawn(written - 1))
    await desk.do(assigning.assign_owner, complaint, "p-035", drawn(written))
    assert complaint.owner == "p-035"


async def test_two_who_write_one_draft_do_not_overwrite_each_other(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(write_answer, complaint, Reply("final", "첫 문안입니다."), drawn(text=""), False, by=AGENT)
    with pytest.raises(ChangedMeanwhile):
        await desk.do(
            write_answer, complaint, Reply("final", "다른 문안입니다."), drawn(text=""), False, by=OTHER_AGENT
        )
    seen = drawn(text="첫 문안입니다.")
    await desk.do(write_answer, complaint, Reply("final", "고친 문안입니다."), seen, False, by=OTHER_AGENT)
    assert complaint.draft is not None
    assert complaint.draft.writers == [AGENT.id, OTHER_AGENT.id]


async def test_two_of_one_department_do_not_overwrite_each_others_cause(desk: CardDesk) -> None:
    complaint = await desk.file()
    given = {"cause": "design", "cause_text": "설계", "prevention": "심사"}
    empty = drawn(cause=None, cause_text=None, prevention=None)
    answer, by = cause_side.answer_subcase, hand_of("development")
    await desk.do(answer, complaint, "development", given, empty, by=by)
    with pytest.raises(ChangedMeanwhile) as refused:
        await desk.do(answer, complaint, "development", given | {"cause": "material"}, empty, by=by)
    assert [point.field for point in refused.value.points] == ["cause"]


async def test_an_override_is_told_remembered_and_reads_as_it_was_in_the_timeline(desk: CardDesk) -> None:
    complaint = await desk.file()
    before = complaint.category
    await desk.do(assigning.override_decision, complaint, {"category": "delivery"}, "010-1234-5678로 확인", None)
    told = desk.emitted(ComplaintClassified)[-1]
    assert (told.previous_category, told.category, told.category_name["ko"]) == (before, "delivery", "배송")
    assert told.because[0].rule == "override.category"
    (override,) = complaint.overrides
    assert (override.before, override.after, override.by) == (before, "delivery", MANAGER.id)
    assert "1234" not in override.reason
    received, classified, _assigned = first_entries(complaint)
    assert (received.what, classified.details["category"]) == ("received", before)


async def test_a_corrected_fact_of_the_product_is_told_too(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(assigning.override_decision, complaint, {"manufactured_on": "2026-10-01"}, "라벨 사진", None)
    assert [event.what for event in desk.emitted(ComplaintUpdated)] == [["manufactured_on"]]


async def test_a_graver_complaint_has_shorter_clocks_from_its_filing_on(desk: CardDesk) -> None:
    complaint = await desk.file()
    before = {clock.name: clock for clock in complaint.clocks}
    desk.now += timedelta(hours=1)
    await desk.do(assigning.override_decision, complaint, {"severity": "critical"}, "화상 확인", None)
    after = {clock.name: clock for clock in complaint.clocks}
    assert after["acknowledge"].rule == "clock.acknowledge.urgent"
    assert after["acknowledge"].due_at < before["acknowledge"].due_at
    assert after["acknowledge"].start_at == before["acknowledge"].start_at
    assert after["resolution"] == before["resolution"]


async def test_what_is_no_category_or_no_change_is_refused(desk: CardDesk) -> None:
    complaint = await desk.file()
    with pytest.raises(UnknownCategory):
        await desk.do(assigning.override_decision, complaint, {"category": "astrology"}, "이유", None)
    with pytest.raises(NothingChanged):
        await desk.do(assigning.override_decision, complaint, {"category": complaint.category}, "이유", None)


async def test_every_happening_has_its_own_place_in_the_timeline(desk: CardDesk) -> None:
    complaint = await desk.file()
    for who in (AGENT, OTHER_AGENT, MANAGER, OTHER_MANAGER):
        await desk.do(assigning.assign_owner, complaint, who.id, None)
    places = [entry.place for entry in desk.stored(Entry)]
    assert sorted(places) == [4, 5, 6, 7]


def test_somebody_at_a_card_is_forgotten_after_half_a_minute() -> None:
    presence = Presence()
    presence.enter("c", "p-1", "editing", MONDAY)
    presence.enter("c", "p-2", "reading", MONDAY + timedelta(seconds=20))
    assert [one.person for one in presence.others("c", "p-2", MONDAY + timedelta(seconds=29))] == ["p-1"]
    assert presence.others("c", "p-2", MONDAY + timedelta(seconds=31)) == []
    assert [one.person for one in presence.others("c", "p-1", MONDAY + timedelta(seconds=31))] == ["p-2"]
    presence.leave("c", "p-2")
    assert presence.others("c", "p-1", MONDAY + timedelta(seconds=31)) == []
