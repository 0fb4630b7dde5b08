"""Notices are drafted, approved, published, read and withdrawn; seasonal ones come back by themselves."""

from services.alerts.domain import publishing
from services.alerts.domain.containment import UnknownDepartment
from services.alerts.domain.issue import Issue
from services.alerts.domain.notice import Notice, NoticeText, Reading
from services.alerts.repository.uow import AlertsUow
from shared.db.timers import Timer
from shared.errors import NotFound
from shared.privacy.masking import mask

SEASON_TURNS = "notice-season"


async def draft_notice(text: NoticeText, issue_id: str | None, uow: AlertsUow) -> Notice:
    """A person writes a notice, freely or out of an issue."""
    issue = await uow.get(Issue, issue_id) if issue_id else None
    if issue_id and issue is None:
        raise NotFound("issue_id")
    _check(text, uow)
    return uow.add(
        Notice(
            id=uow.new_id(),
            number=await uow.number(uow.number_series("N")),
            text=_masked(text),
            issue_id=issue.id if issue else None,
            issue_number=issue.number if issue else None,
            drafted_by=uow.person.id,
            drafted_at=uow.now,
            shown_at=uow.now,
        )
    )


async def revise_notice(notice_id: str, text: NoticeText, version: int | None, uow: AlertsUow) -> Notice:
    """A person writes a draft anew."""
    notice = await _notice(notice_id, version, uow)
    _check(text, uow)
    publishing.revise(notice, _masked(text), uow.person.id, uow.now)
    return notice


async def approve_notice(notice_id: str, version: int | None, uow: AlertsUow) -> Notice:
    """A second person approves a draft."""
    notice = await _notice(notice_id, version, uow)
    publishing.approve(notice, uow.person.id, uow.now)
    return notice


async def publish_notice(notice_id: str, version: int | None, uow: AlertsUow) -> Notice:
    """A notice begins to hold, or waits for its season."""
    notice = await _notice(notice_id, version, uow)
    publishing.publish(notice, uow.person.id, uow.now)
    _wait_for_season(notice, uow)
    issue = await uow.get(Issue, notice.issue_id, decide=True) if notice.issue_id else None
    if issue is not None:
        about = {"ko": f"{notice.number} {notice.text.title}", "en": f"{notice.number} {notice.text.title}"}
        issue.write("notice_published", uow.now, person=uow.person.id, about=about)
    return notice


async def withdraw_notice(notice_id: str, reason: str, version: int | None, uow: AlertsUow) -> Notice:
    """A person withdraws a notice."""
    notice = await _notice(notice_id, version, uow)
    publishing.withdraw(notice, uow.person.id, mask(reason), uow.now)
    return notice


async def read_notice(notice_id: str, uow: AlertsUow) -> Notice:
    """A person confirms to have read a notice; doing so again changes nothing."""
    notice = await uow.get(Notice, notice_id)
    if notice is None:
        raise NotFound
    person = uow.person
    known = await uow.get(Reading, publishing.reading_id(notice.id, notice.edition, person.id))
    if known is None:
        uow.add(publishing.read(notice, person.id, person.department, uow.now))
    return notice


async def turn_season(timer: Timer, uow: AlertsUow) -> None:
    """A season begins or ends: the notice comes back and has to be read anew, or rests."""
    notice = await uow.need(Notice, timer.subject)
    if notice.turns_at is None or notice.turns_at.isoformat() != timer.data["at"]:
        return
    publishing.turn(notice, uow.now)
    _wait_for_season(notice, uow)


def _check(text: NoticeText, uow: AlertsUow) -> None:
    publishing.check(text)
    for code in text.audience:
        department = uow.organisation.department(code)
        if department is None or not department.active:
            raise UnknownDepartment("audience")


def _wait_for_season(notice: Notice, uow: AlertsUow) -> None:
    if notice.turns_at is not None:
        uow.set_timer(SEASON_TURNS, notice.id, notice.turns_at, at=notice.turns_at.isoformat())


async def _notice(id: str, version: int | None, uow: AlertsUow) -> Notice:
    notice = await uow.get(Notice, id, decide=True)
    if notice is None:
        raise NotFound
    publishing.seen(notice, version)
    return notice


def _masked(text: NoticeText) -> NoticeText:
    plain = {name: mask(getattr(text, name)) for name in ("title", "hazard", "rule", "consequence")}
    return text.model_copy(update=plain)
