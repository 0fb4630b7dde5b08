"""What the viewer may decide about an issue as a whole, as choices with words."""

from collections.abc import Sequence

from services.alerts.domain.issue import Issue
from services.alerts.domain.judging import missing
from services.alerts.domain.people import decides
from services.alerts.presenting.rows import FINDINGS
from services.alerts.presenting.speaker import Speaker
from services.alerts.views.issue import OtherView
from services.alerts.views.work import Choice, DecisionView, KindView
from shared.language.i18n import _
from shared.web.words import STEPS

HOURS = (1, 2, 4, 8, 12, 24, 48, 72, 168)
ONE_HOUR = _("1 hour")
SO_MANY_HOURS = _("{hours} hours")


def decision_of(
    issue: Issue, joined: Sequence[Issue], similar: list[OtherView], speaker: Speaker
) -> DecisionView | None:
    """The choices; None for those who decide nothing."""
    if not decides(speaker.viewer):
        return None
    longest = speaker.rules.playbook.silence_at_most / 3600
    hours = [hour for hour in HOURS if hour <= longest]
    live = [other for other in similar if other.state not in ("closed", "joined")]
    return DecisionView(
        steps=[Choice(str(step), speaker.say(STEPS[step].word)) for step in range(issue.step - 1, -1, -1)],
        hours=[Choice(str(h), speaker.say(ONE_HOUR if h == 1 else SO_MANY_HOURS, hours=h), h == 4) for h in hours],
        findings=[Choice(finding, speaker.say(word)) for finding, word in FINDINGS.items()],
        kinds=_kinds(speaker),
        departments=[
            Choice(department.code, department.names.in_(speaker.language))
            for department in speaker.organisation.departments
            if department.active
        ],
        joinable=[Choice(other.id, f"{other.number} · {other.title}") for other in live],
        missing=[sentence.in_(speaker.language) for sentence in missing(issue, joined)],
        may_silence=0 < issue.step < 3 and issue.silence is None,
    )


def _kinds(speaker: Speaker) -> list[KindView]:
    return [
        KindView(
            kind.kind,
            kind.text.in_(speaker.language),
            kind.instruction.in_(speaker.language),
            ", ".join(speaker.department(code) for code in kind.departments),
        )
        for kind in speaker.rules.containment.kinds
    ]
