"""Issues as pages show them: sentences instead of codes, names instead of ids."""

from collections.abc import Sequence

from services.alerts.domain.case import Case
from services.alerts.domain.issue import Issue, LogEntry
from services.alerts.domain.message import Message
from services.alerts.repository import AlertsRules
from services.alerts.views import ActionView, BoardRow, ComplaintView, IssueView, MessageView, MomentView
from shared.contracts.because import Because
from shared.identity.organisation import Organisation
from shared.language.i18n import _, translate
from shared.language.reasons import sentence

UNNAMED = _("Product not named")
MOMENTS = {
    "opened": _("Opened"),
    "escalated": _("Raised to step {step}"),
    "called": _("Called {person}"),
    "acknowledged": _("{person} acknowledged"),
    "unanswered": _("{person} did not acknowledge in time"),
    "given_up": _("Nobody of the whole chain acknowledged"),
}
CALLED_YOU = _("{number} calls you: step {step}")


class Presenter:
    """Speaks one language about one company."""

    def __init__(self, rules: AlertsRules, organisation: Organisation, language: str) -> None:
        self._rules, self._organisation, self._language = rules, organisation, language

    def row(self, issue: Issue) -> BoardRow:
        """One issue on the board."""
        call = issue.call
        waiting = call is not None and call.is_open
        return BoardRow(
            id=issue.id,
            number=issue.number,
            title=f"{issue.product_name or issue.product_code or self._say(UNNAMED)} · {self._problem(issue)}",
            step=issue.step,
            severity="minor" if issue.severity == "none" else issue.severity,
            state=issue.state,
            version=issue.version,
            complaints=issue.complaints,
            opened_at=issue.opened_at,
            because=self._reasons(issue.because),
            called=[self._name(call.person)] if call and waiting else [],
            due_at=call.acknowledge_by if call and waiting else None,
            acknowledged_by=self._name(call.acknowledged_by) if call and call.acknowledged_by else None,
            acknowledged_at=call.acknowledged_at if call else None,
        )

    def issue(
        self,
        issue: Issue,
        cases: Sequence[Case],
        following: str | None,
        first: str | None,
        last_event: str | None,
    ) -> IssueView:
        """One issue as a page."""
        actions = self._rules.playbook.rule(issue.step).actions if issue.step else []
        return IssueView(
            row=self.row(issue),
            actions=[ActionView(a.in_(self._language)) for a in actions],
            timeline=[MomentView(entry.at, self._moment(entry)) for entry in reversed(issue.log)],
            complaints=[ComplaintView(c.number, c.title, f"/intake/complaints/{c.id}", c.filed_at) for c in cases],
            next=following,
            first=first,
            last_event=last_event,
        )

    def message(self, message: Message) -> MessageView:
        """A message to the viewer."""
        text = self._say(CALLED_YOU, number=message.number, step=message.step)
        return MessageView(message.at, text, f"/alerts/{message.issue_id}")

    def _moment(self, entry: LogEntry) -> str:
        person = self._name(entry.person) if entry.person else ""
        said = self._say(MOMENTS[entry.what], step=entry.step, person=person)
        return f"{said}: {entry.note}" if entry.note else said

    def _reasons(self, because: Sequence[Because]) -> list[str]:
        texts = {f"playbook.{t.rule}": t.text for t in self._rules.playbook.triggers}
        found = []
        for reason in because:
            text = texts.get(reason.rule)
            lead = text.in_(self._language) if text else None
            found.append(sentence(reason, self._language, lead))
        return found

    def _problem(self, issue: Issue) -> str:
        return issue.problem_name.get(self._language) or issue.problem.partition(":")[2]

    def _name(self, person: str) -> str:
        found = self._organisation.person(person)
        return found.name if found else person

    def _say(self, message_id: str, **inputs: object) -> str:
        return translate(message_id, self._language, **inputs)
