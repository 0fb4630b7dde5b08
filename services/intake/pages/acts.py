"""What can be done to a card by a form: its address, who may, its shape, and the handler with what it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from services.intake.api.work import CS
from services.intake.domain.answering import Reply
from services.intake.domain.changes import Drawn
from services.intake.domain.overriding import CLASSIFIED
from services.intake.handlers import answering, assigning, cause_side, customer_side
from services.intake.handlers.cards import Changing
from services.intake.pages.forms import Form
from services.intake.schemas import changes
from shared.identity.policy import EVERYONE
from shared.language.i18n import _
from shared.web.shapes import In

MANAGER: Final = ("cs_manager",)
ALL: Final = (EVERYONE,)
"""Whether the work is in their hands is looked at with the card."""

Call = tuple[Changing, tuple[Any, ...]]


class NothingIn(In):
    """A form that only says: do it."""


@dataclass(frozen=True, slots=True)
class Act:
    """One form. `call` makes the handler and its arguments of what was filled in; `done` is said afterwards.

    `of_department`: it stands once for each department, which the form names.
    """

    noun: str
    roles: tuple[str, ...]
    shape: type[In]
    call: Callable[[Any, Form], Call]
    done: str
    of_department: bool = False


def _override(filled: changes.OverrideIn, form: Form) -> Call:
    """Only what was changed against what the form showed; an emptied fact is taken away."""
    drawn = form.drawn.values if form.drawn else {}
    names = [name for name in changes.OverrideIn.model_fields if name not in ("drawn", "reason")]
    wanted = {
        name: form.one(name) or None
        for name in names
        if name in form.fields and form.one(name) != (drawn.get(name) or "")
    }
    for name in CLASSIFIED:
        if wanted.get(name, "") is None:
            del wanted[name]
    return assigning.override_decision, (wanted, filled.reason, form.drawn)


def _answer(filled: changes.AnswerIn, form: Form) -> Call:
    reply = Reply(filled.stage, filled.text, tuple(filled.remedies), tuple(filled.recourse))
    drawn = form.drawn and Drawn(form.drawn.version, {name: said or "" for name, said in form.drawn.values.items()})
    return answering.write_answer, (reply, drawn, filled.send)


def _removal(filled: changes.RemovalIn, _form: Form) -> Call:
    day = filled.effective_from.isoformat() if filled.effective_from else None
    return cause_side.state_removal, (filled.text, day, filled.effective_lot)


def _reason(handler: Changing) -> Callable[[Any, Form], Call]:
    return lambda filled, form: (handler, (filled.reason,))


def _department(form: Form) -> str:
    return form.one("department")


SAVED: Final = _("Saved.")
ACTS: Final = (
    Act(
        "comments", ALL, changes.NoteIn,
        lambda f, form: (customer_side.comment_on, (f.text,)), _("Comment added."),
    ),
    Act(
        "assignments", CS, changes.OwnerIn,
        lambda f, form: (assigning.assign_owner, (f.owner, form.drawn)), _("Assigned."),
    ),
    Act(
        "handovers", ALL, changes.HandOverIn,
        lambda f, form: (assigning.assign_within, (_department(form), f.assignee, f.reason, form.drawn)),
        _("Handed over."), of_department=True,
    ),
    Act(
        "departments", CS, changes.DepartmentsIn,
        lambda f, form: (assigning.call_on_departments, (f.add, f.remove, f.reason)), SAVED,
    ),
    Act(
        "acknowledgements", ALL, changes.AcknowledgementIn,
        lambda f, form: (assigning.acknowledge_card, (f.department,)), _("Taken in hand."),
        of_department=True,
    ),
    Act("overrides", CS, changes.OverrideIn, _override, _("Corrected.")),
    Act("answers", CS, changes.AnswerIn, _answer, SAVED),
    Act(
        "causes", ALL, changes.CauseIn,
        lambda f, form: (cause_side.answer_subcase, (_department(form), f.given(), form.drawn)),
        _("Cause and prevention given."), of_department=True,
    ),
    Act(
        "returns", CS, changes.ReasonIn,
        lambda f, form: (cause_side.return_subcase, (_department(form), f.reason)), _("Returned to the department."),
        of_department=True,
    ),
    Act("removals", ALL, changes.RemovalIn, _removal, SAVED),
    Act(
        "verifications", MANAGER, changes.VerificationIn,
        lambda f, form: (cause_side.verify_card, (f.evidence, f.text)), _("Verified."),
    ),
    Act("rulings", MANAGER, changes.ReasonIn, _reason(cause_side.disown_card), SAVED),
    Act("searches", MANAGER, changes.ReasonIn, _reason(cause_side.look_for_cause_again), SAVED),
    Act("pauses", CS, changes.ReasonIn, _reason(customer_side.pause_card), _("Clocks stand still.")),
    Act("resumptions", CS, NothingIn, lambda f, form: (customer_side.resume_card, ()), _("Clocks go on.")),
    Act("resolutions", CS, changes.NoteIn, lambda f, form: (customer_side.resolve_by_phone, (f.text,)), _("Resolved.")),
    Act("refusals", CS, changes.ReasonIn, _reason(customer_side.refuse_by_phone), SAVED),
    Act("withdrawals", CS, changes.ReasonIn, _reason(customer_side.withdraw_by_phone), SAVED),
    Act(
        "referrals", CS, changes.ReferralIn,
        lambda f, form: (customer_side.refer_card, (f.body, f.number, f.reason)), SAVED,
    ),
    Act("reopenings", CS, changes.ReasonIn, _reason(customer_side.reopen_customer_side), SAVED),
)  # fmt: skip
BY_NOUN: Final = {act.noun: act for act in ACTS}
