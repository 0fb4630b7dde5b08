"""A card read together for its page: the complaint, its timeline, its issue, its files."""

from dataclasses import replace

from fastapi import Request

from services.intake.api.cards import cards_of
from services.intake.api.complaints import found_complaint
from services.intake.domain.access import may_open_files
from services.intake.domain.complaint import Complaint
from services.intake.domain.entry import first_entries
from services.intake.domain.letter import read_letter
from services.intake.domain.parts import Answer
from services.intake.domain.sides import FIRST_ENTRIES
from services.intake.presenting.card_page import CardPagePresenter
from services.intake.presenting.looking import Looking
from services.intake.repository.attachments import Attachments
from services.intake.repository.contacts import Contacts
from services.intake.views.card import CardView, Fact
from shared.runtime.ids import random_id

FILES = "/api/intake/v1/attachments"
MOST_ENTRIES = 500
"""Happenings that a page shows."""


async def card_of(id: str, request: Request, looking: Looking, back: str) -> CardView:
    """The card as this reader sees it; `back` is the page on which it stands. Raises `NotFound`."""
    complaint = await found_complaint(id, request)
    cards = cards_of(request)
    later = await cards.entries(complaint.id, FIRST_ENTRIES, MOST_ENTRIES)
    issues = await cards.issues([complaint.issue_id] if complaint.issue_id else [])
    entries = [*first_entries(complaint), *later]
    present = CardPagePresenter(looking, back, random_id())
    card = present.card(complaint, entries, issues.get(complaint.issue_id or ""))
    if complaint.attachments and card.hidden != "content":
        card = replace(card, attachments=await _files(complaint, request, looking))
    if "answer" in card.offers and complaint.draft is not None:
        card = replace(card, draft_text=await _draft(complaint, complaint.draft, request))
    return card


async def _files(complaint: Complaint, request: Request, looking: Looking) -> list[Fact]:
    """Kind and size of the files; names of files may name people, and stay sealed until one is opened."""
    opens = may_open_files(looking.viewer, complaint)
    kept = await Attachments(request.app.state.running.mongo).some(complaint.attachments)
    return [
        Fact(each.kind.upper(), f"{max(1, each.size // 1024):,} KB", f"{FILES}/{each.id}/content" if opens else None)
        for each in kept
    ]


async def _draft(complaint: Complaint, draft: Answer, request: Request) -> str:
    """The draft as it was really written; its masked copy where that cannot be read any more."""
    running = request.app.state.running
    contact = await Contacts(running.mongo).one(complaint.id)
    letters = await cards_of(request).letters(complaint.id)
    letter = next((one for one in letters if one.id == draft.id), None)
    return read_letter(letter, contact, running.vault) if letter and contact else draft.text
