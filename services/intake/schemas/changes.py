"""Shapes of what is done to a card, from programs."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from services.intake.domain.changes import Drawn
from services.intake.domain.filing import Code, Remedy
from services.intake.domain.overriding import CLASSIFIED
from services.intake.domain.persons import Day, visible
from shared.contracts.card import Evidence
from shared.contracts.complaint import Kind, Severity
from shared.web import shapes
from shared.web.shapes import Id, In, Line

Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(visible)
]
Text = Annotated[shapes.Text, AfterValidator(visible)]
Codes = Annotated[list[Id], Field(max_length=20)]
MOST_AT_ONCE = 200


class DrawnIn(In):
    """What a form was drawn from: the card's version, and the value that it showed of each field."""

    version: Annotated[int, Field(ge=0)]
    values: dict[str, str | None] = Field(default_factory=dict)

    def read(self) -> Drawn:
        """As the domain knows it."""
        return Drawn(self.version, self.values)


class ChangeIn(In):
    """A change that is refused field by field when somebody else wrote the field meanwhile."""

    drawn: DrawnIn | None = None

    def from_which(self) -> Drawn | None:
        """What the form was drawn from."""
        return self.drawn.read() if self.drawn else None


class OwnerIn(ChangeIn):
    """Who answers the customer."""

    owner: Id


class HandOverIn(ChangeIn):
    """Who has a department's work in hand from now on."""

    assignee: Id
    reason: Reason | None = None


class BulkIn(In):
    """Many complaints that one person takes, or gives to somebody."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_AT_ONCE)]
    owner: Id


class DepartmentsIn(In):
    """Departments to call on and to let go."""

    add: Codes = Field(default_factory=list)
    remove: Codes = Field(default_factory=list)
    reason: Reason


class AcknowledgementIn(In):
    """Taken in hand, for a department or (without one) as the one who answers."""

    department: Id | None = None


class OverrideIn(ChangeIn):
    """What the machine decided or the customer filed, corrected; fields that are absent stay."""

    kind: Kind | None = None
    category: Id | None = None
    severity: Severity | None = None
    product_code: Code | None = None
    product_name: Line | None = None
    lot: Code | None = None
    manufactured_on: Day | None = None
    bought_on: Day | None = None
    reason: Reason

    def wanted(self) -> dict[str, str | None]:
        """The fields that were sent; null takes a fact away."""
        sent = self.model_dump(mode="json", exclude_unset=True, exclude={"reason", "drawn"})
        return {name: value for name, value in sent.items() if value or name not in CLASSIFIED}


class CauseIn(ChangeIn):
    """A department's cause and how it will not happen again; all of it is needed."""

    cause: Id
    cause_text: Text
    prevention: Text

    def given(self) -> dict[str, str]:
        """As the domain knows it."""
        return {"cause": self.cause, "cause_text": self.cause_text, "prevention": self.prevention}


class ReasonIn(In):
    """Why something is done."""

    reason: Reason


class NoteIn(In):
    """A comment, a note."""

    text: Text


class RemovalIn(In):
    """What is done so that the cause goes; from which day or lot on it is gone."""

    text: Text
    effective_from: Day | None = None
    effective_lot: Code | None = None


class VerificationIn(In):
    """On which evidence the cause is verified as removed."""

    evidence: Evidence
    text: Text


class AnswerIn(ChangeIn):
    """An answer to the customer; without `send` it is kept as a draft."""

    stage: Literal["interim", "final"]
    text: Text
    remedies: Annotated[list[Remedy], Field(max_length=10)] = Field(default_factory=list)
    recourse: Codes = Field(default_factory=list)
    send: bool = False


class ReferralIn(In):
    """To which body outside the customer's side is handed over."""

    body: Id
    number: Code | None = None
    reason: Reason


class ReopeningIn(In):
    """Which side is opened again, and why."""

    side: Literal["customer", "cause"]
    reason: Reason


class PresenceIn(In):
    """What somebody does with the card: looks at it, or writes in one of its forms."""

    doing: Literal["reading", "editing"] = "editing"
