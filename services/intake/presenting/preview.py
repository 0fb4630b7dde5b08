"""What would be decided, in sentences."""

from collections.abc import Sequence

from services.intake.domain.acceptance import Deciding
from services.intake.domain.classify import Classification
from services.intake.schemas.lookalikes import LookalikeOut
from services.intake.views.complaint import DepartmentView
from services.intake.views.preview import AlikeView, LikelyView, PreviewView
from shared.contracts.complaint import RoutedTo
from shared.identity.organisation import Organisation
from shared.language.reasons import sentence


class PreviewPresenter:
    """Speaks one language about one company."""

    def __init__(self, rules: Deciding, organisation: Organisation, language: str) -> None:
        self._rules, self._organisation, self._language = rules, organisation, language

    def view(self, decided: Classification, alike: Sequence[LookalikeOut] | None) -> PreviewView:
        """One decision, and what looks alike (None: nobody knows at the moment)."""
        hazards, names = self._rules.classification.hazards, self._rules.category_names
        best = decided.candidates[0].because
        told = [reason for reason in decided.because if reason.words and reason not in best]
        return PreviewView(
            categories=[
                LikelyView(names[one.category][self._language], round(one.score * 100)) for one in decided.candidates
            ],
            because=[sentence(reason, self._language) for reason in best],
            hazards=[hazards.names[kind].in_(self._language) for kind in decided.hazards],
            hazard_words=[sentence(reason, self._language) for reason in told],
            severity=decided.severity,
            immediate=decided.immediate_action,
            departments=[self._department(routed) for routed in decided.departments],
            alike=None if alike is None else [self._alike(one) for one in alike],
        )

    def _department(self, routed: RoutedTo) -> DepartmentView:
        found = self._organisation.department(routed.department)
        return DepartmentView(
            name=found.names.in_(self._language) if found else routed.department,
            people=[],
            because=[sentence(reason, self._language) for reason in routed.because],
        )

    def _alike(self, one: LookalikeOut) -> AlikeView:
        return AlikeView(
            href=f"/intake/complaints/{one.id}",
            number=one.number,
            title=one.title,
            percent=round(one.score * 100),
            reason=one.reason,
            state=one.state,
        )
