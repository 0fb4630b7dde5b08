"""Messages as their reader sees them."""

from services.alerts.domain.message import Kind, Message
from services.alerts.presenting.speaker import Speaker
from services.alerts.views.board import MessageView
from shared.language.i18n import _

TEXTS: dict[Kind, str] = {
    "call": _("{number} calls you: step {step}"),
    "actions": _("{number}: {count} actions are yours, first “{about}”"),
    "action_overdue": _("{number}: late, “{about}”"),
    "containment": _("{number}: containment ordered, “{about}”"),
    "containment_overdue": _("{number}: containment is late, “{about}” ({count} departments)"),
}


def message_of(message: Message, speaker: Speaker) -> MessageView:
    """A message to the viewer."""
    return MessageView(
        id=message.id,
        at=message.at,
        text=speaker.say(
            TEXTS[message.kind],
            number=message.number,
            step=message.step,
            count=message.count,
            about=speaker.word(message.about),
        ),
        href=f"/alerts/{message.issue_id}",
        is_read=message.read_at is not None,
        due_at=message.due_at,
    )
