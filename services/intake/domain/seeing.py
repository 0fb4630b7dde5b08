"""A complaint as somebody sees it: the same document, with what they do not see taken out of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.intake.domain.complaint import Complaint
from services.intake.domain.entry import Entry
from services.intake.domain.sight import Hidden, KindsOnly, Sight, SightRules, harm_kinds
from shared.contracts.because import Because
from shared.language.i18n import _, translate

CONDUCT: Final = _("A complaint about an employee's conduct")
NOT_SHOWN: Final = _("Only the customer office, the head of the department and personnel read what is said in it.")
NOTHING: Final = _("Not shown")
_UNKNOWN_TO_OTHERS: Final[dict[str, Any]] = {
    "product_code": None, "product_name": None, "product_said": None, "product_line": None, "lot": None,
    "manufactured_on": None, "bought_on": None, "place": None,
    "remedy_sought": None, "occurred_at": None, "filed_by": None, "hazards": [], "candidates": [], "overrides": [],
    "answers": [], "pauses": [], "attachments": [], "harm": KindsOnly(hidden="content"), "rating": None,
    "removal": None, "verification": None, "not_ours": None, "referral": None, "edits": {}, "represented_by": None,
    "known_fix": None,
}  # fmt: skip
"""What a complaint holds that tells more than its kind and its progress."""

_PROGRESS: Final = frozenset(
    {"departments", "state", "clock", "level", "called", "category", "severity", "channel", "owner", "assignee", "to"}
)
"""Details of happenings that tell progress only."""

Read = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Eyes:
    """What of one complaint somebody sees, in their language."""

    sight: Sight
    rules: SightRules
    language: str

    @property
    def hidden(self) -> Hidden:
        """What is kept back from them."""
        if self.sight.content != "all":
            return "content"
        return "" if self.sight.health else "health"

    def complaint(self, complaint: Complaint) -> Complaint:
        """The complaint as these eyes see it; never to be stored."""
        if self.sight.content != "all":
            return _kept_back(complaint, self.sight.content == "kind", self.language)
        if self.sight.health:
            return complaint
        read = self._without_health(complaint)
        return complaint.model_copy(update=_read_anew(complaint, read, self._plainly(complaint, read)))

    def entries(self, complaint: Complaint, entries: Sequence[Entry]) -> list[Entry]:
        """Its timeline: what happened stays, what was written with it goes where it is not for these eyes."""
        if self.sight.content == "all" and self.sight.health:
            return list(entries)
        read, hide = self._without_health(complaint), self.sight.content != "all"
        plain = self._plainly(complaint, read)
        return [
            entry.model_copy(
                update={
                    "text": None if hide or entry.text is None else read(entry.text),
                    "because": [] if hide else [plain(reason) for reason in entry.because],
                    "details": {k: v for k, v in entry.details.items() if not hide or k in _PROGRESS},
                }
            )
            for entry in entries
        ]

    def title(self, complaint: Complaint, title: str) -> str:
        """The title alone, for lists."""
        if self.sight.content != "all":
            return translate(CONDUCT if self.sight.content == "kind" else NOTHING, self.language)
        return title if self.sight.health else self._without_health(complaint)(title)

    def _without_health(self, complaint: Complaint) -> Read:
        kinds = self.rules.file.health.hazards
        named = [self.rules.hazard_names[kind].in_(self.language) for kind in complaint.hazards if kind in kinds]
        words = [word for reason in complaint.because if reason.inputs.get("kind") in kinds for word in reason.words]
        return lambda text: self.rules.words.hide(text, ", ".join(named), self.language, words)

    def _plainly(self, complaint: Complaint, read: Read) -> Callable[[Because], Because]:
        """Reasons with those words alone that these eyes find in the text too, and without what stood around others."""
        shown = f"{read(complaint.title)}\n{read(complaint.body)}"
        around = ("context", "by")

        def plain(reason: Because) -> Because:
            words = [word for word in reason.words if word in shown]
            if words == reason.words:
                return reason
            inputs = {name: value for name, value in reason.inputs.items() if name not in around}
            return reason.model_copy(update={"words": words, "inputs": inputs})

        return plain


def _kept_back(complaint: Complaint, kind: bool, language: str) -> Complaint:
    said = {
        "title": translate(CONDUCT if kind else NOTHING, language),
        "body": translate(NOT_SHOWN if kind else NOTHING, language),
        "because": [],
        "departments": [routed.model_copy(update={"because": []}) for routed in complaint.departments],
        "subcases": [
            one.model_copy(update={"cause": None, "cause_text": None, "prevention": None, "returned_because": None})
            for one in complaint.subcases
        ],
    }
    return complaint.model_copy(update={**_UNKNOWN_TO_OTHERS, **said})


def _read_anew(complaint: Complaint, read: Read, plain: Callable[[Because], Because]) -> dict[str, Any]:
    """Every text of the complaint read again."""
    harm = complaint.harm

    def texts(part: Any, *fields: str) -> Any:
        if part is None:
            return None
        return part.model_copy(update={f: read(getattr(part, f)) for f in fields if getattr(part, f) is not None})

    return {
        "title": read(complaint.title),
        "body": read(complaint.body),
        "harm": KindsOnly(
            fire_or_explosion=harm.fire_or_explosion,
            property_damage=harm.property_damage,
            kinds=tuple(harm_kinds(complaint)),
        ),
        "because": [plain(reason) for reason in complaint.because],
        "candidates": [
            c.model_copy(update={"because": [plain(reason) for reason in c.because]}) for c in complaint.candidates
        ],
        "departments": [
            r.model_copy(update={"because": [plain(reason) for reason in r.because]}) for r in complaint.departments
        ],
        "answers": [texts(answer, "text") for answer in complaint.answers],
        "overrides": [texts(override, "reason") for override in complaint.overrides],
        "pauses": [texts(pause, "reason") for pause in complaint.pauses],
        "subcases": [texts(s, "cause_text", "prevention", "returned_because") for s in complaint.subcases],
        "removal": texts(complaint.removal, "text"),
        "verification": texts(complaint.verification, "text"),
        "not_ours": texts(complaint.not_ours, "reason"),
        "referral": texts(complaint.referral, "reason"),
        "rating": texts(complaint.rating, "words"),
    }
