"""What happened to an issue, as sentences."""

from services.alerts.domain.moment import Moment, What
from services.alerts.presenting.speaker import Speaker
from services.alerts.views.issue import MomentView
from shared.language.i18n import _

TEXTS: dict[What, str] = {
    "opened": _("Opened"),
    "escalated": _("Raised to step {step}"),
    "called": _("Called {person}"),
    "acknowledged": _("{person} acknowledged"),
    "unanswered": _("{person} did not acknowledge in time"),
    "given_up": _("Nobody of the whole chain acknowledged"),
    "held": _("Silent: nobody is called yet"),
    "action_done": _("{person} did: {about}"),
    "action_skipped": _("{person} skipped: {about}"),
    "action_undone": _("{person} took back: {about}"),
    "action_overdue": _("Late: {about}"),
    "containment_ordered": _("{person} ordered containment: {about}"),
    "containment_confirmed": _("{department} carried out: {about} ({person})"),
    "containment_overdue": _("{department} is late: {about}"),
    "containment_lifted": _("{person} lifted: {about}"),
    "contained": _("Contained: every department has carried out every order"),
    "lowered": _("{person} lowered it to step {step}"),
    "silenced": _("{person} silenced it"),
    "silence_over": _("The silence is over"),
    "closed": _("{person} closed it"),
    "reopened": _("Opened again"),
    "joined": _("{person} joined {about}"),
    "split": _("{person} split {about}"),
    "notice_published": _("{person} published a notice: {about}"),
}
GRAVE = frozenset({"escalated", "unanswered", "given_up", "action_overdue", "containment_overdue", "reopened"})
GOOD = frozenset({"acknowledged", "action_done", "containment_confirmed", "contained", "closed"})


def moment_of(moment: Moment, speaker: Speaker) -> MomentView:
    """One line of the timeline."""
    said = speaker.say(
        TEXTS[moment.what],
        step=moment.step,
        person=speaker.name(moment.person),
        about=speaker.word({name: text for name, text in moment.about.items() if name in ("ko", "en")}),
        department=speaker.department(moment.about.get("department")),
    )
    tone = "warning" if moment.what in GRAVE else "good" if moment.what in GOOD else "calm"
    return MomentView(
        n=moment.n,
        at=moment.at,
        text=said,
        note=moment.note if speaker.sees_details else None,
        tone=tone,
        because=speaker.reasons(moment.because) if moment.what in ("escalated", "reopened") else [],
    )
