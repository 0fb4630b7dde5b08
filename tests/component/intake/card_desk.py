"""A desk on which cards are worked: complaints filed, people who act, time that passes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from services.intake.domain.answering import Reply
from services.intake.domain.complaint import Complaint
from services.intake.domain.entry import Entry
from services.intake.domain.filing import Filing
from services.intake.domain.parts import Clock
from services.intake.handlers import cause_side, customer
from services.intake.handlers.answering import write_answer
from services.intake.handlers.attending import look_at_card
from services.intake.handlers.filing import file_complaint
from services.intake.handlers.improvements import VERIFY_CARDS, verify_more
from services.intake.handlers.many_cards import REOPEN_CARDS, reopen_more
from services.intake.repository.uow import IntakeUow
from services.intake.service import rules_of
from shared.contracts.card import ClockName
from shared.db.timers import Timer
from shared.identity.organisation import load_organisation
from shared.identity.principal import Principal
from shared.runtime.clock import KOREA
from shared.runtime.settings import Settings
from shared.testing.fake import Desk

RULES = rules_of(Settings(mode="local"))
ORGANISATION = load_organisation()
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=KOREA)
"""A Monday morning without a holiday near."""
FAULT = "전기밥솥 코팅이 벗겨져 고장이 났어요. 환불해 주세요."
GIVEN = {"cause": "design", "cause_text": "홍길동씨가 설계를 바꾸었다", "prevention": "설계 심사를 강화한다"}
TIMERS = {
    "look-at-card": look_at_card,
    VERIFY_CARDS: verify_more,
    REOPEN_CARDS: reopen_more,
}


def person(id: str) -> Principal:
    """Someone of the sample organisation as one who asks."""
    found = ORGANISATION.person(id)
    assert found is not None
    return Principal(found.id, found.name, frozenset(found.roles), "person", found.department)


MANAGER, OTHER_MANAGER, AGENT, OTHER_AGENT = person("p-001"), person("p-002"), person("p-034"), person("p-035")
EMPLOYEE, AUDITOR = person("p-044"), person("p-043")


def hand_of(department: str) -> Principal:
    """The 담당 of a department."""
    found = ORGANISATION.department(department)
    assert found is not None
    return person(found.assignee)


class CardDesk(Desk):
    """A desk for cards."""

    def __init__(self, now: datetime = MONDAY) -> None:
        super().__init__(IntakeUow, RULES, now)

    async def file(self, body: str = FAULT, **other: Any) -> Complaint:
        """A complaint about a product, with two departments called on."""
        said = {"body": body, "product": {"code": "RC-880", "name": "전기밥솥"}} | other
        filed: Complaint = await self.handle(file_complaint, Filing.model_validate(said, strict=False))
        return filed

    async def do(self, handler: Any, complaint: Complaint, *args: Any, by: Principal = MANAGER) -> Complaint:
        """Have somebody do something to a card."""
        done: Complaint = await self.handle(handler, complaint.id, *args, by=by)
        return done

    async def give(self, complaint: Complaint, department: str = "development", **said: str) -> Complaint:
        """One department gives its cause and prevention."""
        by = hand_of(department)
        return await self.do(cause_side.answer_subcase, complaint, department, GIVEN | said, None, by=by)

    async def give_causes(self, complaint: Complaint, cause: str = "process") -> Complaint:
        """Every department gives its cause and prevention."""
        for subcase in list(complaint.subcases):
            given = {"cause": cause, "cause_text": "공정 온도가 낮았다", "prevention": "공정 온도를 상시 점검한다"}
            by = person(subcase.assignee)
            await self.do(cause_side.answer_subcase, complaint, subcase.department, given, None, by=by)
        return complaint

    async def answer(self, complaint: Complaint, by: Principal = AGENT, recourse: Sequence[str] = ()) -> Complaint:
        """Answer the customer for good."""
        reply = Reply("final", "환불해 드리겠습니다.", ("refund",), tuple(recourse))
        return await self.do(write_answer, complaint, reply, None, True, by=by)

    async def resolve(self, complaint: Complaint) -> Complaint:
        """Answered, and accepted by the customer."""
        await self.answer(complaint)
        await self.handle(customer.accept_answer, complaint.id)
        return complaint

    async def remove(self, complaint: Complaint, day: str = "2026-11-23", lot: str | None = None) -> Complaint:
        """A department states since when the cause is gone."""
        by = person(complaint.subcases[0].assignee)
        return await self.do(cause_side.state_removal, complaint, "공정 온도를 올렸다", day, lot, by=by)

    async def verify(self, complaint: Complaint, by: Principal = MANAGER) -> Complaint:
        """The CS office verifies on evidence."""
        return await self.do(cause_side.verify_card, complaint, "test_report", "재시험에서 이상 없음", by=by)

    async def verified(self, complaint: Complaint) -> Complaint:
        """Found, removed, quiet for long enough, verified."""
        await self.remove(await self.give_causes(complaint))
        self.now += timedelta(days=91)
        return await self.verify(complaint)

    async def pass_until(self, moment: datetime) -> None:
        """Let time pass; every timer fires when it is due."""
        while due := sorted((t for t in self.waiting() if t.due_at <= moment), key=lambda t: t.due_at):
            timer = due[0]
            self.now = max(self.now, timer.due_at)
            timer.done_at = self.now
            await self.handle(TIMERS[timer.kind], timer)
        self.now = moment

    def waiting(self) -> list[Timer]:
        """The timers that have not fired."""
        return [timer for timer in self.stored(Timer) if timer.done_at is None]

    def timeline(self, complaint: Complaint) -> list[str]:
        """What was written since the complaint was filed, in order."""
        entries = [entry for entry in self.stored(Entry) if entry.complaint_id == complaint.id]
        return [entry.what for entry in sorted(entries, key=lambda entry: entry.place)]


def clock(complaint: Complaint, name: ClockName, department: str | None = None) -> Clock:
    """The one clock of a name."""
    (found,) = [c for c in complaint.clocks if (c.name, c.department) == (name, department)]
    return found


def korea(moment: datetime) -> str:
    """A moment as a clock in Korea shows it."""
    return f"{moment.astimezone(KOREA):%m-%d %H:%M}"
