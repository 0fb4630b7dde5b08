"""People are called: a step is taken, somebody is rung, the next one when nobody answers."""

from services.alerts.domain.acting import add_actions
from services.alerts.domain.calling import NotCalled, acknowledge, call_anew, call_next, escalate, give_up, unanswered
from services.alerts.domain.checklist import Item
from services.alerts.domain.issue import Issue
from services.alerts.domain.judging import seen
from services.alerts.domain.message import Message, message_about, message_to_called
from services.alerts.domain.people import chain, day_of, may_answer, responsible
from services.alerts.domain.playbook import StepDue
from services.alerts.domain.silencing import end_silence
from services.alerts.repository.uow import AlertsUow
from shared.db.timers import Timer
from shared.privacy.masking import mask

UNANSWERED = "call-unanswered"
ACTIONS_LATE = "actions-late"


def raise_step(issue: Issue, due: StepDue, uow: AlertsUow) -> None:
    """Take a step: its people are called, and its actions stand on the checklist. Step 3 ends a silence."""
    playbook = uow.rules.playbook
    if issue.silence is not None and due.step == 3:
        end_silence(issue, None, uow.now)
    people = chain(playbook, due.step, uow.organisation, day_of(uow.now))
    escalate(issue, due, people, playbook.rule(due.step).patience, uow.now)
    ring(issue, uow)
    bind(issue, uow)


def ring(issue: Issue, uow: AlertsUow) -> None:
    """Tell the person who is called, and see to it that somebody else is if they do not acknowledge."""
    message, call = message_to_called(issue, uow.now), issue.call
    if message is not None and call is not None:
        uow.add(message)
        until = call.acknowledge_by
        uow.set_timer(UNANSWERED, issue.id, until, step=call.step, turn=call.turn, until=until.isoformat())


def ring_again(issue: Issue, uow: AlertsUow) -> None:
    """What held its call is over: it rings, unless nobody is left to be called."""
    call = issue.call
    if call is not None and call.is_open and not call.given_up:
        call_anew(issue, call, uow.rules.playbook.rule(call.step).patience, uow.now)
        ring(issue, uow)


def look_for_late(issue: Issue, uow: AlertsUow) -> None:
    """It is worked on again: what fell due while it was not is late."""
    uow.set_timer(ACTIONS_LATE, issue.id, uow.now)


def bind(issue: Issue, uow: AlertsUow) -> None:
    """Put what the issue's step asks for on its checklist, as far as it is not there."""
    if issue.step:
        _hand_out(issue, add_actions(issue, issue.step, uow.rules.playbook, uow.now), uow)


def _hand_out(issue: Issue, items: list[Item], uow: AlertsUow) -> None:
    """Tell each person once what is theirs, and look again when the first and the later times are over."""
    theirs: dict[str, list[Item]] = {}
    for item in items:
        for person in responsible(item, uow.organisation, day_of(uow.now)):
            theirs.setdefault(person, []).append(item)
    for person, own in theirs.items():
        first = min(own, key=lambda item: item.due_at)
        told = message_about(
            issue, "actions", person, uow.now, about=first.text, due_at=first.due_at, count=len(own), subject="handed"
        )
        uow.add(told)
    for due_at in sorted({item.due_at for item in items}):
        uow.set_timer(ACTIONS_LATE, issue.id, due_at)


async def escalate_unanswered(timer: Timer, uow: AlertsUow) -> None:
    """Nobody acknowledged in time: the next person, then the next step, then the chain anew."""
    issue = await uow.need(Issue, timer.subject)
    call, playbook = issue.call, uow.rules.playbook
    if call is None or not call.rings or not issue.is_live or timer.data["until"] != call.acknowledge_by.isoformat():
        return
    because, rule = unanswered(call, playbook), playbook.rule(call.step)
    if call.turn + 1 < len(call.chain) * rule.rounds:
        call_next(issue, call, rule.patience, because, uow.now)
        ring(issue, uow)
    elif call.step < 3:
        raise_step(issue, StepDue(step=2 if call.step == 1 else 3, because=because), uow)
    else:
        give_up(issue, call, because, uow.now)


async def acknowledge_issue(issue_id: str, note: str | None, stage: int | None, uow: AlertsUow) -> Issue:
    """A person takes the call of an issue; refused when its step has changed since `stage`."""
    issue = await uow.issue(issue_id)
    seen(issue, stage)
    if not may_answer(issue.called, uow.person):
        raise NotCalled
    rung = issue.call.message if issue.call else None
    acknowledge(issue, uow.person.id, mask(note) if note else None, uow.now)
    message = await uow.get(Message, rung) if rung else None
    if message is not None and message.person == uow.person.id:
        message.read(uow.now)
    return issue
