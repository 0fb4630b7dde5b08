"""One issue as a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.alerts.domain.case import Case
from services.alerts.domain.issue import Issue
from services.alerts.domain.moment import Moment
from services.alerts.domain.notice import Notice
from services.alerts.domain.people import day_of
from services.alerts.presenting.decide import decision_of
from services.alerts.presenting.moments import moment_of
from services.alerts.presenting.rows import row_of
from services.alerts.presenting.signs import ISSUE, sign_of
from services.alerts.presenting.speaker import Speaker
from services.alerts.presenting.work import earlier_items, items_of, orders_of, rings_of
from services.alerts.views.board import NoticeLine
from services.alerts.views.issue import ComplaintView, IssueView, OtherView
from services.alerts.views.typed import Typed
from shared.language.i18n import _

SAME_PRODUCT = _("Same product")
SAME_PROBLEM = _("Same problem")
SAME_BOTH = _("Same product and problem")
JOINED = _("Joined to this one")
MOST_SIMILAR = 6
FEW = 10
NEWEST_MOMENTS = 20


@dataclass(frozen=True, slots=True)
class Behind:
    """What was read for an issue's page."""

    issue: Issue
    cases: Sequence[Case] = ()
    moments: Sequence[Moment] = ()
    notices: Sequence[Notice] = ()
    similar: Sequence[Issue] = ()
    joined: Sequence[Issue] = ()
    joined_into: Issue | None = None
    typed: Typed = field(default_factory=Typed)
    last_event: str | None = None


def issue_page(behind: Behind, speaker: Speaker, now: datetime) -> IssueView:
    """The page of one issue."""
    issue, today = behind.issue, day_of(now)
    similar = [_similar(other, issue, speaker) for other in behind.similar]
    silence = issue.silence
    reason = silence.reason if silence and speaker.sees_details else None
    return IssueView(
        row=row_of(issue, speaker, now),
        items=items_of(issue, speaker, today),
        earlier=earlier_items(issue, speaker, today),
        rings=rings_of(issue, speaker),
        orders=orders_of(issue, speaker),
        notices=[NoticeLine(n.number, n.text.title, f"/alerts/notices/{n.id}", sign_of(n)) for n in behind.notices],
        complaints=[complaint_of(case, speaker) for case in behind.cases[:FEW]],
        similar=similar,
        joined=[_other(other, speaker, JOINED) for other in behind.joined],
        joined_into=_other(behind.joined_into, speaker, "") if behind.joined_into else None,
        timeline=[moment_of(moment, speaker) for moment in behind.moments[:NEWEST_MOMENTS]],
        silence=(speaker.name(silence.by), reason) if silence else None,
        decide=decision_of(issue, behind.joined, similar, speaker),
        may_notify=not speaker.viewer.roles.isdisjoint({"safety_officer", "cs_manager"}),
        typed=behind.typed,
        last_event=behind.last_event,
    )


def complaint_of(case: Case, speaker: Speaker) -> ComplaintView:
    """One complaint behind an issue."""
    return ComplaintView(
        id=case.id,
        number=case.number,
        title=case.title if speaker.sees_details else None,
        severity="minor" if case.severity == "none" else case.severity,
        href=f"/intake/complaints/{case.id}",
        filed_at=case.filed_at,
        imported=case.imported,
    )


def _similar(other: Issue, issue: Issue, speaker: Speaker) -> OtherView:
    product = bool(issue.product_code) and other.product_code == issue.product_code
    same = SAME_BOTH if product and other.problem == issue.problem else SAME_PRODUCT if product else SAME_PROBLEM
    return _other(other, speaker, same)


def _other(other: Issue, speaker: Speaker, why: str) -> OtherView:
    return OtherView(
        id=other.id,
        number=other.number,
        title=speaker.title(other),
        href=f"/alerts/{other.id}",
        step=other.step,
        state=other.state,
        sign=ISSUE[other.state],
        why=speaker.say(why) if why else "",
        at=other.opened_at,
    )
