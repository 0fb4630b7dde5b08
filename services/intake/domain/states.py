"""The two sides of the CC Card as one table: what may follow what, who may, and what has to hold.

`docs/states.md` is drawn from it (`python -m deploy.states_page`). Guards are named here and stand in `guards.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from shared.contracts.card import CauseState, CustomerState
from shared.language.i18n import Said, _

Side = Literal["customer", "cause"]
State = CustomerState | CauseState
Who = Literal["cs", "cs_manager", "department", "customer", "system"]

WHO: Final[dict[Who, str]] = {
    "cs": _("the customer office"),
    "cs_manager": _("a manager of the customer office"),
    "department": _("a department called on"),
    "customer": _("the customer"),
    "system": _("the system"),
}
SIDES: Final[dict[Side, str]] = {"customer": _("the customer's side"), "cause": _("the cause's side")}
WORDS: Final[dict[str, str]] = {
    "received": _("Received"),
    "assigned": _("Assigned"),
    "investigating": _("Being investigated"),
    "answered": _("Answered"),
    "reviewing": _("Under review"),
    "resolved": _("Resolved"),
    "reopened": _("Reopened"),
    "withdrawn": _("Withdrawn"),
    "referred": _("Referred elsewhere"),
    "none": _("No cause to look for"),
    "unknown": _("Cause not known"),
    "found": _("Cause found"),
    "removing": _("Being removed"),
    "verified": _("Verified as removed"),
    "not_ours": _("Not ours"),
}
DONE: Final[dict[Side, frozenset[State]]] = {
    "customer": frozenset({"resolved", "withdrawn", "referred"}),
    "cause": frozenset({"none", "verified", "not_ours"}),
}
"""States in which a side is done; the card closes when both are."""

BEGUN: Final = ("received", "assigned", "investigating", "reopened")
WAITING: Final = (*BEGUN, "answered", "reviewing")


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table. `after` None: the state stays as it is. `words` say what is done."""

    name: str
    side: Side
    before: tuple[State, ...]
    after: State | None
    who: tuple[Who, ...]
    words: str
    guards: tuple[str, ...] = ()

    def goes_to(self, before: State) -> State:
        """The state afterwards."""
        return before if self.after is None else self.after


CUSTOMER: Final = (
    Transition("call_on", "customer", ("received",), "assigned", ("cs", "system"), _("Call on departments")),
    Transition(
        "acknowledge", "customer", ("assigned", "reopened"), "investigating", ("cs", "department"), _("Take in hand"),
        ("called_on",),
    ),
    Transition("inform", "customer", WAITING, None, ("cs",), _("Tell the customer how far it is")),
    Transition("answer", "customer", BEGUN, "answered", ("cs",), _("Answer the customer")),
    Transition(
        "answer_again", "customer", ("reviewing",), "answered", ("cs",), _("Answer after review"),
        ("other_than_who_answered", "names_recourse"),
    ),
    Transition("accept", "customer", ("answered",), "resolved", ("customer", "cs"), _("Accept the answer")),
    Transition(
        "fall_silent", "customer", ("answered",), "resolved", ("system",), _("Let the time for an objection pass"),
        ("silent_long_enough",),
    ),
    Transition(
        "refuse", "customer", ("answered",), "reviewing", ("customer", "cs"), _("Refuse the answer"), ("reason_given",)
    ),
    Transition(
        "withdraw", "customer", WAITING, "withdrawn", ("customer", "cs"), _("Withdraw the complaint"), ("reason_given",)
    ),
    Transition("refer", "customer", WAITING, "referred", ("cs",), _("Refer to a body outside"), ("reason_given",)),
    Transition(
        "reopen", "customer", ("resolved", "withdrawn", "referred"), "reopened", ("customer", "cs"),
        _("Open the customer's side again"), ("reason_given",),
    ),
)  # fmt: skip
CAUSE: Final = (
    Transition(
        "begin_card", "cause", ("none",), "unknown", ("cs",), _("Begin a CC Card: something is complained of"),
        ("reason_given",),
    ),
    Transition(
        "end_card", "cause", ("unknown",), "none", ("cs_manager",), _("End the CC Card: nothing is complained of"),
        ("reason_given", "nothing_given"),
    ),
    Transition(
        "find", "cause", ("unknown",), "found", ("department", "system"), _("Find the cause"), ("nobody_owes",)
    ),
    Transition(
        "return", "cause", ("unknown", "found", "removing"), "unknown", ("cs",), _("Return a cause to its department"),
        ("reason_given", "not_own_answer"),
    ),
    Transition(
        "call_on_more", "cause", ("unknown", "found", "removing"), "unknown", ("cs", "system"),
        _("Call on a department for the cause"),
    ),
    Transition(
        "remove", "cause", ("found", "removing"), "removing", ("department", "cs"), _("Begin to remove the cause")
    ),
    Transition(
        "verify", "cause", ("found", "removing"), "verified", ("cs_manager",), _("Verify the removal of the cause"),
        ("nobody_owes", "removal_stated", "evidence_given", "quiet_long_enough", "not_own_fix"),
    ),
    Transition(
        "verify_by_improvement", "cause", ("found", "removing"), "verified", ("system",),
        _("Verify by an improvement task"), ("nobody_owes",),
    ),
    Transition(
        "disown", "cause", ("unknown", "found"), "not_ours", ("cs_manager",), _("Decide that the cause is not ours"),
        ("reason_given",),
    ),
    Transition(
        "look_again", "cause", ("not_ours", "verified"), "unknown", ("cs_manager",), _("Look for the cause again"),
        ("reason_given",),
    ),
    Transition(
        "recur", "cause", ("verified",), "unknown", ("system",), _("The same cause came back"), ("recurred",)
    ),
)  # fmt: skip
TABLE: Final[tuple[Transition, ...]] = (*CUSTOMER, *CAUSE)
TRANSITIONS: Final[dict[str, Transition]] = {transition.name: transition for transition in TABLE}


def said(state: str) -> Said:
    """A state in words."""
    return Said(WORDS[state])


def states_of(side: Side) -> Iterator[State]:
    """Every state of a side, in the order in which they come."""
    seen: dict[State, None] = {}
    for transition in TABLE:
        if transition.side == side:
            seen |= dict.fromkeys(transition.before)
            seen |= dict.fromkeys([transition.after] if transition.after else [])
    yield from seen
