"""Messages are read by the person they were sent to."""

from services.alerts.domain.message import Message
from services.alerts.repository.uow import AlertsUow
from shared.db.wants import Want
from shared.errors import NotFound


async def read_message(message_id: str, uow: AlertsUow) -> Message:
    """A person has read a message to them."""
    message = await uow.get(Message, message_id)
    if message is None or message.person != uow.person.id:
        raise NotFound
    message.read(uow.now)
    return message


async def read_messages(ids: tuple[str, ...], uow: AlertsUow) -> int:
    """A person has read these messages; those of others are left alone. Returns how many were theirs."""
    await uow.fetch(*(Want(Message, "_id", id) for id in ids))
    found = [await uow.get(Message, id) for id in ids]
    own = [message for message in found if message is not None and message.person == uow.person.id]
    for message in own:
        message.read(uow.now)
    return len(own)
