"""What is accepted, what becomes of it, and what is never told."""

from datetime import timedelta
from typing import Any

import pytest

from services.intake.domain.acceptance import InTheFuture
from services.intake.domain.complaint import Complaint, Contact, Submission
from services.intake.domain.filing import Filing
from services.intake.domain.products.product import Product, key_of
from services.intake.handlers.filing import file_complaint
from services.intake.handlers.submissions import take_submission
from services.intake.repository.uow import IntakeUow
from services.intake.service import rules_of
from shared.contracts.complaint import ComplaintAssigned, ComplaintClassified, ComplaintCreated
from shared.contracts.submission import ComplaintSubmitted, SubmissionAccepted, SubmissionRefused
from shared.db.uow import Cause
from shared.db.wants import NumberWant, Want
from shared.db.workspace import Workspace
from shared.identity.principal import Principal
from shared.privacy.vault import Vault
from shared.runtime.settings import Settings
from shared.testing.fake import NOON, Desk

RULES = rules_of(Settings(mode="local"))
BURN = "전기장판에서 불이 나 손에 화상을 입었어요. 제 번호는 010-1234-5678 입니다."
EMPLOYEE = Principal("p-034", "사원", frozenset({"employee"}), "person")
SHOP = Principal("shop", "Shop", frozenset({"complaints:write"}), "system")


def a_desk() -> Desk:
    return Desk(IntakeUow, RULES)


def a_filing(body: str = BURN, **other: Any) -> Filing:
    return Filing.model_validate({"body": body} | other, strict=False)


def a_submission(key: str = "k-1", **complaint: Any) -> ComplaintSubmitted:
    return ComplaintSubmitted(idempotency_key=key, complaint={"body": BURN} | complaint)


async def test_a_complaint_gets_a_number_reasons_and_departments() -> None:
    desk = a_desk()
    complaint: Complaint = await desk.handle(file_complaint, a_filing(), by=EMPLOYEE)
    assert complaint.number == "C-2026-000001"
    assert (complaint.severity, complaint.state) == ("critical", "assigned")
    assert complaint.because
    assert complaint.departments
    assert complaint.filed_by == EMPLOYEE.id


async def test_it_tells_three_facts_about_itself() -> None:
    desk = a_desk()
    await desk.handle(file_complaint, a_filing())
    assert [type(event) for event in desk.told] == [ComplaintCreated, ComplaintClassified, ComplaintAssigned]


async def test_no_event_holds_what_names_a_person() -> None:
    desk = a_desk()
    contact = {"name": "홍길동", "phone": "010-1234-5678", "email": "hong@example.com"}
    await desk.handle(file_complaint, a_filing(contact=contact))
    told = "".join(event.model_dump_json() for event in desk.told)
    for secret in ("1234-5678", "홍길동", "hong@example.com"):
        assert secret not in told
        assert secret not in "".join(c.model_dump_json() for c in desk.stored(Complaint))


async def test_contact_and_original_are_sealed() -> None:
    desk = a_desk()
    await desk.handle(file_complaint, a_filing(contact={"name": "홍길동"}))
    (kept,) = desk.stored(Contact)
    assert "홍길동".encode() not in kept.private
    assert "전기장판".encode() not in kept.original


async def test_a_missing_title_is_made_of_the_first_words() -> None:
    complaint: Complaint = await a_desk().handle(file_complaint, a_filing("두유가 상했어요 " * 30))
    assert complaint.title.startswith("두유가 상했어요")
    assert len(complaint.title) <= 61


@pytest.mark.parametrize("field", ["occurred_at", "knowledge_at"])
async def test_what_has_not_happened_yet_is_refused(field: str) -> None:
    late: Any = {field: NOON + timedelta(days=1)}
    filing = a_filing(**late)
    with pytest.raises(InTheFuture) as refused:
        await a_desk().handle(file_complaint, filing)
    assert refused.value.field == field


async def test_a_system_is_nobody_of_the_staff() -> None:
    complaint: Complaint = await a_desk().handle(file_complaint, a_filing(), by=SHOP)
    assert complaint.filed_by is None


async def test_a_submission_is_filed_and_answered() -> None:
    desk = a_desk()
    await desk.handle(take_submission, a_submission())
    (accepted,) = desk.emitted(SubmissionAccepted)
    (complaint,) = desk.stored(Complaint)
    assert (accepted.complaint_id, accepted.number) == (complaint.id, complaint.number)


async def test_the_same_submission_again_gets_the_same_answer() -> None:
    desk = a_desk()
    for _ in range(3):
        await desk.handle(take_submission, a_submission())
    assert len(desk.stored(Complaint)) == 1
    assert len({accepted.number for accepted in desk.emitted(SubmissionAccepted)}) == 1


async def test_the_same_key_with_other_content_is_refused() -> None:
    desk = a_desk()
    await desk.handle(take_submission, a_submission())
    await desk.handle(take_submission, a_submission(title="다른 내용"))
    (refused,) = desk.emitted(SubmissionRefused)
    assert refused.errors[0].field == "idempotency_key"
    assert len(desk.stored(Complaint)) == 1


async def test_every_wrong_field_of_a_submission_is_named() -> None:
    desk = a_desk()
    await desk.handle(take_submission, a_submission(body="", kind="rant", nonsense=1))
    (refused,) = desk.emitted(SubmissionRefused)
    assert {error.field for error in refused.errors} == {"body", "kind", "nonsense"}
    assert not desk.stored(Complaint)


async def test_a_refused_submission_may_be_corrected_under_its_key() -> None:
    desk = a_desk()
    await desk.handle(take_submission, a_submission(body=""))
    await desk.handle(take_submission, a_submission())
    assert len(desk.emitted(SubmissionAccepted)) == 1
    (submission,) = desk.stored(Submission)
    assert submission.complaint_id is not None


@pytest.mark.parametrize("place", ["code", "name", "lot"])
async def test_what_names_a_person_is_masked_in_the_product_too(place: str) -> None:
    desk = a_desk()
    await desk.handle(file_complaint, a_filing(product={place: "010-1234-5678"}))
    assert "1234-5678" not in "".join(event.model_dump_json() for event in desk.told)


async def test_two_senders_may_use_the_same_key() -> None:
    desk = a_desk()
    await desk.handle(take_submission, a_submission(), source="/shop")
    await desk.handle(take_submission, a_submission(title="다른 내용"), source="/cti")
    assert len(desk.emitted(SubmissionAccepted)) == 2


def test_all_that_has_to_be_looked_up_for_a_filing_is_asked_for_at_once() -> None:
    desk, workspace = a_desk(), Workspace()
    workspace.begin_member()
    uow = IntakeUow(workspace, Cause("c-1"), NOON, RULES, Vault(b"k" * 32), desk.directory)
    asked = file_complaint(a_filing(product={"code": "EB-200"}), uow).send(None)
    assert asked == [NumberWant("C-2026", "c-1", 1), Want(Product, "_id", key_of("EB-200"))]
