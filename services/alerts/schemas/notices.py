"""Shapes of notices in alerts' API."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator

from services.alerts.domain.notice import Notice, NoticeText
from services.alerts.domain.season import Month, Season
from services.alerts.schemas.actions import Reason
from shared.language.i18n import _
from shared.web.field_errors import wrong
from shared.web.shapes import Id, In, Line

Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=4000)]
Version = Annotated[
    int | None, Field(ge=1, description="`version` of the notice as you saw it; 412 when it has changed")
]
ONE_MONTH = _("Give both months of the season, or neither.")


class NoticeFields(BaseModel):
    """What a notice says and to whom; no `audience` means everyone, no season all year."""

    title: Line
    hazard: Paragraph
    rule: Paragraph
    consequence: Paragraph
    product_code: Line | None = None
    product_name: Line | None = None
    season_first: Month | None = None
    season_last: Month | None = None
    audience: list[Line] = Field(default_factory=list, max_length=200)
    for_consumers: bool = False
    must_read: bool = False
    issue_id: Id | None = None

    @model_validator(mode="after")
    def _whole_season(self) -> Self:
        if (self.season_first is None) != (self.season_last is None):
            raise wrong(ONE_MONTH)
        return self

    def text(self) -> NoticeText:
        """What the domain knows of it."""
        plain = self.model_dump(include=set(NoticeText.model_fields))
        season = None
        if self.season_first is not None and self.season_last is not None:
            season = Season(first=self.season_first, last=self.season_last)
        return NoticeText(**plain, season=season)


class NoticeIn(NoticeFields, In):
    """A notice that is written."""


class RevisionIn(NoticeIn):
    """A draft that is written anew."""

    version: Version = None


class VersionIn(In):
    """A decision about a notice."""

    version: Version = None


class WithdrawIn(VersionIn):
    """Why it holds no longer."""

    reason: Reason


class NoticeOut(BaseModel):
    """One notice. `version` is its ETag; `read` says whether the one who asks has read this edition."""

    id: str
    number: str
    state: str
    edition: int
    title: str
    hazard: str
    rule: str
    consequence: str
    product_code: str | None
    product_name: str | None
    season: Season | None
    audience: list[str]
    for_consumers: bool
    must_read: bool
    issue_id: str | None
    issue_number: str | None
    drafted_by: str
    drafted_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    published_by: str | None
    published_at: datetime | None
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    reason: str | None
    turns_at: datetime | None
    version: int
    read: bool | None = None

    @classmethod
    def of(cls, notice: Notice) -> Self:
        """A notice."""
        own: dict[str, Any] = notice.model_dump()
        return cls.model_validate({**own, **own["text"], "version": notice.version})


class ShareOut(BaseModel):
    """How many of a department have read the present edition."""

    department: str
    read: int
    people: int
