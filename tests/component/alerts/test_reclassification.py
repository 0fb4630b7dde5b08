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


async def test_what_turns_out_to_be_a_question_is_counted_no_more_and_the_other_way_round() -> None:
    desk = a_desk()
    complaint = a_complaint(LATE)
    await desk.handle(weigh_complaint, complaint, sequence=1)
    question = a_reclassification(complaint, "delivery").model_copy(update={"kind": "inquiry"})
    await desk.handle(follow_classification, question, sequence=4)
    assert counts(desk) == {"category:delivery": 0}
    await desk.handle(follow_classification, question.model_copy(update={"kind": "damage"}), sequence=6)
    assert counts(desk) == {"category:delivery": 1}


async def test_a_question_that_was_never_counted_is_counted_once_it_is_a_complaint() -> None:
    desk = a_desk()
    complaint = a_complaint(LATE, kind="inquiry")
    await desk.handle(weigh_complaint, complaint, sequence=1)
    assert counts(desk) == {}
    told = a_reclassification(complaint, "delivery").model_copy(update={"kind": "complaint"})
    await desk.handle(follow_classification, told, sequence=4)
    assert counts(desk) == {"category:delivery": 1}


async def test_what_turns_out_to_be_about_an_employee_keeps_none_of_its_words() -> None:
    desk = a_desk()
    complaint = a_complaint()
    await desk.handle(weigh_complaint, complaint, sequence=1)
    told = a_reclassification(complaint, "staff").model_copy(update={"in_confidence": True})
    await desk.handle(follow_classification, told, sequence=4)
    (case,) = desk.stored(Case)
    assert (case.title, case.words, case.severity) == ("staff", [], "critical")
