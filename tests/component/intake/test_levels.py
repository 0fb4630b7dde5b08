"""Who is called about a clock: warned before its end, then one level after the other."""

from datetime import timedelta

from services.intake.domain.desk import look_again_at
from services.intake.handlers import assigning
from shared.contracts.card import ComplaintEscalated, ComplaintOverdue
from tests.component.intake.card_desk import AGENT, MONDAY, RULES, CardDesk, clock, korea


async def test_the_person_in_charge_is_warned_then_level_after_level_is_called(desk: CardDesk) -> None:
    complaint = await desk.file()
    await desk.do(assigning.acknowledge_card, complaint, None, by=AGENT)
    await desk.answer(complaint)
    await desk.pass_until(MONDAY + timedelta(days=15))
    production = [e for e in desk.emitted(ComplaintEscalated) if e.department == "production"]
    assert [(e.level, e.called) for e in production] == [
        ("assignee", ["p-006"]),
        ("lead", ["p-005"]),
        ("head", ["p-004"]),
        ("executive", ["p-038"]),
    ]
    due = clock(complaint, "cause", "production").due_at
    overdue = [e for e in desk.emitted(ComplaintOverdue) if e.department == "production"]
    assert [(e.clock, e.due_at, e.because[0].rule) for e in overdue] == [("cause", due, "clock.cause")]


async def test_levels_are_called_in_working_time(desk: CardDesk) -> None:
    complaint = await desk.file()
    called: list[tuple[str, str]] = []
    for hour in range(24 * 5):
        known = len(desk.emitted(ComplaintEscalated))
        await desk.pass_until(MONDAY + timedelta(hours=hour))
        told = [e for e in desk.emitted(ComplaintEscalated)[known:] if e.clock == "acknowledge"]
        called += [(e.level, korea(desk.now)[:5]) for e in told]
    assert called == [("assignee", "11-23"), ("lead", "11-23"), ("head", "11-24"), ("executive", "11-26")]
    assert complaint.state == "assigned"


async def test_nobody_is_called_about_a_closed_card(desk: CardDesk) -> None:
    inquiry = await desk.resolve(await desk.file(kind="inquiry"))
    assert (inquiry.open, look_again_at(inquiry, RULES.card)) == (False, None)
    await desk.pass_until(MONDAY + timedelta(days=60))
    assert desk.emitted(ComplaintEscalated) == []
