"""The checklist is worked off: actions are done, skipped, taken back once; late ones go to those above."""

from services.alerts.domain.acting import NotYours, item_of, late, settle, take_back
from services.alerts.domain.checklist import Item
from services.alerts.domain.issue import Issue
from services.alerts.domain.message import message_about
from services.alerts.domain.people import day_of, holding, may_do, responsible
from services.alerts.repository.uow import AlertsUow
from shared.db.timers import Timer
from shared.privacy.masking import mask


async def complete_item(
    issue_id: str, item_id: str, note: str | None, evidence: str | None, revision: int | None, uow: AlertsUow
) -> Issue:
    """A person has done an action."""
    issue, item = await _theirs(issue_id, item_id, revision, uow)
    settle(issue, item, "done", uow.person.id, uow.now, _masked(note), _masked(evidence))
    return issue


async def skip_item(issue_id: str, item_id: str, reason: str, revision: int | None, uow: AlertsUow) -> Issue:
    """A person decides that an action is not needed, and says why."""
    issue, item = await _theirs(issue_id, item_id, revision, uow)
    settle(issue, item, "skipped", uow.person.id, uow.now, mask(reason))
    return issue


async def undo_item(issue_id: str, item_id: str, reason: str, revision: int | None, uow: AlertsUow) -> Issue:
    """A person takes back what was said about an action, once."""
    issue, item = await _theirs(issue_id, item_id, revision, uow)
    take_back(issue, item, uow.person.id, mask(reason), uow.now)
    return issue


async def _theirs(issue_id: str, item_id: str, revision: int | None, uow: AlertsUow) -> tuple[Issue, Item]:
    issue = await uow.issue(issue_id)
    item = item_of(issue, item_id, revision)
    if not may_do(item, uow.person, uow.organisation, day_of(uow.now)):
        raise NotYours
    return issue, item


async def escalate_late_actions(timer: Timer, uow: AlertsUow) -> None:
    """A time is over: those whose action is late are told, and those whom the step names for it."""
    issue, playbook, today = await uow.need(Issue, timer.subject), uow.rules.playbook, day_of(uow.now)
    if not issue.is_live:
        return
    for item in late(issue, playbook, uow.now):
        above = holding(playbook.rule(item.step).overdue, uow.organisation, today)
        for person in dict.fromkeys([*responsible(item, uow.organisation, today), *above]):
            told = message_about(
                issue, "action_overdue", person, uow.now, about=item.text, due_at=item.due_at, subject=item.id
            )
            uow.add(told)


def _masked(text: str | None) -> str | None:
    return mask(text) if text else None
