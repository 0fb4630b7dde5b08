"""Notices are approved, published, come back with their season, are read, and are withdrawn."""

from datetime import datetime

from services.alerts.domain.notice import Notice, NoticeText, Reading
from shared.contracts.because import Because
from shared.contracts.notice import NoticePublished, NoticeRead, NoticeWithdrawn
from shared.errors import Conflict, Forbidden, Refused, StaleVersion
from shared.language.i18n import _
from shared.runtime.ids import derived_id


class NoSeason(Refused):
    """Twelve months are no season."""

    text = _("These are all twelve months; leave the season out, then the notice holds all year.")


class NoDraft(Conflict):
    """What is published is not changed."""

    text = _("This notice was published or withdrawn already; write a new one.")


class ApprovedAlready(Conflict):
    """It was approved."""

    text = _("This notice was approved already.")


class OwnDraft(Forbidden):
    """Nobody approves what they wrote."""

    text = _("Another person has to approve what you wrote.")


class NotApproved(Conflict):
    """Consumers see only what a second person has approved."""

    text = _("A notice that consumers may see has to be approved by another person first.")


class NotPublished(Conflict):
    """There is nothing to read or withdraw."""

    text = _("This notice does not hold at the moment.")


def seen(notice: Notice, version: int | None) -> None:
    """Refuses who decides on an older page: raises `StaleVersion`. None: the one who asks did not say."""
    if version is not None and version != notice.version:
        raise StaleVersion


def revise(notice: Notice, text: NoticeText, by: str, now: datetime) -> None:
    """Write a draft anew; an approval falls. Raises `NoDraft`."""
    if notice.state != "draft":
        raise NoDraft
    notice.text, notice.drafted_by, notice.drafted_at, notice.shown_at = text, by, now, now
    notice.approved_by = notice.approved_at = None


def check(text: NoticeText) -> None:
    """Raises `NoSeason` for a season that never ends."""
    if text.season is not None and text.season.is_whole_year:
        raise NoSeason("season_last")


def approve(notice: Notice, by: str, now: datetime) -> None:
    """A second person approves it. Raises `NoDraft`, `ApprovedAlready`, `OwnDraft`."""
    if notice.state != "draft":
        raise NoDraft
    if notice.approved_by is not None:
        raise ApprovedAlready
    if by == notice.drafted_by:
        raise OwnDraft
    notice.approved_by, notice.approved_at = by, now


def publish(notice: Notice, by: str, now: datetime) -> None:
    """It holds from now on, or from its next season. Raises `NoDraft`, `NotApproved`."""
    if notice.state != "draft":
        raise NoDraft
    if notice.text.for_consumers and notice.approved_by is None:
        raise NotApproved
    notice.published_by = by
    turn(notice, now)


def turn(notice: Notice, now: datetime) -> None:
    """Begin to hold or to rest, as its season says; without a season it holds at once."""
    season = notice.text.season
    notice.turns_at = season.turns_at(now) if season else None
    if season is not None and not season.holds(now):
        notice.state = "resting"
        notice.published_at = notice.published_at or now
        return
    notice.state, notice.published_at, notice.shown_at = "published", now, now
    notice.edition += 1
    _tell_published(notice)


def _tell_published(notice: Notice) -> None:
    text = notice.text
    because = []
    if text.season is not None:
        inputs: dict[str, str | int | float | bool] = {"first": text.season.first, "last": text.season.last}
        because = [Because(rule="notice.season", version="1", inputs=inputs)]
    notice.record(
        NoticePublished(
            notice_id=notice.id,
            number=notice.number,
            edition=notice.edition,
            title=text.title,
            hazard=text.hazard,
            rule=text.rule,
            consequence=text.consequence,
            product_code=text.product_code,
            issue_id=notice.issue_id,
            audience=text.audience,
            for_consumers=text.for_consumers,
            must_read=text.must_read,
            by=notice.published_by or "",
            because=because,
        )
    )


def withdraw(notice: Notice, by: str, reason: str, now: datetime) -> None:
    """It holds no longer, and does not come back. Raises `NotPublished` when it was withdrawn before."""
    if notice.state == "withdrawn":
        raise NotPublished
    notice.state, notice.turns_at = "withdrawn", None
    notice.withdrawn_by, notice.withdrawn_at, notice.reason, notice.shown_at = by, now, reason, now
    if notice.was_told:
        number, edition = notice.number, notice.edition
        notice.record(NoticeWithdrawn(notice_id=notice.id, number=number, edition=edition, by=by, reason=reason))


def reading_id(notice_id: str, edition: int, person: str) -> str:
    """The id under which a person's reading of an edition is kept."""
    return derived_id("reading", notice_id, edition, person)


def read(notice: Notice, person: str, department: str, now: datetime) -> Reading:
    """A person has read it. Raises `NotPublished`."""
    if notice.state != "published":
        raise NotPublished
    reading = Reading(
        id=reading_id(notice.id, notice.edition, person),
        notice_id=notice.id,
        edition=notice.edition,
        person=person,
        department=department,
        at=now,
    )
    reading.record(
        NoticeRead(notice_id=notice.id, number=notice.number, edition=notice.edition, by=person, department=department)
    )
    return reading
