"""What is kept of the people in a filing, and what only with their consent."""

from typing import Any

import orjson
import pytest

from services.intake.domain.complaint import Complaint, Contact
from services.intake.domain.filing import Filing
from services.intake.handlers.filing import SEALED_FOR, Filer, file_complaint
from services.intake.handlers.submissions import take_submission
from services.intake.repository.uow import IntakeUow
from services.intake.service import rules_of
from shared.contracts.submission import ComplaintSubmitted, SubmissionRefused
from shared.runtime.settings import Settings
from shared.testing.fake import NOON, Desk

RULES = rules_of(Settings(mode="local"))
PERSONS = [{"who": "family", "name": "홍아이", "injury": "손 화상", "treated": True, "weeks": 2}]


async def filed(**fields: Any) -> tuple[Complaint, Contact, dict[str, Any]]:
    """A complaint, its sealed side, and what that holds."""
    desk = Desk(IntakeUow, RULES)
    filing = Filing.model_validate({"body": "전기장판에 데었어요"} | fields, strict=False)
    complaint: Complaint = await desk.handle(file_complaint, filing)
    (contact,) = desk.stored(Contact)
    opened = desk._vault.person(contact.key).open(contact.private, SEALED_FOR)
    return complaint, contact, orjson.loads(opened)


async def test_without_consent_only_numbers_of_the_hurt_are_kept() -> None:
    for consent in (None, {"processing": True}, {"processing": True, "health": False}):
        complaint, _, private = await filed(harm={"persons": PERSONS, "fire_or_explosion": True}, consent=consent)
        assert (complaint.harm.injured, complaint.harm.treated, complaint.harm.longest_treatment_weeks) == (1, 1, 2)
        assert private["harm"] == {"fire_or_explosion": True}
        assert "홍아이" not in str(private)


async def test_with_consent_the_persons_are_kept_sealed() -> None:
    complaint, _, private = await filed(harm={"persons": PERSONS}, consent={"processing": True, "health": True})
    assert private["harm"]["persons"] == [p | {} for p in PERSONS]
    assert "홍아이" not in complaint.model_dump_json()


async def test_consent_is_kept_with_its_time_and_the_version_of_its_text() -> None:
    _, contact, _ = await filed(consent={"processing": True, "text_version": "2026-11-22"})
    assert contact.consent is not None
    assert (contact.consent.at, contact.consent.text_version) == (NOON, "2026-11-22")


async def test_representative_and_contact_are_sealed_the_relation_is_known() -> None:
    complaint, _, private = await filed(
        contact={"name": "홍어르신", "phone": "010-1234-5678"},
        representative={"relation": "guardian", "name": "홍자녀", "phone": "02-123-4567"},
    )
    assert complaint.represented_by == "guardian"
    assert private["representative"]["name"] == "홍자녀"
    for secret in ("홍어르신", "홍자녀", "010-1234-5678", "02-123-4567"):
        assert secret not in complaint.model_dump_json()


async def test_a_place_is_masked_like_every_text() -> None:
    complaint, _, private = await filed(place="우리 집, 010-9999-8888로 전화")
    assert complaint.place is not None
    assert "9999" not in complaint.place
    assert "9999" in private["place"]


async def test_a_stated_language_wins_over_the_letters() -> None:
    complaint, _, _ = await filed(body="It burned", language="ko")
    assert complaint.language == "ko"


async def test_only_the_hash_of_a_secret_is_kept() -> None:
    desk = Desk(IntakeUow, RULES)
    filing = Filing.model_validate({"body": "x1"}, strict=False)

    async def handle(uow: IntakeUow) -> Complaint:
        return await file_complaint(filing, uow, filer=Filer(secret_hash="abc"))

    await desk.handle(handle)
    assert desk.stored(Contact)[0].secret_hash == "abc"


@pytest.mark.parametrize(
    ("ids", "fields"),
    [(["a"], ["attachments.0"]), (["a", "b"], ["attachments.0", "attachments.1"]), (["a"] * 21, ["attachments"])],
)
async def test_a_topic_cannot_name_files_that_it_never_sent(ids: list[str], fields: list[str]) -> None:
    desk = Desk(IntakeUow, RULES)
    complaint: dict[str, object] = {"body": "전기장판에 데었어요", "attachments": ids}
    await desk.handle(take_submission, ComplaintSubmitted(idempotency_key="k", complaint=complaint))
    (answer,) = desk.emitted(SubmissionRefused)
    assert [error.field for error in answer.errors] == fields
    assert not desk.stored(Complaint)
