"""Shapes of issues in alerts' API; never those of events."""

from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel

from services.alerts.domain.call import Call
from services.alerts.domain.case import Case
from services.alerts.domain.issue import NEVER, Issue
from services.alerts.domain.moment import Moment
from services.alerts.domain.sight import as_category, sees_details
from services.alerts.schemas.work import ContainmentOut, ItemOut
from shared.contracts.because import Because
from shared.identity.principal import Principal


class CallOut(BaseModel):
    """Who is called and until when; `turn` counts from 0 along `chain`, over all rounds. `held_until`: it is silent."""

    step: int
    person: str
    chain: list[str]
    turn: int
    acknowledge_by: datetime
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    given_up: bool
    held_until: datetime | None

    @classmethod
    def of(cls, call: Call) -> Self:
        """The call of an issue."""
        return cls.model_validate({**call.model_dump(), "person": call.person})


class SilenceOut(BaseModel):
    """Nobody is called before `until`, unless it goes to step 3."""

    until: datetime
    since: datetime
    by: str
    reason: str | None


class EndOut(BaseModel):
    """How it was closed."""

    at: datetime
    by: str
    finding: str
    reason: str | None


class IssueOut(BaseModel):
    """One issue. `version` is its ETag; `stage` counts what has to be seen before deciding."""

    id: str
    number: str
    state: str
    step: int
    severity: str
    product_code: str | None
    product_name: str | None
    problem: str
    problem_name: dict[str, str]
    complaints: int
    days: dict[str, int]
    opened_at: datetime
    due_at: datetime | None
    because: list[Because]
    call: CallOut | None
    silence: SilenceOut | None
    end: EndOut | None
    joined: list[str]
    joined_into: str | None
    stage: int
    version: int

    @classmethod
    def of(cls, issue: Issue) -> Self:
        """An issue as those see it who work on it."""
        own: dict[str, Any] = issue.model_dump(include=set(cls.model_fields) - {"call"})
        due_at = None if issue.due_at == NEVER else issue.due_at
        call = CallOut.of(issue.call) if issue.call else None
        return cls.model_validate(
            {**own, "state": issue.state, "due_at": due_at, "call": call, "version": issue.version}
        )

    def seen_by(self, viewer: Principal) -> Self:
        """The same as this person may see it."""
        return self if sees_details(viewer) else self.model_copy(update=self._plain())

    def _plain(self) -> dict[str, Any]:
        """What others see instead: no words of a complaint, and no notes."""
        plain: dict[str, Any] = {"because": as_category(self.because)}
        for name, decided in (("silence", self.silence), ("end", self.end)):
            plain[name] = decided.model_copy(update={"reason": None}) if decided else None
        return plain


class IssueDetail(IssueOut):
    """One issue with its checklist and its containment orders."""

    checklist: list[ItemOut]
    containments: list[ContainmentOut]

    @classmethod
    def of(cls, issue: Issue) -> Self:
        """An issue with what is done about it."""
        own = IssueOut.of(issue).model_dump()
        items = [ItemOut.of(item) for item in issue.checklist]
        orders = [ContainmentOut.of(order) for order in issue.containments]
        return cls.model_validate({**own, "checklist": items, "containments": orders})

    def _plain(self) -> dict[str, Any]:
        items = [item.model_copy(update={"note": None, "evidence": None}) for item in self.checklist]
        orders = [order.without_notes() for order in self.containments]
        return super()._plain() | {"checklist": items, "containments": orders}


class MomentOut(BaseModel):
    """One thing that happened to an issue; `n` counts from 1."""

    n: int
    at: datetime
    what: str
    step: int
    person: str | None
    note: str | None
    about: dict[str, str]
    because: list[Because]

    @classmethod
    def of(cls, moment: Moment, viewer: Principal) -> Self:
        """A moment as this person may see it."""
        plain = {} if sees_details(viewer) else {"note": None, "because": as_category(moment.because)}
        return cls.model_validate(moment.model_dump() | plain)


class CaseOut(BaseModel):
    """A complaint behind an issue, masked; `title` is null for those who do not work on cases."""

    id: str
    number: str
    title: str | None
    product_code: str | None
    lot: str | None
    category: str
    hazard: str | None
    severity: str
    imported: bool
    filed_at: datetime
    because: list[Because]

    @classmethod
    def of(cls, case: Case, viewer: Principal) -> Self:
        """A case as this person may see it."""
        plain = {} if sees_details(viewer) else {"title": None, "because": as_category(case.because)}
        return cls.model_validate(case.model_dump() | plain)
