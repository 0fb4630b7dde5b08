"""What is due on a card by itself: warnings, ends of clocks, levels to call, silence, the end of the quiet period."""

from services.intake.domain.card import Card, What
from services.intake.domain.card_rules import CardRules
from services.intake.domain.clock_rules import EscalationLevel
from services.intake.domain.clocks import running, stage_time, why_due
from services.intake.domain.customer import fall_silent
from services.intake.domain.parts import Clock
from services.intake.domain.waiting import quiet_ends, silence_ends, why_quiet
from services.intake.domain.working import updated
from shared.contracts.because import Because
from shared.contracts.card import ComplaintEscalated, ComplaintOverdue, Level
from shared.identity.organisation import Department


def attend(card: Card, rules: CardRules) -> None:
    """Do everything that is due by now. A timer opens the way and calls people; it verifies nothing."""
    complaint = card.complaint
    if complaint.closed_at is not None:
        return
    silent_from = silence_ends(complaint, rules)
    if silent_from is not None and silent_from <= card.now:
        fall_silent(card, rules)
    for clock in list(running(complaint)):
        _go_through_levels(card, clock, rules)
    quiet_from = quiet_ends(complaint, rules)
    if quiet_from is not None and quiet_from <= card.now and not complaint.quiet_reminded:
        complaint.quiet_reminded = True
        card.write("quiet_over", because=[why_quiet(complaint, rules)])
        updated(card, "quiet_over")


def _go_through_levels(card: Card, clock: Clock, rules: CardRules) -> None:
    while clock.next_at is not None and clock.next_at <= card.now:
        level = rules.clocks.level_at(clock.stage)
        if level is None:
            clock.next_at = None
            return
        _call(card, clock, level, rules)
        clock.stage += 1
        clock.next_at = stage_time(clock, clock.stage, rules)


def _call(card: Card, clock: Clock, level: EscalationLevel, rules: CardRules) -> None:
    complaint = card.complaint
    code = clock.department or card.cs_office
    called = _people(card, code, level.level)
    because = [why_due(clock), _why_level(clock, level, rules)]
    first_past_end = level.at == "due" and not level.after_minutes
    if first_past_end:
        card.write("overdue", department=clock.department, because=because[:1], clock=clock.name)
        complaint.record(
            ComplaintOverdue(
                complaint_id=complaint.id, number=complaint.number, clock=clock.name, department=code,
                due_at=clock.due_at, because=because[:1],
            )
        )  # fmt: skip
    what: What = "warned" if level.at == "warning" else "escalated"
    card.write(what, department=clock.department, because=because, clock=clock.name, level=level.level, called=called)
    complaint.record(
        ComplaintEscalated(
            complaint_id=complaint.id, number=complaint.number, clock=clock.name, level=level.level, department=code,
            called=called, due_at=clock.due_at, because=because,
        )
    )  # fmt: skip


def _why_level(clock: Clock, level: EscalationLevel, rules: CardRules) -> Because:
    inputs: dict[str, str | int | float | bool] = {"clock": clock.name, "level": level.level, "stage": clock.stage + 1}
    return Because(
        rule=f"clock.level.{level.at}",
        version=rules.clocks.version,
        inputs=inputs,
        threshold=level.after_minutes if level.at == "due" else None,
    )


def _people(card: Card, code: str, level: Level) -> list[str]:
    """Who is called at a level of a department, or who stands in for them today."""
    department = card.organisation.department(code)
    if department is None:
        return []
    if level == "assignee":
        return [card.acting(_in_hand(card, department))]
    if level == "executive":
        first = next((person.id for person in card.organisation.with_role("cco")), department.head)
        return [card.acting(department.executive or first)]
    return [card.acting(department.lead if level == "lead" and not card.in_confidence else department.head)]


def _in_hand(card: Card, department: Department) -> str:
    subcase = card.complaint.subcase(department.code)
    if department.code == card.cs_office:
        return card.complaint.owner or (subcase.assignee if subcase else card.usual(department))
    return subcase.assignee if subcase else card.usual(department)
