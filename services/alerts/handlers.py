"""Use cases of alerts: load, decide, collect; the unit of work commits."""

from collections.abc import Callable

from services.alerts.domain.calling import (
    acknowledge,
    call_next,
    calls_again,
    due_step,
    escalate,
    give_up,
    unanswered,
)
from services.alerts.domain.case import Case, reclassify, weigh
from services.alerts.domain.issue import Issue, add_case, open_issue, take_out
from services.alerts.domain.message import message_to_called
from services.alerts.domain.playbook import StepDue
from services.alerts.repository import AlertsUow
from shared.contracts.because import Because
from shared.contracts.complaint import ComplaintClassified, ComplaintCreated
from shared.db.timers import Timer
from shared.errors import NotFound
from shared.privacy.masking import mask

Check = Callable[[int], None]
UNANSWERED = "call-unanswered"
WITH_CARD = {"complaint", "damage"}


async def weigh_complaint(event: ComplaintCreated, uow: AlertsUow) -> None:
    """A new complaint is weighed and put to the issue of its series, which rises to the step it calls for."""
    case = weigh(event, uow.cause.sequence, uow.rules.hazards)
    known, issue = await uow.known(case.id, case.series)
    if known is not None:
        return
    uow.add(case)
    if event.kind in WITH_CARD:
        await _put(case, issue, uow)


async def follow_classification(event: ComplaintClassified, uow: AlertsUow) -> None:
    """A complaint's category changed: it is counted where it belongs now."""
    if event.previous_category is None:
        return
    case = await uow.need(Case, event.complaint_id)
    if not reclassify(case, event, uow.cause.sequence) or case.issue_id is None:
        return
    before = await uow.need(Issue, case.issue_id)
    take_out(before, case, [Because(rule="complaint.classified", version="1", inputs={"category": case.category})])
    await _put(case, await uow.behind(case.series), uow)


async def _put(case: Case, issue: Issue | None, uow: AlertsUow) -> None:
    if issue is None:
        issue = uow.add(open_issue(uow.new_id(), await uow.number(uow.number_series()), case, uow.now))
    add_case(issue, case)
    due = due_step(issue, case, uow.rules.playbook) or calls_again(issue, case, uow.rules.playbook, uow.now)
    if due is not None:
        _raise(issue, due, uow)


def _raise(issue: Issue, due: StepDue, uow: AlertsUow) -> None:
    playbook = uow.rules.playbook
    chain = playbook.chain(due.step, uow.organisation)
    escalate(issue, due, chain, playbook.rule(due.step).patience, uow.now)
    _ring(issue, uow)


def _ring(issue: Issue, uow: AlertsUow) -> None:
    """Tell the person who is called, and see to it that somebody else is if they do not acknowledge."""
    message, call = message_to_called(issue, uow.now), issue.call
    if message is not None and call is not None:
        uow.add(message)
        until = call.acknowledge_by
        uow.set_timer(UNANSWERED, issue.id, until, step=call.step, turn=call.turn, until=until.isoformat())


async def escalate_unanswered(timer: Timer, uow: AlertsUow) -> None:
    """Nobody acknowledged in time: the next person, then the next step, then the chain anew."""
    issue = await uow.need(Issue, timer.subject)
    call, playbook = issue.call, uow.rules.playbook
    if call is None or not call.is_open or timer.data["until"] != call.acknowledge_by.isoformat():
        return
    because, rule = unanswered(call, playbook), playbook.rule(call.step)
    if call.turn + 1 < len(call.chain) * rule.rounds:
        call_next(issue, call, rule.patience, because, uow.now)
        _ring(issue, uow)
    elif call.step < 3:
        _raise(issue, StepDue(step=2 if call.step == 1 else 3, because=because), uow)
    else:
        give_up(issue, call, because, uow.now)


async def acknowledge_issue(issue_id: str, note: str | None, version: Check, uow: AlertsUow) -> Issue:
    """A person takes the call of an issue; `version` refuses one that has changed since they saw it."""
    issue = await uow.get(Issue, issue_id, decide=True)
    if issue is None:
        raise NotFound
    version(issue.version)
    person = uow.cause.principal
    acknowledge(issue, person.id if person else "", mask(note) if note else None, uow.now)
    return issue
