"""Safety notices: written, approved by a second person, published, read, back with their season, withdrawn."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.alerts.domain.containment import UnknownDepartment
from services.alerts.domain.notice import Notice, NoticeText, Reading
from services.alerts.domain.publishing import (
    ApprovedAlready,
    NoDraft,
    NoSeason,
    NotApproved,
    NotPublished,
    OwnDraft,
)
from services.alerts.domain.season import Season
from services.alerts.handlers.notices import (
    approve_notice,
    draft_notice,
    publish_notice,
    read_notice,
    revise_notice,
    withdraw_notice,
)
from services.alerts.presenting.shares import shares
from shared.contracts.notice import NoticePublished, NoticeRead, NoticeWithdrawn
from shared.db.timers import Timer
from shared.errors import NotFound, StaleVersion
from shared.testing.fake import Desk
from tests.component.alerts.sample import (
    CCO,
    CS_MANAGER,
    OFFICER,
    ORGANISATION,
    PRODUCTION_HEAD,
    SALES_HEAD,
    WORKER,
    a_burn,
    a_desk,
    let_time_pass,
    story,
)

WINTER = Season(first=11, last=3)


def a_text(**other: Any) -> NoticeText:
    facts = {
        "title": "온장고 음료 취급",
        "hazard": "60도를 넘으면 변질되어 병이 터질 수 있습니다",
        "rule": "온장고는 55도, 진열은 14일까지",
        "consequence": "어기면 해당 점포의 온장 판매를 멈춥니다",
    }
    return NoticeText(**(facts | other))


async def drafted(desk: Desk, **other: Any) -> Notice:
    made = await desk.handle(draft_notice, a_text(**other), None, by=OFFICER)
    assert isinstance(made, Notice)
    return made


async def published(desk: Desk, **other: Any) -> Notice:
    notice = await drafted(desk, **other)
    await desk.handle(publish_notice, notice.id, None, by=OFFICER)
    return notice


async def test_a_notice_for_staff_is_published_by_whoever_issues_it() -> None:
    desk = a_desk()
    notice = await published(desk, must_read=True)
    (told,) = desk.emitted(NoticePublished)
    assert (notice.state, notice.edition, told.must_read, told.audience) == ("published", 1, True, [])
    with pytest.raises(NoDraft):
        await desk.handle(publish_notice, notice.id, None, by=OFFICER)


async def test_consumers_see_only_what_a_second_person_approved() -> None:
    desk = a_desk()
    notice = await drafted(desk, for_consumers=True)
    with pytest.raises(NotApproved):
        await desk.handle(publish_notice, notice.id, None, by=OFFICER)
    with pytest.raises(OwnDraft):
        await desk.handle(approve_notice, notice.id, None, by=OFFICER)
    await desk.handle(approve_notice, notice.id, None, by=CCO)
    with pytest.raises(ApprovedAlready):
        await desk.handle(approve_notice, notice.id, None, by=CS_MANAGER)
    await desk.handle(publish_notice, notice.id, None, by=OFFICER)
    assert desk.emitted(NoticePublished)[0].for_consumers


async def test_what_is_written_anew_has_to_be_approved_anew_and_by_another_than_its_writer() -> None:
    desk = a_desk()
    notice = await drafted(desk, for_consumers=True)
    await desk.handle(approve_notice, notice.id, None, by=CCO)
    await desk.handle(revise_notice, notice.id, a_text(for_consumers=True, title="고침"), None, by=CS_MANAGER)
    with pytest.raises(NotApproved):
        await desk.handle(publish_notice, notice.id, None, by=OFFICER)
    with pytest.raises(OwnDraft):
        await desk.handle(approve_notice, notice.id, None, by=CS_MANAGER)


async def test_an_old_tab_changes_nothing() -> None:
    desk = a_desk()
    notice = await drafted(desk)
    with pytest.raises(StaleVersion):
        await desk.handle(publish_notice, notice.id, notice.version + 1, by=OFFICER)


async def test_texts_hold_no_personal_data() -> None:
    desk = a_desk()
    notice = await drafted(desk, rule="문의는 010-1234-5678 로")
    assert "1234" not in notice.text.rule


async def test_a_notice_out_of_an_issue_stands_in_its_story() -> None:
    desk = a_desk()
    issue = await a_burn(desk)
    notice = await desk.handle(draft_notice, a_text(), issue.id, by=OFFICER)
    await desk.handle(publish_notice, notice.id, None, by=OFFICER)
    assert story(desk, issue)[-1] == "notice_published"
    assert (notice.issue_number, desk.emitted(NoticePublished)[0].issue_id) == (issue.number, issue.id)
    with pytest.raises(NotFound):
        await desk.handle(draft_notice, a_text(), "no-such-issue", by=OFFICER)


async def test_reading_is_told_once_a_person_and_edition() -> None:
    desk = a_desk()
    notice = await published(desk)
    for reader in (WORKER, WORKER, SALES_HEAD):
        await desk.handle(read_notice, notice.id, by=reader)
    assert [(told.by, told.department) for told in desk.emitted(NoticeRead)] == [
        (WORKER.id, "production"),
        (SALES_HEAD.id, "sales"),
    ]


async def test_shares_are_of_those_who_work_in_a_department_that_is_asked() -> None:
    desk = a_desk()
    notice = await published(desk, audience=["production", "sales"])
    for reader in (WORKER, PRODUCTION_HEAD, CCO):
        await desk.handle(read_notice, notice.id, by=reader)
    readers = {reading.person: reading.at for reading in desk.stored(Reading)}
    found = {share.code: (len(share.read), share.people) for share in shares(notice, readers, ORGANISATION)}
    in_production = [person for person in ORGANISATION.people if person.department == "production"]
    in_sales = [person for person in ORGANISATION.people if person.department == "sales"]
    assert found == {"production": (2, len(in_production)), "sales": (0, len(in_sales))}


async def test_a_draft_is_not_read_and_a_withdrawn_one_no_more() -> None:
    desk = a_desk()
    notice = await drafted(desk)
    with pytest.raises(NotPublished):
        await desk.handle(read_notice, notice.id, by=WORKER)
    await desk.handle(publish_notice, notice.id, None, by=OFFICER)
    await desk.handle(withdraw_notice, notice.id, "새 냉장고로 바꿈", None, by=CCO)
    with pytest.raises(NotPublished):
        await desk.handle(read_notice, notice.id, by=WORKER)
    with pytest.raises(NotPublished):
        await desk.handle(withdraw_notice, notice.id, "또", None, by=CCO)
    (told,) = desk.emitted(NoticeWithdrawn)
    assert told.reason == "새 냉장고로 바꿈"


async def test_a_draft_that_is_dropped_is_told_to_nobody() -> None:
    desk = a_desk()
    notice = await drafted(desk)
    await desk.handle(withdraw_notice, notice.id, "필요 없음", None, by=OFFICER)
    assert not desk.emitted(NoticeWithdrawn)


async def test_it_is_addressed_to_departments_that_exist() -> None:
    with pytest.raises(UnknownDepartment):
        await drafted(a_desk(), audience=["nobody"])


async def test_twelve_months_are_no_season() -> None:
    with pytest.raises(NoSeason):
        await drafted(a_desk(), season=Season(first=4, last=3))


async def test_a_winter_notice_rests_in_spring_and_comes_back_every_november_to_be_read_anew() -> None:
    desk = a_desk()
    notice = await published(desk, season=WINTER)
    await desk.handle(read_notice, notice.id, by=WORKER)
    assert notice.turns_at == datetime(2027, 3, 31, 15, tzinfo=UTC), "1 April in Korea"
    await let_time_pass(desk, timedelta(days=180))
    assert notice.state == "resting"
    await let_time_pass(desk, timedelta(days=365))
    assert (notice.state, notice.edition) == ("resting", 2)
    await let_time_pass(desk, timedelta(days=200))
    assert (notice.state, notice.edition) == ("published", 3)
    await desk.handle(read_notice, notice.id, by=WORKER)
    assert [told.edition for told in desk.emitted(NoticeRead)] == [1, 3]
    assert [told.because[0].rule for told in desk.emitted(NoticePublished)] == ["notice.season"] * 3


async def test_published_out_of_season_it_waits_for_its_season() -> None:
    desk = a_desk()
    notice = await published(desk, season=Season(first=6, last=8))
    assert (notice.state, notice.edition) == ("resting", 0)
    assert not desk.emitted(NoticePublished)
    await let_time_pass(desk, timedelta(days=210))
    assert (notice.state, notice.edition) == ("published", 1)


async def test_a_withdrawn_notice_does_not_come_back() -> None:
    desk = a_desk()
    notice = await published(desk, season=WINTER)
    await desk.handle(withdraw_notice, notice.id, "단종", None, by=OFFICER)
    await let_time_pass(desk, timedelta(days=800))
    assert (notice.state, notice.edition) == ("withdrawn", 1)
    assert len([timer for timer in desk.stored(Timer) if timer.kind == "notice-season"]) == 1
