"""Silence (알림 멈춤): for a reason and until a time, nobody is called about an issue. Never on step 3."""

from datetime import datetime, timedelta

from services.alerts.domain.acting import NotLive
from services.alerts.domain.issue import Issue
from services.alerts.domain.judgement import Silence
from services.alerts.domain.playbook import Playbook
from shared.contracts.issue import IssueSilenced
from shared.errors import Conflict, Refused
from shared.language.i18n import _


class NeverSilent(Conflict):
    """Step 3 rings."""

    text = _("Step 3 is never silent. Acknowledge the call, or lower the step with a reason.")


class SilentAlready(Conflict):
    """It is silent."""

    text = _("This issue is silent already.")


class NotSilent(Conflict):
    """There is nothing to end."""

    text = _("This issue is not silent.")


class NotSoLong(Refused):
    """A silence lies ahead and ends soon."""

    text = _("Choose a time that lies ahead, at most {hours} hours from now.")


def silence(issue: Issue, wanted: Silence, playbook: Playbook) -> None:
    """Call nobody before `until`. Raises `NotLive`, `NeverSilent`, `SilentAlready`, `NotSoLong`."""
    if not issue.is_live:
        raise NotLive
    if issue.step == 3:
        raise NeverSilent
    if issue.silence is not None:
        raise SilentAlready
    longest = timedelta(seconds=playbook.silence_at_most)
    if not wanted.since < wanted.until <= wanted.since + longest:
        raise NotSoLong("until", hours=round(longest.total_seconds() / 3600))
    issue.silence = wanted
    issue.stage += 1
    if issue.call is not None and issue.call.rings:
        issue.call.held_until = wanted.until
        issue.call.acknowledge_by = wanted.until + playbook.rule(issue.call.step).patience
    issue.write("silenced", wanted.since, person=wanted.by, note=wanted.reason)
    _tell(issue, until=wanted.until, by=wanted.by, reason=wanted.reason)


def end_silence(issue: Issue, by: str | None, now: datetime) -> None:
    """Its time is over (`by` is None), a person ends it, or step 3 does. Raises `NotSilent`."""
    if issue.silence is None:
        raise NotSilent
    issue.silence = None
    issue.stage += 1
    issue.write("silence_over", now, person=by)
    _tell(issue, by=by)


def _tell(issue: Issue, *, until: datetime | None = None, by: str | None = None, reason: str | None = None) -> None:
    issue.record(IssueSilenced(issue_id=issue.id, number=issue.number, until=until, by=by, reason=reason))
