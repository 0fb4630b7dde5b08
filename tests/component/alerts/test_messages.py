"""Messages are read by those to whom they were sent."""

import pytest

from services.alerts.domain.message import Message
from services.alerts.handlers.calling import acknowledge_issue
from services.alerts.handlers.complaints import weigh_complaint
from services.alerts.handlers.messages import read_message, read_messages
from shared.errors import NotFound
from tests.component.alerts.sample import (
    BURN,
    CS_MANAGER,
    OFFICER,
    OTHER_OFFICER,
    a_burn,
    a_complaint,
    a_desk,
    messages,
    the_issue,
)


async def test_answering_the_call_reads_the_message_that_rang() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    await desk.handle(acknowledge_issue, the_issue(desk).id, None, None, by=OFFICER)
    (rang,) = messages(desk, "call")
    assert (rang.person, rang.read_at) == (OFFICER.id, desk.now)


async def test_somebody_elses_answer_leaves_my_message_unread() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    await desk.handle(acknowledge_issue, the_issue(desk).id, None, None, by=OTHER_OFFICER)
    assert messages(desk, "call")[0].read_at is None


async def test_a_message_is_read_once_and_only_by_its_reader() -> None:
    desk = a_desk()
    await a_burn(desk)
    mine = next(message for message in messages(desk, "actions") if message.person == CS_MANAGER.id)
    with pytest.raises(NotFound):
        await desk.handle(read_message, mine.id, by=OFFICER)
    await desk.handle(read_message, mine.id, by=CS_MANAGER)
    first, desk.now = mine.read_at, desk.now.replace(hour=20)
    await desk.handle(read_message, mine.id, by=CS_MANAGER)
    assert mine.read_at == first


async def test_reading_many_at_once_leaves_those_of_others() -> None:
    desk = a_desk()
    await a_burn(desk)
    every = [message.id for message in desk.stored(Message)]
    own = [message for message in desk.stored(Message) if message.person == CS_MANAGER.id]
    assert await desk.handle(read_messages, tuple(every), by=CS_MANAGER) == len(own)
    assert {message.person for message in desk.stored(Message) if message.read_at} >= {CS_MANAGER.id}
    assert any(message.read_at is None for message in desk.stored(Message))
