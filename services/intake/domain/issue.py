"""Intake's copy of the issues of alerts, and of the improvement tasks that were verified for them."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from services.intake.domain.complaint import Complaint
from services.intake.domain.parts import IssueLink
from services.intake.domain.recurrence import Fix
from shared.contracts.improvement import ImprovementVerified
from shared.contracts.issue import Step
from shared.db.aggregate import Aggregate, Document, index


class KnownIssue(Aggregate):
    """Copy of an issue. Each field is kept by the newest of the issue's own events that told it (`heard`).

    `joined_into` is the issue that it was found to be the same as; that one's events tell it.
    """

    collection: ClassVar[str] = "issues"
    indexes: ClassVar[tuple[Document, ...]] = (index("joined_into", sparse=True),)

    number: str | None = None
    step: Step = 0
    complaints: int = 0
    acknowledged_by: str | None = None
    improvement_id: str | None = None
    parents: list[IssueLink] = Field(default_factory=list)
    joined_into: str | None = None
    heard: dict[str, int] = Field(default_factory=dict)

    def hear(self, sequence: int, **told: object) -> None:
        """Take what an event tells, field by field, unless a newer event told it already."""
        for name, value in told.items():
            if sequence > self.heard.get(name, 0):
                setattr(self, name, value)
                self.heard[name] = sequence

    def join(self, parent: str, inside: bool, sequence: int) -> None:
        """Another issue says that this one counts there, or does no more."""
        if _hear_link(self.parents, parent, inside, sequence):
            self.joined_into = _inside(self.parents)

    def take_over(self, told: "KnownIssue") -> None:
        """Take what another copy has heard, unless this one has heard something newer."""
        for name, sequence in told.heard.items():
            if sequence >= self.heard.get(name, 0):
                setattr(self, name, getattr(told, name))
                self.heard[name] = sequence
        links = {link.issue_id: link for link in self.parents}
        for link in told.parents:
            if link.issue_id not in links or link.sequence >= links[link.issue_id].sequence:
                links[link.issue_id] = link
        self.parents, self.joined_into = list(links.values()), _inside(list(links.values()))
        self.improvement_id = told.improvement_id or self.improvement_id


class Improvement(Aggregate):
    """An improvement task that was verified, as it was told; `failed_at` is when its cause came back since."""

    collection: ClassVar[str] = "improvements"

    told: Document
    verified_at: datetime
    failed_at: datetime | None = None

    @property
    def event(self) -> ImprovementVerified:
        """What was told."""
        return ImprovementVerified.model_validate(self.told)

    @property
    def fix(self) -> Fix:
        """The fix that later complaints are held to."""
        told = self.event
        return Fix(
            id=self.id,
            effective_from=told.effective_from.isoformat(),
            effective_lot=told.effective_lot,
            verified_at=self.verified_at,
            verified_by=told.verified_by,
            evidence=told.evidence,
        )


def link(complaint: Complaint, issue_id: str, inside: bool, sequence: int) -> tuple[str | None, str | None] | None:
    """An issue says that it has the complaint, or has it no more. (issue before, issue now) when that changed.

    Events of several issues come in any order: each issue's own last word counts, and among those that have the
    complaint (one, once all were heard) the first by id is shown.
    """
    if not _hear_link(complaint.issues, issue_id, inside, sequence):
        return None
    before, complaint.issue_id = complaint.issue_id, _inside(complaint.issues)
    return None if before == complaint.issue_id else (before, complaint.issue_id)


def _hear_link(links: list[IssueLink], issue_id: str, inside: bool, sequence: int) -> bool:
    """Keep the newest that an issue said of something; whether this was it."""
    known = next((one for one in links if one.issue_id == issue_id), None)
    if known is None:
        links.append(IssueLink(issue_id=issue_id, inside=inside, sequence=sequence))
        return True
    if sequence <= known.sequence:
        return False
    known.inside, known.sequence = inside, sequence
    return True


def _inside(links: list[IssueLink]) -> str | None:
    return min((one.issue_id for one in links if one.inside), default=None)
