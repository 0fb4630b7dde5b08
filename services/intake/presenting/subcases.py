"""What each department owes or gave, as it is shown."""

from services.intake.domain.card import CS_ROLES, Card
from services.intake.domain.causes import PARTS
from services.intake.domain.complaint import Complaint
from services.intake.domain.parts import SubCase
from services.intake.presenting.clocks import clock_view
from services.intake.presenting.looking import Looking
from services.intake.presenting.offers import may_answer, may_return
from services.intake.presenting.options import colleagues
from services.intake.views.card import SubCaseView


def subcase_view(seen: SubCase, complaint: Complaint, held: Card, changes: bool, looking: Looking) -> SubCaseView:
    """One sub-case; `held` is the card as it is stored, in the reader's hands."""
    stored = held.complaint.subcase(seen.department) or seen
    works = held.works_on(seen.department)
    is_open = complaint.closed_at is None
    hands = changes and is_open and (works or bool(held.by.roles & CS_ROLES))
    may_give = changes and may_answer(held, stored)
    clock = next((c for c in complaint.clocks if c.name == "cause" and c.department == seen.department), None)
    cause = looking.rules.card.causes.by_code.get(seen.cause or "")
    return SubCaseView(
        code=seen.department,
        name=looking.department(seen.department),
        assignee=looking.person(seen.assignee),
        deputises_for=looking.person(seen.deputises_for) if seen.deputises_for else None,
        owes=complaint.has_card and seen.department in complaint.owing,
        clock=clock_view(clock, complaint, looking) if clock else None,
        acknowledged=looking.person(seen.acknowledged_by) if seen.acknowledged_by else None,
        cause=cause.names.in_(looking.language) if cause else seen.cause,
        cause_text=seen.cause_text,
        prevention=seen.prevention,
        given_by=looking.person(seen.given_by) if seen.given_by else None,
        given_at=seen.given_at,
        returned_by=looking.person(seen.returned_by) if seen.returned_by else None,
        returned_because=seen.returned_because,
        drawn={
            **({part: getattr(stored, part) or "" for part in PARTS} if may_give else {}),
            **({"assignee": stored.assignee} if hands else {}),
        },
        people=colleagues(seen.department, looking) if hands else (),
        may_answer=may_give,
        may_hand_over=hands,
        may_return=changes and may_return(held, stored, looking.rules.card),
        may_acknowledge=hands and works and stored.acknowledged_at is None and stored.owes and complaint.has_card,
    )
