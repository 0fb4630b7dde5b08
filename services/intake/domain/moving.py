"""Moving a side of the card along the table of states, or saying what is missing."""

from collections.abc import Sequence

from services.intake.domain.card import Card
from services.intake.domain.complaint import Complaint
from services.intake.domain.guards import GUARDS, Brought, Missing, department_name
from services.intake.domain.states import DONE, SIDES, TRANSITIONS, WHO, WORDS, Transition, said
from shared.contracts.card import ComplaintClosed
from shared.errors import Forbidden, Refused, Say
from shared.language.i18n import Listed, Said, _


class NotPossibleYet(Refused):
    """A transition whose guards do not hold. `missing` says everything that would have to come first."""

    text = _("“{action}” is not possible yet. {missing}")
    status = 409

    def __init__(self, action: Said, missing: Sequence[Missing]) -> None:
        super().__init__(None, action=action, missing=Listed(missing, " "))
        self.missing = missing

    def members(self, say: Say) -> dict[str, object]:
        """What is missing, for programs."""
        return {
            "missing": [
                {"code": one.code, "department": one.department, "message": say(one.text, **one.inputs)}
                for one in self.missing
            ]
        }


class WrongState(NotPossibleYet):
    """A transition that does not start from the present state."""

    text = _("“{action}” is not possible while {side} is “{state}”; it is possible from: {states}.")

    def __init__(self, transition: Transition, state: str) -> None:
        needed = Missing("state", _("The state would have to be one of: {states}."), {"states": _named(transition)})
        super().__init__(Said(transition.words), [needed])
        self.inputs |= {"side": Said(SIDES[transition.side]), "state": said(state), "states": _named(transition)}


class NotYours(Forbidden):
    """The one who asks may not do this to this card."""

    text = _("“{action}” is up to {who}.")


class NoCard(Refused):
    """Inquiries, suggestions and praise have no cause to remove."""

    text = _("This carries no CC Card: there is no cause to look for.")
    status = 409


class NotDone(NotPossibleYet):
    """The card cannot be closed; the text says what either side still waits for."""

    text = _("The card cannot be closed yet. {missing}")


def state_on(card: Card, transition: Transition) -> str:
    """The present state of a transition's side."""
    return card.complaint.state if transition.side == "customer" else card.complaint.cause_state


def check(card: Card, name: str, brought: Brought) -> Transition:
    """The transition, if it is possible now. Raises `NoCard`, `WrongState`, `NotYours`, `NotPossibleYet`."""
    transition = TRANSITIONS[name]
    if transition.side == "cause" and not card.complaint.has_card:
        raise NoCard
    state = state_on(card, transition)
    if state not in transition.before:
        raise WrongState(transition, state)
    if not card.acts_as() & set(transition.who):
        who = Listed([Said(WHO[one]) for one in transition.who])
        raise NotYours(action=Said(transition.words), who=who)
    missing = [one for guard in transition.guards for one in GUARDS[guard](card, brought)]
    if missing:
        raise NotPossibleYet(Said(transition.words), missing)
    return transition


def move(card: Card, name: str, brought: Brought) -> None:
    """Do the transition. Raises what `check` raises."""
    transition = check(card, name, brought)
    after = transition.goes_to(state_on(card, transition))  # type: ignore[arg-type]
    if transition.side == "customer":
        card.complaint.state = after  # type: ignore[assignment]
    else:
        card.complaint.cause_state = after  # type: ignore[assignment]
        if after == "unknown":
            card.complaint.look_anew()


def whats_missing(card: Card) -> list[Missing]:
    """What keeps the card from being closed; nothing when both sides are done."""
    complaint, found = card.complaint, list[Missing]()
    if complaint.state not in DONE["customer"]:
        text = _("The customer's side is “{state}”; it has to be resolved, withdrawn or referred.")
        found.append(Missing("customer_side", text, {"state": said(complaint.state)}))
    if complaint.cause_state not in DONE["cause"]:
        found += [
            Missing(
                "cause_owed", _("{department} still owes its cause and prevention."),
                {"department": department_name(card.organisation, code)}, code,
            )
            for code in complaint.owing
        ]  # fmt: skip
        text = _("The removal of the cause is not verified: the cause's side is “{state}”.")
        found.append(Missing("cause_not_verified", text, {"state": said(complaint.cause_state)}))
    return found


def close_if_done(card: Card) -> None:
    """Close the card as soon as both sides are done; open it again when one no longer is."""
    complaint, done = card.complaint, not whats_missing(card)
    if done and complaint.closed_at is None:
        complaint.closed_at, complaint.open = card.now, False
        card.write("closed")
        complaint.record(
            ComplaintClosed(
                complaint_id=complaint.id,
                number=complaint.number,
                state=complaint.state,
                cause_state=complaint.cause_state,
                closed_at=card.now,
            )
        )
    elif not done and complaint.closed_at is not None and not _at_rest(complaint):
        complaint.closed_at, complaint.open = None, True


def _at_rest(complaint: Complaint) -> bool:
    """Imported history is over, though its cause stays unknown, until somebody opens the customer's side again."""
    return complaint.imported and complaint.state in DONE["customer"]


def _named(transition: Transition) -> Listed:
    return Listed([Said(WORDS[state]) for state in transition.before])
