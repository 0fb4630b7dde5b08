"""What is done about an issue: the playbook's actions are added step by step, done, skipped, taken back once."""

from collections.abc import Sequence
from datetime import datetime

from services.alerts.domain.checklist import Item, ItemState
from services.alerts.domain.issue import Issue
from services.alerts.domain.moment import What
from services.alerts.domain.playbook import Playbook
from shared.contracts.because import Because
from shared.contracts.issue import IssueProgressed
from shared.errors import Conflict, Forbidden, NotFound, StaleVersion
from shared.language.i18n import _


class NotYours(Forbidden):
    """The action belongs to others."""

    text = _("This action belongs to another role. Whoever has that role, or decides about the issue, may do it.")


class AlreadySettled(Conflict):
    """Somebody was faster."""

    text = _("This action was already marked as done or skipped.")


class NotSettled(Conflict):
    """There is nothing to take back."""

    text = _("This action is still open, so there is nothing to take back.")


class UndoneBefore(Conflict):
    """An action is taken back once at most, so that the record does not flicker."""

    text = _("This action was taken back once already; what was written now stays.")


class NotLive(Conflict):
    """A closed issue is worked on no longer."""

    text = _("This issue is closed or was joined to another. Reopen it first.")


def add_actions(issue: Issue, step: int, playbook: Playbook, now: datetime) -> list[Item]:
    """Add what a step asks for; what is there stays, and what had lapsed has to be done again. Returns what is new."""
    there = {item.id: item for item in issue.checklist if item.occurrence == issue.occurrence}
    added: list[Item] = []
    for action in playbook.rule(step).actions:
        item = there.get(action.id)
        if item is not None and item.state == "lapsed":
            item.open_again()
            item.due_at, item.overdue = now + action.time, False
            added.append(item)
        elif item is None:
            plain = action.model_dump(include={"id", "role", "department", "mandatory"})
            due_at, text = now + action.time, action.text.model_dump()
            added.append(Item(**plain, step=issue.step, text=text, due_at=due_at, occurrence=issue.occurrence))
            issue.checklist.append(added[-1])
    return added


def item_of(issue: Issue, id: str, revision: int | None = None) -> Item:
    """An action of a live issue. Raises `NotFound`, `NotLive`, `StaleVersion` when it has changed since `revision`."""
    if not issue.is_live:
        raise NotLive
    item = next((item for item in issue.items if item.id == id), None)
    if item is None:
        raise NotFound
    if revision is not None and item.revision != revision:
        raise StaleVersion
    return item


def settle(
    issue: Issue, item: Item, state: ItemState, by: str, now: datetime, note: str | None, evidence: str | None = None
) -> None:
    """An action is done, or skipped with a reason. Raises `AlreadySettled`."""
    if item.is_settled:
        raise AlreadySettled
    item.settle(state, by, now, note, evidence)
    what: What = "action_done" if state == "done" else "action_skipped"
    issue.write(what, now, person=by, note=note, about=item.text)
    _tell(issue, item, by)


def take_back(issue: Issue, item: Item, by: str, reason: str, now: datetime) -> None:
    """An action is open after all; once, with a reason. Raises `NotSettled`, `UndoneBefore`."""
    if not item.is_settled:
        raise NotSettled
    if item.undone:
        raise UndoneBefore
    item.open_again()
    item.undone = True
    issue.write("action_undone", now, person=by, note=reason, about=item.text)
    _tell(issue, item, by)


def late(issue: Issue, playbook: Playbook, now: datetime) -> list[Item]:
    """Mark the open actions whose time has just run out, and say so; returns them."""
    found = [item for item in issue.items if item.state == "open" and not item.overdue and item.due_at <= now]
    for item in found:
        item.overdue = True
        because = Because(rule="playbook.action-late", version=playbook.version, inputs={"action": item.id})
        issue.write("action_overdue", now, about=item.text, because=[because])
    return found


def undone_mandatory(issue: Issue) -> Sequence[Item]:
    """Mandatory actions that are neither done nor skipped."""
    return [item for item in issue.items if item.mandatory and not item.is_settled]


def _tell(issue: Issue, item: Item, by: str) -> None:
    issue.record(
        IssueProgressed(
            issue_id=issue.id,
            number=issue.number,
            step=issue.step,
            action=item.id,
            state="open" if item.state == "lapsed" else item.state,
            by=by,
            done=sum(each.is_settled for each in issue.items),
            actions=len(issue.items),
        )
    )
