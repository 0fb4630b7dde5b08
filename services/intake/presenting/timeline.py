"""The timeline in sentences: what happened, who did it, why."""

from collections.abc import Callable, Mapping
from typing import Final

from services.intake.domain.card import What
from services.intake.domain.entry import Entry
from services.intake.domain.states import WORDS as STATES
from services.intake.presenting import signs
from services.intake.presenting.looking import Looking
from services.intake.views.card import MomentView
from shared.language.i18n import _
from shared.language.reasons import sentence
from shared.web.words import SEVERITIES

SENTENCES: Final[dict[What, str]] = {
    "received": _("Received: {channel}"),
    "classified": _("Classified: {category}, {severity}"),
    "assigned": _("Departments called on: {departments}"),
    "acknowledged": _("Taken in hand"),
    "answer_drafted": _("Began an answer to the customer"),
    "informed": _("Told the customer how far it is"),
    "answered": _("Answered the customer"),
    "accepted": _("The customer accepted the answer"),
    "fell_silent": _("The time for an objection passed: resolved"),
    "refused": _("The customer did not accept the answer"),
    "withdrawn": _("The complaint was withdrawn"),
    "referred": _("Handed over to {body}"),
    "reopened": _("Opened the customer's side again"),
    "resolved": _("The customer's side is resolved"),
    "closed": _("The card is closed: both sides are done"),
    "rated": _("The customer's rating: {stars} of 5"),
    "overridden": _("{field}: “{before}” became “{after}”"),
    "owned": _("Answers the customer from now on: {owner}"),
    "called_on": _("Called on {department}"),
    "let_go": _("{department} is no longer called on"),
    "handed_over": _("{department}: handed over from {before} to {assignee}"),
    "moved": _("The work moved from {before} to {to}"),
    "cause_found": _("{department} gave its cause: {cause}"),
    "cause_returned": _("Returned to {department}"),
    "cause_side": _("The cause's side: {state}"),
    "removing": _("Stated how the cause is removed"),
    "verified": _("The removal of the cause is verified"),
    "not_ours": _("Decided that the cause is not ours"),
    "looked_again": _("The cause is looked for again"),
    "recurred": _("The same cause came back: opened again"),
    "known_before_fix": _("A known cause: made before the fix"),
    "quiet_over": _("The quiet period is over without recurrence"),
    "paused": _("Waiting for the customer: clocks stand still"),
    "resumed": _("Clocks go on"),
    "warned": _("{clock} ends soon: {called} warned"),
    "overdue": _("{clock} is overdue"),
    "escalated": _("{clock} is overdue: {called} called"),
    "commented": _("Comment"),
    "issue_joined": _("Belongs to an issue now"),
    "issue_left": _("Belongs to no issue any more"),
}
CLOCKS: Final = {
    "acknowledge": _("Taking in hand"),
    "first_response": _("First response"),
    "progress": _("Telling the progress"),
    "resolution": _("Final answer"),
    "review": _("Review"),
    "cause": _("Cause and prevention"),
}
FIELDS: Final = {
    "kind": _("Kind"),
    "category": _("Category"),
    "severity": _("Severity"),
    "product_code": _("Product code"),
    "product_name": _("Product"),
    "lot": _("Lot"),
    "manufactured_on": _("Manufactured on"),
    "bought_on": _("Bought on"),
}
ICONS: Final[dict[What, str]] = {
    "received": "inbox", "classified": "eye", "assigned": "people", "called_on": "people", "owned": "person",
    "acknowledged": "check", "informed": "send", "answered": "send", "accepted": "check", "fell_silent": "check",
    "refused": "undo", "reopened": "undo", "recurred": "undo", "cause_returned": "undo", "cause_found": "eye",
    "verified": "check", "closed": "lock", "paused": "pause", "resumed": "clock", "warned": "bell", "overdue": "clock",
    "escalated": "bell", "commented": "chat", "removing": "tool",
}  # fmt: skip
REPLY: Final = _("The customer wrote")


class Timeline:
    """Tells happenings to one reader."""

    def __init__(self, looking: Looking) -> None:
        self._looking = looking
        say = looking.say
        body = {body.code: body.names for body in looking.rules.card.policy.referral}
        self._read: dict[str, Callable[[str], str]] = {
            "channel": lambda v: say(signs.CHANNELS[v]) if v in signs.CHANNELS else v,
            "kind": lambda v: say(signs.KINDS[v]) if v in signs.KINDS else v,
            "category": looking.category,
            "severity": lambda v: say(SEVERITIES[v].word) if v in SEVERITIES else v,
            "state": lambda v: say(STATES.get(v, v)),
            "clock": lambda v: say(CLOCKS.get(v, v)),
            "field": lambda v: say(FIELDS.get(v, v)),
            "body": lambda v: body[v].in_(looking.language) if v in body else v,
            "cause": self._cause,
            "departments": looking.department,
            "owner": looking.person,
            "assignee": looking.person,
            "called": looking.person,
            "before": self._whoever,
            "to": self._whoever,
        }

    def moment(self, entry: Entry) -> MomentView:
        """One happening."""
        return MomentView(
            place=entry.place,
            at=entry.at,
            who=self._looking.person(entry.by),
            text=self._sentence(entry),
            said=entry.text,
            because=[sentence(reason, self._looking.language) for reason in entry.because],
            icon=ICONS.get(entry.what, "dot"),
        )

    def _sentence(self, entry: Entry) -> str:
        if entry.what == "commented" and entry.details.get("by_customer"):
            return self._looking.say(REPLY)
        details = dict(entry.details)
        if entry.what == "moved":
            details["to"] = details.get("assignee") or details.get("owner")
            if details["before"] == "":
                details["before"] = None
        if entry.what == "overridden":
            of = str(details.get("field"))
            details |= {name: self._value(of, details.get(name)) for name in ("before", "after")}
            details["field"] = self._one("field", of)
        else:
            details = {name: self._any(name, value) for name, value in details.items()}
        department = self._looking.department(entry.department) if entry.department else ""
        return self._looking.say(SENTENCES[entry.what], **{**_PLACES, **details, "department": department})

    def _any(self, name: str, value: str | int | list[str] | None) -> str:
        if value is None:
            return "–"
        values = value if isinstance(value, list) else [str(value)]
        return ", ".join(self._one(name, one) for one in values)

    def _one(self, name: str, value: str) -> str:
        return self._read.get(name, str)(value)

    def _value(self, field: str, value: str | int | list[str] | None) -> str:
        return self._any(field, value) if value else "–"

    def _whoever(self, code: str) -> str:
        """A person, or a department that was closed."""
        return self._looking.person(code) if self._looking.organisation.person(code) else self._looking.department(code)

    def _cause(self, code: str) -> str:
        found = self._looking.rules.card.causes.by_code.get(code)
        return found.names.in_(self._looking.language) if found else code


_PLACES: Final[Mapping[str, str]] = dict.fromkeys(
    ("channel", "category", "severity", "departments", "body", "stars", "field", "before", "after", "owner", "assignee",
     "to", "cause", "state", "clock", "called"), "–",
)  # fmt: skip
"""What is not told, as for those who see the kind of a complaint only."""
