"""The customer's side over HTTP: answers, comments, waiting, the end of it."""

from fastapi import APIRouter, Request

from services.intake.api.complaints import ROOT, found_complaint
from services.intake.api.work import CS, Working, at
from services.intake.domain.answering import Reply
from services.intake.domain.letter import read_letter
from services.intake.handlers.answering import write_answer
from services.intake.handlers.customer_side import (
    close_card,
    comment_on,
    pause_card,
    refer_card,
    refuse_by_phone,
    resolve_by_phone,
    resume_card,
    withdraw_by_phone,
)
from services.intake.repository.cards import Cards
from services.intake.repository.contacts import Contacts
from services.intake.schemas.cards import AnswerText, CardChanged
from services.intake.schemas.changes import AnswerIn, NoteIn, ReasonIn, ReferralIn
from shared.errors import NotFound
from shared.identity.policy import EVERYONE, Rule
from shared.web.bodies import JsonRoute
from shared.web.shapes import Id

BY_CS = (
    "/answers", "/pauses", "/resumptions", "/resolutions", "/refusals", "/withdrawals", "/referrals", "/closures",
)  # fmt: skip
POLICY = [
    *(Rule("POST", f"{ROOT}{at(path)}", *CS) for path in BY_CS),
    Rule("GET", f"{ROOT}{at('/answers/{answer_id}')}", *CS),
    Rule("POST", f"{ROOT}{at('/comments')}", EVERYONE),
]

router = APIRouter(prefix=ROOT, route_class=JsonRoute, tags=["cards"])


@router.post(at("/answers"), status_code=201)
async def answer(body: AnswerIn, work: Working) -> CardChanged:
    """Keep an answer to the customer as the draft, or send it (`send`)."""
    reply = Reply(body.stage, body.text, tuple(body.remedies), tuple(body.recourse))
    return await work(write_answer, reply, body.from_which(), body.send)


@router.get(at("/answers/{answer_id}"))
async def read_answer(complaint_id: Id, answer_id: Id, request: Request) -> AnswerText:
    """An answer as it was really written, for those who answer."""
    running = request.app.state.running
    complaint = await found_complaint(complaint_id, request)
    contact = await Contacts(running.mongo).one(complaint.id)
    letters = await Cards(running.mongo).letters(complaint.id)
    letter = next((one for one in letters if one.id == answer_id and one.kind == "answer"), None)
    if letter is None or contact is None:
        raise NotFound
    return AnswerText(id=letter.id, text=read_letter(letter, contact, running.vault))


@router.post(at("/comments"), status_code=201)
async def comment(body: NoteIn, work: Working) -> CardChanged:
    """A comment among those who work here; names and numbers in it are masked."""
    return await work(comment_on, body.text)


@router.post(at("/pauses"), status_code=201)
async def pause(body: ReasonIn, work: Working) -> CardChanged:
    """Wait for the customer: clocks that may pause stand still."""
    return await work(pause_card, body.reason)


@router.post(at("/resumptions"), status_code=201)
async def resume(work: Working) -> CardChanged:
    """Wait no longer."""
    return await work(resume_card)


@router.post(at("/resolutions"), status_code=201)
async def resolve(body: NoteIn, work: Working) -> CardChanged:
    """The customer said that they accept the answer; the note says when and how."""
    return await work(resolve_by_phone, body.text)


@router.post(at("/refusals"), status_code=201)
async def refuse(body: ReasonIn, work: Working) -> CardChanged:
    """The customer said that they do not accept: another person has to review it."""
    return await work(refuse_by_phone, body.reason)


@router.post(at("/withdrawals"), status_code=201)
async def withdraw(body: ReasonIn, work: Working) -> CardChanged:
    """The customer said that they take it back; the cause is looked for all the same."""
    return await work(withdraw_by_phone, body.reason)


@router.post(at("/referrals"), status_code=201)
async def refer(body: ReferralIn, work: Working) -> CardChanged:
    """Hand the customer's side over to a body outside."""
    return await work(refer_card, body.body, body.number, body.reason)


@router.post(at("/closures"), status_code=201)
async def close(work: Working) -> CardChanged:
    """Close the card; refused with everything that is missing while a side is not done."""
    return await work(close_card)
