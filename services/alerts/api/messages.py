"""In-app messages over HTTP."""

from fastapi import APIRouter, Request

from services.alerts.api.reading import ROOT, at, behind_time, messages_of
from services.alerts.handlers.messages import read_message
from services.alerts.schemas.messages import MessageOut
from shared.identity.policy import EVERYONE, Rule
from shared.web.bodies import JsonRoute
from shared.web.gate import Viewer
from shared.web.paging import Page, PagingQuery
from shared.web.run import Runner
from shared.web.shapes import Id

POLICY = [
    Rule("GET", f"{ROOT}/messages", EVERYONE),
    Rule("POST", f"{ROOT}/messages/{{message_id}}/readings", EVERYONE),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["messages"])


@router.get("/messages")
async def list_messages(viewer: Viewer, request: Request, paging: PagingQuery) -> Page[MessageOut]:
    """In-app messages to the one who asks, newest first."""
    found = await messages_of(request).page(viewer.id, behind_time(paging.after), paging.fetch)
    shown, following = paging.cut(found, lambda message: at(message.at, message.id))
    return Page(items=[MessageOut.of(message) for message in shown], next=following)


@router.post("/messages/{message_id}/readings", status_code=201)
async def read(message_id: Id, run: Runner) -> MessageOut:
    """Mark a message to you as read; again changes nothing."""
    return await run(read_message, message_id, out=MessageOut)
