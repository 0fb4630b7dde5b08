"""My work as it is shown: what to do with each card, by when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.intake.domain.clocks import running
from services.intake.domain.complaint import Complaint
from services.intake.domain.desk import NEVER
from services.intake.domain.states import DONE
from services.intake.presenting.looking import Looking
from services.intake.presenting.queue import PATH
from services.intake.views.work import Duty, DutyGroup
from shared.language.i18n import _
from shared.web.words import SEVERITIES

GIVE_CAUSE: Final = _("Give cause and prevention for {department}")
GIVE_AGAIN: Final = _("Returned: give cause and prevention for {department} again")
TAKE: Final = _("Take in hand")
ANSWER: Final = _("Answer the customer")
REVIEW: Final = _("Review the answer that the customer refused")
FINISH_DRAFT: Final = _("Finish and send the answer")
CALL_ON: Final = _("Call on a department")
CUSTOMER: Final = _("Waiting for the customer")
SEE_ON: Final = _("See that the cause is removed")
OVERDUE: Final = _("Overdue")
TODAY: Final = _("Due today")
LATER: Final = _("Later")


class WorkPresenter:
    """Tells one reader what waits for them."""

    def __init__(self, looking: Looking, tomorrow: datetime) -> None:
        self._looking, self._tomorrow = looking, tomorrow

    def duties(self, complaint: Complaint) -> list[Duty]:
        """What this card asks of the reader: for each department they have it in hand for, and as who answers."""
        me = self._looking.viewer.id
        owed = [one for one in complaint.subcases if one.assignee == me and one.department in complaint.waits_for]
        found = [
            self._duty(complaint, self._owes(complaint, s.department, s.returned_because), s.department) for s in owed
        ]
        if complaint.owner == me and complaint.open:
            found.append(self._duty(complaint, self._as_owner(complaint), None))
        return found

    def groups(self, duties: Sequence[Duty]) -> list[DutyGroup]:
        """By day: what is overdue, what ends today, the rest."""
        ordered = sorted(duties, key=lambda duty: duty.due_at or NEVER)
        overdue = [d for d in ordered if d.due_at is not None and d.due_at < self._looking.now]
        today = [d for d in ordered if d.due_at is not None and self._looking.now <= d.due_at < self._tomorrow]
        later = [d for d in ordered if d not in overdue and d not in today]
        kinds = ((OVERDUE, "danger", overdue), (TODAY, "warning", today), (LATER, "calm", later))
        return [DutyGroup(self._looking.say(word), tone, some) for word, tone, some in kinds if some]

    def _duty(self, complaint: Complaint, what: str, department: str | None) -> Duty:
        clocks = [c for c in running(complaint) if c.department == department]
        return Duty(
            number=complaint.number,
            title=self._looking.eyes(complaint).title(complaint, complaint.title),
            what=what,
            href=f"{PATH}?assignee=me&card={complaint.number}",
            severity=SEVERITIES[complaint.severity],
            due_at=min((clock.due_at for clock in clocks), default=None),
            is_paused=complaint.pause is not None,
            version=complaint.version,
            id=f"{complaint.id}-{department or 'owner'}",
        )

    def _owes(self, complaint: Complaint, department: str, returned: str | None) -> str:
        name = self._looking.department(department)
        return self._looking.say(GIVE_AGAIN if returned else GIVE_CAUSE, department=name)

    def _as_owner(self, complaint: Complaint) -> str:
        say = self._looking.say
        if complaint.pause is not None:
            return say(CUSTOMER)
        if complaint.state in DONE["customer"]:
            return say(SEE_ON)
        if complaint.draft is not None:
            return say(FINISH_DRAFT)
        return say(
            {"reviewing": REVIEW, "received": CALL_ON, "assigned": TAKE, "answered": CUSTOMER}.get(
                complaint.state, ANSWER
            )
        )
