"""A complaint that turns out to be about something else is counted there."""

import pytest

from services.alerts.domain.case import Case
from services.alerts.domain.issue import Issue
from services.alerts.handlers.complaints import follow_classification, weigh_complaint
from shared.contracts.issue import IssueShrank
from shared.db.uow import PrerequisiteMissing
from shared.testing.fake import Desk
from tests.component.alerts.sample import LATE, a_complaint, a_desk, a_reclassification


def counts(desk: Desk) -> dict[str, int]:
    return {issue.problem: issue.complaints for issue in desk.stored(Issue)}


async def test_the_count_follows() -> None:
    desk = a_desk()
    complaint = a_complaint(LATE)
    await desk.handle(weigh_complaint, complaint, sequence=1)
    await desk.handle(follow_classification, a_reclassification(complaint, "packaging"), sequence=4)
    assert counts(desk) == {"category:delivery": 0, "category:packaging": 1}
    assert [shrank.complaints for shrank in desk.emitted(IssueShrank)] == [0]


async def test_an_older_word_is_ignored() -> None:
    desk = a_desk()
    complaint = a_complaint(LATE)
    await desk.handle(weigh_complaint, complaint, sequence=1)
    await desk.handle(follow_classification, a_reclassification(complaint, "packaging"), sequence=7)
    await desk.handle(follow_classification, a_reclassification(complaint, "billing"), sequence=5)
    assert counts(desk) == {"category:delivery": 0, "category:packaging": 1}


async def test_it_waits_for_the_complaint_itself() -> None:
    with pytest.raises(PrerequisiteMissing) as missing:
        await a_desk().handle(follow_classification, a_reclassification(a_complaint(LATE), "packaging"))
    assert missing.value.model is Case
