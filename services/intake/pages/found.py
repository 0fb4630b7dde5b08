"""Which complaints a queue shows: the selection's filters, and what its words find."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from services.intake.api.complaints import finding_of
from services.intake.domain.rows import Mark, Question
from services.intake.domain.selection import Facet, Selection
from services.intake.pages.looking import days_of
from services.intake.presenting.looking import Looking
from shared.errors import Refused
from shared.language.i18n import _

MOST_FOUND: Final = 100
"""The newest so many results of a search are shown, and counted."""
SEARCHED_AS: Final[Mapping[Facet, str]] = {
    "state": "state", "cause": "cause_state", "severity": "severity", "owes": "waits_for", "category": "category",
    "product": "product_code", "channel": "channel", "kind": "kind",
}  # fmt: skip
"""Facets that the search itself can be narrowed by."""


class UnknownFilter(Refused):
    """The address asks for what the queue cannot be filtered by."""

    text = _("This address has a filter that the list does not know. Open the list again and choose anew.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the roster; `limited` when a search has more results than are shown."""

    question: Question
    limited: int | None = None


def selection_of(request: Request) -> Selection:
    """The selection in the address. Raises `UnknownFilter`."""
    names = Selection.model_fields
    selection = Selection.of((name, value) for name, value in request.query_params.multi_items() if name in names)
    if selection is None:
        raise UnknownFilter
    return selection


def question_of(selection: Selection, looking: Looking) -> Question:
    """The selection for this reader at this moment."""
    wanted = selection.for_viewer(looking.viewer)
    return Question(wanted, days_of(looking.now), never=_never(looking))


async def asked_of(selection: Selection, looking: Looking, request: Request) -> Asked:
    """The same with what its words find. Raises `Unavailable` while there is no index."""
    question = question_of(selection, looking)
    if not selection.q:
        return Asked(question)
    wanted = question.wanted
    filters = {SEARCHED_AS[f]: v[0] for f, v in wanted.chosen.items() if f in SEARCHED_AS and len(v) == 1}
    if wanted.which != "all":
        filters["open"] = "true" if wanted.which == "open" else "false"
    see = lambda complaint: looking.eyes(complaint).complaint(complaint)  # noqa: E731
    found = await finding_of(request).page(selection.q, filters, None, MOST_FOUND, see)
    ids = frozenset(each.complaint.id for each in found)
    asked = Question(wanted, question.days, ids, question.never)
    return Asked(asked, MOST_FOUND if len(found) == MOST_FOUND else None)


def _never(looking: Looking) -> tuple[Mark, ...]:
    """What a facet must not tell to who reads the kind of a complaint alone: those about an employee's conduct."""
    sight = looking.rules.sight
    if looking.viewer.roles & sight.file.conduct.roles:
        return ()
    return tuple(("category", code) for code in sorted(sight.about_conduct))
