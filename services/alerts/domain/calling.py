"""Who is called about an issue: steps rise, calls go along their chain, an acknowledgement ends them."""

from datetime import datetime, timedelta

from services.alerts.domain.call import Call
from services.alerts.domain.case import Case
from services.alerts.domain.issue import Issue
from services.alerts.domain.playbook import Playbook, StepDue
from shared.contracts.because import Because
from shared.contracts.issue import IssueAcknowledged, IssueEscalated, Step
from shared.errors import Conflict, Forbidden
from shared.language.i18n import _


class NothingToAcknowledge(Conflict):
    """Nobody is called about the issue at the moment."""

    text = _("Nobody is being called about this issue now, so there is nothing to acknowledge.")


class NotCalled(Forbidden):
    """The call is for others."""

    text = _("You are not being called about this issue; those who are, and those who decide about it, can answer.")


class AlreadyAcknowledged(Conflict):
    """Somebody was faster."""

    text = _("This step was acknowledged already.")


def due_step(issue: Issue, case: Case, playbook: Playbook) -> StepDue | None:
    """The step that the issue has to rise to because of this case; None when it is high enough."""
    return None if case.imported else due_by_counts(issue, case.words, playbook)


def due_by_counts(issue: Issue, words: list[str], playbook: Playbook) -> StepDue | None:
    """The step that the issue has to rise to because of what counts since it was judged."""
    due = playbook.step_for(issue.worst(issue.fresh), sum(issue.fresh.values()), words)
    return due if due is not None and due.step > issue.step else None


def calls_again(issue: Issue, case: Case, playbook: Playbook, now: datetime) -> StepDue | None:
    """Why the acknowledged step has to call anew: this case alone is as grave, and the acknowledgement is old."""
    call = issue.call
    if case.imported or call is None or call.acknowledged_at is None or issue.step == 0:
        return None
    due = playbook.step_for(case.severity, 1, case.words)
    if due is None or due.step < issue.step or now < call.acknowledged_at + playbook.rule(issue.step).calm:
        return None
    return StepDue(step=issue.step, because=due.because)


def escalate(issue: Issue, due: StepDue, chain: list[str], patience: timedelta, now: datetime) -> None:
    """Raise the step and call the first person of its chain, or have the call wait until a silence is over."""
    previous, issue.step = issue.step, due.step
    issue.because = [due.because]
    issue.stage += 1
    held = issue.silence.until if issue.silence else None
    issue.call = Call(step=due.step, chain=chain, acknowledge_by=(held or now) + patience, held_until=held)
    issue.write("escalated", now, because=issue.because)
    if held is not None:
        issue.write("held", now)
        _tell(issue, issue.call, previous, issue.because)
    elif not chain:
        give_up(issue, issue.call, due.because, now)
    else:
        _call(issue, issue.call, previous, issue.because, now)


def call_next(issue: Issue, call: Call, patience: timedelta, because: Because, now: datetime) -> None:
    """Nobody acknowledged in time: the next person of the chain is called."""
    issue.write("unanswered", now, person=call.person, because=[because])
    call.turn += 1
    call.acknowledge_by = now + patience
    _call(issue, call, issue.step, [because], now)


def call_anew(issue: Issue, call: Call, patience: timedelta, now: datetime) -> None:
    """What held the call is over, and it rings."""
    call.held_until, call.acknowledge_by = None, now + patience
    _call(issue, call, issue.step, issue.because, now)


def _call(issue: Issue, call: Call, previous: Step, because: list[Because], now: datetime) -> None:
    call.rung[call.turn :] = [now]  # who is rung again on the same turn stands there once
    issue.write("called", now, person=call.person)
    _tell(issue, call, previous, because)


def _tell(issue: Issue, call: Call, previous: Step, because: list[Because]) -> None:
    issue.record(
        IssueEscalated(
            issue_id=issue.id,
            number=issue.number,
            step=issue.step,
            previous_step=previous,
            call=call.turn,
            called=[call.person] if call.rings else [],
            acknowledge_by=call.acknowledge_by if call.rings else None,
            because=because,
        )
    )


def give_up(issue: Issue, call: Call, because: Because, now: datetime) -> None:
    """The whole chain was silent in every round: nobody else can be called, and the issue stays unanswered."""
    call.given_up = True
    issue.write("given_up", now, person=call.person or None, because=[because])


def unanswered(call: Call, playbook: Playbook) -> Because:
    """Why the next is called."""
    return Because(
        rule="playbook.unanswered",
        version=playbook.version,
        inputs={"step": call.step, "called": call.person},
        threshold=playbook.rule(call.step).acknowledge_within,
    )


def acknowledge(issue: Issue, person: str, note: str | None, now: datetime) -> None:
    """A person takes the call. Raises `NothingToAcknowledge`, `AlreadyAcknowledged`."""
    if issue.call is None or not issue.is_live:
        raise NothingToAcknowledge
    if not issue.call.is_open:
        raise AlreadyAcknowledged
    issue.call.answer(person, now)
    issue.write("acknowledged", now, person=person, note=note)
    issue.record(IssueAcknowledged(issue_id=issue.id, number=issue.number, step=issue.step, by=person))
