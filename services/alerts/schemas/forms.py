"""The forms of alerts' pages: as the API's bodies, but read from what a browser sends."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field, field_validator

from services.alerts.schemas.actions import LONGEST_LOT, Lot, Note, Reason
from services.alerts.schemas.notices import NoticeFields
from shared.contracts.issue import Finding
from shared.language.i18n import _
from shared.web.field_errors import wrong
from shared.web.shapes import FormIn, Id, Line

MOST_LOTS: Final = 50
TOO_MANY_LOTS = _("At most {most} lots at once.")
TOO_LONG_LOT = _("A lot number has at most {most} characters; separate several by commas.")
_BETWEEN: Final = re.compile(r"[,;\n]+")


def _parted(lots: str) -> list[Lot]:
    return [lot.strip() for lot in _BETWEEN.split(lots) if lot.strip()]


def _said(text: str | None) -> str | None:
    return text or None


Optional = Annotated[Note | None, AfterValidator(_said)]


class StageForm(FormIn):
    """A decision about the whole issue: `stage` is what its writer saw."""

    stage: Annotated[int, Field(ge=0)]


class AcknowledgeForm(StageForm):
    """What the person who takes a call does first."""

    note: Optional = None


class ReasonForm(StageForm):
    """A decision that needs a reason."""

    reason: Reason


class LowerForm(ReasonForm):
    """To which step, and why."""

    step: Annotated[int, Field(ge=0, le=2)]


class SilenceForm(ReasonForm):
    """For how many hours nobody is called, and why."""

    hours: Annotated[int, Field(ge=1, le=8760)]


class CloseForm(ReasonForm):
    """What it was found to be, and why it may be closed."""

    finding: Finding


class JoinForm(ReasonForm):
    """Which issue is the same problem, by number, and why."""

    other: Id


class SplitForm(ReasonForm):
    """Which joined issue, or which complaints, are another problem; and why."""

    issue: Id | None = None
    complaints: list[Id] = Field(default_factory=list, max_length=100)


class ItemForm(FormIn):
    """What became of an action; `revision` is what its writer saw."""

    revision: Annotated[int, Field(ge=0)]
    note: Optional = None
    evidence: Annotated[str, Field(max_length=200)] | None = None


class ItemReasonForm(FormIn):
    """Why an action is skipped or taken back."""

    revision: Annotated[int, Field(ge=0)]
    note: Reason


class ContainForm(FormIn):
    """What has to stop; lots are separated by commas or lines."""

    kind: Line
    lots: str = ""
    departments: list[Line] = Field(default_factory=list, max_length=200)
    instruction: Optional = None

    @field_validator("lots")
    @classmethod
    def _few(cls, lots: str) -> str:
        several = _parted(lots)
        if len(several) > MOST_LOTS:
            raise wrong(TOO_MANY_LOTS, most=MOST_LOTS)
        if any(len(lot) > LONGEST_LOT for lot in several):
            raise wrong(TOO_LONG_LOT, most=LONGEST_LOT)
        return lots

    @property
    def several(self) -> list[Lot]:
        """The lots, one by one."""
        return _parted(self.lots)


class ConfirmForm(FormIn):
    """A department has carried an order out."""

    department: Line
    note: Optional = None


class LiftForm(FormIn):
    """Why an order does not hold any longer."""

    reason: Reason


class NoticeForm(NoticeFields, FormIn):
    """A notice from a page; `version` is that of the draft its writer saw."""

    version: int | None = None


class VersionForm(FormIn):
    """A decision about a notice."""

    version: int


class WithdrawForm(VersionForm):
    """Why a notice holds no longer."""

    reason: Reason
