"""Complaints as pages show them: sentences instead of codes, names instead of ids."""

from collections.abc import Sequence

from services.intake.domain.acceptance import Deciding
from services.intake.domain.complaint import Complaint
from services.intake.views.complaint import ComplaintPage, ComplaintRow, DecisionView, DepartmentView
from shared.contracts.because import Because
from shared.contracts.complaint import RoutedTo
from shared.identity.organisation import Organisation
from shared.language.i18n import _, translate
from shared.language.reasons import sentence
from shared.web.words import SEVERITIES

CATEGORY = _("Category")
HAZARDS = _("Hazards")
SEVERITY = _("Severity")
ASSESSMENT = _("Complexity · impact")
IMMEDIATE = _("Immediate action")
RULES = ("severity", "complexity", "impact", "immediate")
CHANNELS = {
    "api": _("Program"),
    "web": _("Web form"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "chat": _("Chat"),
    "store": _("Shop counter"),
    "employee": _("Employee"),
}
LEVELS = {"low": _("low"), "medium": _("medium"), "high": _("high")}
NEEDED = {True: _("needed"), False: _("not needed")}


class Presenter:
    """Speaks one language about one company."""

    def __init__(self, rules: Deciding, organisation: Organisation, language: str) -> None:
        self._rules, self._organisation, self._language = rules, organisation, language

    def row(self, complaint: Complaint) -> ComplaintRow:
        """One complaint in a list."""
        return ComplaintRow(
            id=complaint.id,
            number=complaint.number,
            title=complaint.title,
            product=complaint.product_name or complaint.product_code or "",
            category=complaint.category_name[self._language],
            severity=complaint.severity,
            state=complaint.state,
            filed_at=complaint.filed_at,
        )

    def page(self, complaint: Complaint, issue_href: str | None) -> ComplaintPage:
        """One complaint as a page."""
        return ComplaintPage(
            row=self.row(complaint),
            body=complaint.body,
            channel=self._say(CHANNELS.get(complaint.channel, complaint.channel)),
            decisions=self._decisions(complaint),
            departments=[self._department(routed) for routed in complaint.departments],
            issue_href=issue_href,
        )

    def _decisions(self, complaint: Complaint) -> list[DecisionView]:
        rules = self._rules.classification
        hazards = ", ".join(rules.hazards.names[kind].in_(self._language) for kind in complaint.hazards)
        first = complaint.candidates[0].because if complaint.candidates else []
        others = [reason for reason in complaint.because if reason not in first]
        of = {kind: [r for r in others if r.rule.startswith(f"{kind}.")] for kind in RULES}
        told = [reason for reason in others if reason.words]
        assessed = f"{self._say(LEVELS[complaint.complexity])} · {self._say(LEVELS[complaint.impact])}"
        return [
            DecisionView(self._say(CATEGORY), self._candidates(complaint), self._reasons(first)),
            DecisionView(self._say(HAZARDS), hazards or "–", self._reasons(told)),
            DecisionView(
                self._say(SEVERITY), self._say(SEVERITIES[complaint.severity].word), self._reasons(of["severity"])
            ),
            DecisionView(self._say(ASSESSMENT), assessed, self._reasons(of["complexity"] + of["impact"])),
            DecisionView(
                self._say(IMMEDIATE), self._say(NEEDED[complaint.immediate_action]), self._reasons(of["immediate"])
            ),
        ]

    def _candidates(self, complaint: Complaint) -> str:
        """The best three rather than one guess."""
        called = self._rules.category_names
        names = [(called[c.category][self._language], c.score) for c in complaint.candidates]
        return ", ".join(f"{name} {score:.0%}" for name, score in names)

    def _department(self, routed: RoutedTo) -> DepartmentView:
        organisation = self._organisation
        found = organisation.department(routed.department)
        people = [organisation.person(id) for id in (routed.head, routed.lead, routed.assignee)]
        return DepartmentView(
            name=found.names.in_(self._language) if found else routed.department,
            people=[person.name for person in people if person is not None],
            because=self._reasons(routed.because),
        )

    def _reasons(self, because: Sequence[Because]) -> list[str]:
        return [sentence(reason, self._language) for reason in because]

    def _say(self, message_id: str) -> str:
        return translate(message_id, self._language)
