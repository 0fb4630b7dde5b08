"""What is done about an issue, as people read it: the checklist, the chain of calls, containment orders."""

from datetime import date
from itertools import cycle

from services.alerts.domain.checklist import Item
from services.alerts.domain.containment import Containment
from services.alerts.domain.issue import Issue
from services.alerts.domain.people import decides, may_confirm, may_do
from services.alerts.presenting.speaker import Speaker
from services.alerts.views.work import ItemView, OrderView, PartView, RingView
from shared.language.i18n import _
from shared.web.words import ROLES

ALL_LOTS = _("{product}, all lots")
LOTS = _("{product}, lots {lots}")


def items_of(issue: Issue, speaker: Speaker, today: date) -> list[ItemView]:
    """The checklist since the issue was last opened."""
    return [_item(item, issue, speaker, today) for item in issue.items]


def earlier_items(issue: Issue, speaker: Speaker, today: date) -> list[ItemView]:
    """What was done before the issue was opened again, and what lapsed when its step was lowered."""
    shown = {id(item) for item in issue.items}
    return [_item(item, issue, speaker, today) for item in issue.checklist if id(item) not in shown]


def _item(item: Item, issue: Issue, speaker: Speaker, today: date) -> ItemView:
    role = speaker.say(ROLES.get(item.role, item.role))
    mine = issue.is_live and item.occurrence == issue.occurrence and item.state != "lapsed"
    mine = mine and may_do(item, speaker.viewer, speaker.organisation, today) and "auditor" not in speaker.viewer.roles
    return ItemView(
        id=item.id,
        text=speaker.word(item.text),
        who=f"{speaker.department(item.department)} {role}" if item.department else role,
        state=item.state,
        mandatory=item.mandatory,
        due_at=item.due_at,
        revision=item.revision,
        is_late=item.overdue and not item.is_settled,
        by=speaker.name(item.by) or None,
        at=item.at,
        note=item.note if speaker.sees_details else None,
        evidence=item.evidence if speaker.sees_details else None,
        may_do=mine and item.state == "open",
        may_undo=mine and item.is_settled and not item.undone,
    )


def rings_of(issue: Issue, speaker: Speaker) -> list[RingView]:
    """Who was rung in which order, and who would be next."""
    call = issue.call
    if call is None or not call.chain:
        return []
    turns = call.chain * speaker.rules.playbook.rule(call.step).rounds
    rung = list(zip(cycle(call.chain), call.rung, strict=False))
    if not call.is_open:
        if rung and rung[-1][0] == call.acknowledged_by:
            rung.pop()
        answered = RingView(speaker.name(call.acknowledged_by), "acknowledged", call.acknowledged_at)
        return [*(RingView(speaker.name(person), "silent", at) for person, at in rung), answered]
    shown = [
        RingView(speaker.name(person), "rings" if call.rings and turn == call.turn else "silent", at)
        for turn, (person, at) in enumerate(rung)
    ]
    left = [] if call.given_up else turns[len(rung) :][: len(call.chain) - len(rung) % len(call.chain)]
    return [*shown, *(RingView(speaker.name(person), "next") for person in left)]


def orders_of(issue: Issue, speaker: Speaker) -> list[OrderView]:
    """Containment orders: those in force first, then the newest."""
    ordered = sorted(issue.containments, key=lambda order: order.ordered_at, reverse=True)
    return [_order(order, speaker) for order in sorted(ordered, key=lambda order: not order.in_force)]


def _order(order: Containment, speaker: Speaker) -> OrderView:
    product = speaker.product(order.product_code, order.product_name)
    scope = speaker.say(LOTS if order.lots else ALL_LOTS, product=product, lots=", ".join(order.lots))
    return OrderView(
        id=order.id,
        text=speaker.word(order.text),
        scope=scope,
        instruction=order.instruction,
        ordered_by=speaker.name(order.ordered_by),
        ordered_at=order.ordered_at,
        due_at=order.due_at,
        in_force=order.in_force,
        waits=order.waits,
        parts=[_part(order, place, speaker) for place in range(len(order.executions))],
        lifted_by=speaker.name(order.lifted_by) or None,
        lifted_at=order.lifted_at,
        reason=order.reason if speaker.sees_details else None,
        may_lift=order.in_force and decides(speaker.viewer),
    )


def _part(order: Containment, place: int, speaker: Speaker) -> PartView:
    part, viewer = order.executions[place], speaker.viewer
    theirs = may_confirm(part.department, viewer, speaker.organisation)
    carries = decides(viewer) or not viewer.roles.isdisjoint({"dept_manager", "executive", "assignee"})
    return PartView(
        code=part.department,
        department=speaker.department(part.department),
        by=speaker.name(part.by) or None,
        at=part.at,
        note=part.note if speaker.sees_details else None,
        on_behalf=part.on_behalf,
        may_confirm=order.in_force and part.by is None and theirs and carries,
    )
