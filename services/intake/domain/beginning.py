"""What a card begins with: sub-cases for the departments called on, clocks, and who has something to do."""

from datetime import datetime

from services.intake.domain.card_rules import CardRules
from services.intake.domain.clocks import start_first
from services.intake.domain.complaint import Complaint
from services.intake.domain.desk import settle
from services.intake.domain.parts import SubCase
from shared.identity.organisation import Organisation
from shared.runtime.clock import KOREA


def begin(
    complaint: Complaint, rules: CardRules, organisation: Organisation, now: datetime, *, to_heads: bool = False
) -> None:
    """Set the card going. Imported history is over already: nobody is called and no clock runs.

    `to_heads`: it is for the heads alone, who may hand it on to whom they choose.
    """
    if not complaint.has_card:
        complaint.cause_state = "none"
    if complaint.imported:
        complaint.closed_at = complaint.filed_at
    else:
        complaint.subcases = [
            call_on(routed.department, routed.head if to_heads else routed.assignee, organisation, now)
            for routed in complaint.departments
        ]
        start_first(complaint, rules, now)
    settle(complaint)


def call_on(department: str, assignee: str, organisation: Organisation, now: datetime) -> SubCase:
    """The sub-case of a department, in the hands of its assignee or of who stands in for them today."""
    acting = organisation.acting_for(assignee, now.astimezone(KOREA).date())
    if acting is None or acting.id == assignee:
        return SubCase(department=department, assignee=assignee, called_at=now)
    return SubCase(department=department, assignee=acting.id, deputises_for=assignee, called_at=now)
