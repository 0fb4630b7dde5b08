"""What others are told of a complaint about an employee: that there is one, and how it goes; never what was said."""

from typing import Any, Final, TypeVar

from services.intake.domain.seeing import CONDUCT, NOT_SHOWN
from shared.contracts.because import Because
from shared.contracts.event import Event
from shared.language.i18n import translate

E = TypeVar("E", bound=Event)

_UNTOLD: Final[dict[str, Any]] = {
    "product_code": None, "product_name": None, "lot": None, "occurred_at": None, "filed_by": None, "candidates": [],
    "cause": "", "causes": [], "remedies": [], "recourse": [],
}  # fmt: skip
"""Fields of events that tell more than the kind and the progress."""
_QUOTING: Final = frozenset({"context", "by", "before", "after", "topics", "made_on", "lot", "product_line"})
"""Inputs of reasons that repeat what was said or filed."""


def in_confidence(event: E, language: str) -> E:
    """The event as readers get it who learn only that there is such a complaint (`sight.py`)."""
    fields = type(event).model_fields
    told: dict[str, Any] = {
        **_UNTOLD, "in_confidence": True, "title": translate(CONDUCT, language), "body": translate(NOT_SHOWN, language)
    }  # fmt: skip
    for name in ("because", "departments"):
        told[name] = [_untold(one) for one in getattr(event, name, ())]
    return event.model_copy(update={name: value for name, value in told.items() if name in fields})


def _untold(one: Any) -> Any:
    """A reason without what it quotes; a department called on with such reasons."""
    if not isinstance(one, Because):
        return one.model_copy(update={"because": [_untold(reason) for reason in one.because]})
    inputs = {name: value for name, value in one.inputs.items() if name not in _QUOTING}
    return one.model_copy(update={"words": [], "inputs": inputs})
