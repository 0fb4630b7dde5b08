"""All messages to one person, and which of them they have read."""

from fastapi import APIRouter, Response

from services.alerts.api.reading import at, behind_time, messages_of
from services.alerts.handlers.messages import read_message, read_messages
from services.alerts.pages.desk import AtDesk
from services.alerts.presenting.messages import message_of
from services.alerts.schemas.messages import MessageOut, ReadOut
from shared.identity.policy import EVERYONE, Rule
from shared.web.paging import PagingQuery
from shared.web.shapes import Id

POLICY = [
    Rule("GET", "/alerts/messages", EVERYONE),
    Rule("POST", "/alerts/messages/readings", EVERYONE),
    Rule("POST", "/alerts/messages/{message_id}/readings", EVERYONE),
]
AT_ONCE = 200

pages = APIRouter(include_in_schema=False)


@pages.get("/alerts/messages")
async def messages(desk: AtDesk, paging: PagingQuery) -> Response:
    """Messages to the viewer, newest first."""
    kept = messages_of(desk.request)
    found = await kept.page(desk.viewer.id, behind_time(paging.after), paging.fetch)
    shown, following = paging.cut(found, lambda message: at(message.at, message.id))
    return desk.draw(
        "messages.html",
        messages=[message_of(message, desk.speaker) for message in shown],
        unread=await kept.unread(desk.viewer.id, AT_ONCE),
        next=paging.link(following),
        first=paging.path if paging.after else None,
    )


@pages.post("/alerts/messages/readings")
async def read_all(desk: AtDesk) -> Response:
    """Mark everything as read that the viewer has not."""
    ids = await messages_of(desk.request).unread_ids(desk.viewer.id, AT_ONCE)
    await desk.run(read_messages, tuple(ids), out=ReadOut)
    return desk.sent_back("/alerts/messages")


@pages.post("/alerts/messages/{message_id}/readings")
async def read(message_id: Id, desk: AtDesk) -> Response:
    """Mark a message as read and go to what it is about."""
    message = await desk.run(read_message, message_id, out=MessageOut)
    return desk.sent_back(f"/alerts/{message.issue_id}")
