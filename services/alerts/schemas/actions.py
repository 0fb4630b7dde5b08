"""Shapes of what people send when they work on an issue, or decide about it."""

from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from shared.contracts.issue import Finding
from shared.web.shapes import Id, In, Line

LONGEST_NOTE = 2000
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_NOTE)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=LONGEST_NOTE)]
"""Why: what is decided about an issue is never without one."""
LONGEST_LOT = 60
Lot = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LOT)]
Stage = Annotated[int | None, Field(ge=0, description="`stage` of the issue as you saw it; 412 when it has changed")]


class AcknowledgeIn(In):
    """What the person who takes a call does first."""

    note: Note | None = None
    stage: Stage = None


class CompleteIn(In):
    """What was done, and where the proof is."""

    note: Note | None = None
    evidence: Line | None = None
    revision: Annotated[int | None, Field(ge=0, description="`revision` of the item as you saw it")] = None


class SettleIn(In):
    """Why an action is skipped, or taken back."""

    reason: Reason
    revision: Annotated[int | None, Field(ge=0, description="`revision` of the item as you saw it")] = None


class ContainIn(In):
    """What has to stop; no `lots` means every unit of the product, no `departments` those of the kind."""

    kind: Line
    lots: list[Lot] = Field(default_factory=list, max_length=50)
    departments: Annotated[list[Line] | None, Field(max_length=50)] = None
    instruction: Note | None = None


class ConfirmIn(In):
    """Which department has carried the order out."""

    department: Line
    note: Note | None = None


class LiftIn(In):
    """Why the order does not hold any longer."""

    reason: Reason


class LowerIn(In):
    """To which step, and why."""

    step: Annotated[int, Field(ge=0, le=2)]
    reason: Reason
    stage: Stage = None


class CloseIn(In):
    """What it was found to be, and why it may be closed."""

    finding: Finding
    reason: Reason
    stage: Stage = None


class ReopenIn(In):
    """Why it is open again."""

    reason: Reason
    stage: Stage = None


class SilenceIn(In):
    """Until when nobody is called, and why."""

    until: AwareDatetime
    reason: Reason
    stage: Stage = None


class EndSilenceIn(In):
    """A silence ends before its time."""

    stage: Stage = None


class JoinIn(In):
    """Which issue is the same problem (id), and why."""

    other: Id
    reason: Reason
    stage: Stage = None


class SplitIn(In):
    """What is another problem: a joined issue (id), or complaints (ids); and why."""

    issue: Id | None = None
    complaints: list[Id] = Field(default_factory=list, max_length=100)
    reason: Reason
    stage: Stage = None
