"""The public form as its pages show it: the questions in order, and the answers on the review page."""

from collections.abc import Mapping, Sequence
from typing import Final

from services.intake.domain.acceptance import Deciding
from services.intake.domain.drafts import DraftContent
from services.intake.domain.public_form import Answers, Step
from services.intake.presenting.choices import KINDS, PUBLIC_VICTIMS, RELATIONS, REMEDIES, WHOM
from services.intake.views.form import FormView, ReviewLine, StepView
from shared.language.i18n import _, translate
from shared.web.field_errors import FieldError

YES_NO: Final = {"yes": _("Yes"), "no": _("No")}
CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": KINDS,
    "hurt": YES_NO,
    "remedy_sought": REMEDIES,
    "for_whom": WHOM,
    "representative.relation": RELATIONS,
    "who": PUBLIC_VICTIMS,
}
NAMES: Final = {
    "kind": _("What it is about"),
    "what": _("What you wrote"),
    "harm": _("Harm"),
    "product": _("Product"),
    "when": _("When and where"),
    "remedy": _("What you would like"),
    "files": _("Files"),
    "whom": _("For whom"),
    "representative": _("Representative"),
    "contact": _("How we reach you"),
    "consent": _("Consent"),
}
TICKED: Final = {
    "harm.fire_or_explosion": _("There was a fire, smoke or an explosion"),
    "harm.property_damage": _("Something else was damaged"),
    "treated": _("Treated by a doctor or in a hospital"),
    "death": _("The person died"),
    "no_contact": _("I look here myself with number and secret"),
    "consent.processing": _("Consent to processing given"),
    "consent.health": _("Consent to health data given"),
    "of_age": _("14 years or older, or filed by the legal guardian"),
}
ORDER: Final = (
    "hurt", "who", "relation", "name", "code", "lot", "bought_on", "injury", "treated", "weeks", "death",
    "fire_or_explosion", "property_damage", "phone", "email", "occurred_on", "occurred_time", "place",
    "processing", "health",
)  # fmt: skip
HURT: Final = {"yes": _("Somebody was hurt"), "no": _("Nobody was hurt")}


class FormPresenter:
    """Shows one visitor's form in one language."""

    def __init__(self, rules: Deciding, content: DraftContent, language: str) -> None:
        self._form, self._hazards, self._language = rules.public, rules.classification.hazards, language
        self.content = content
        self.hazards = self._hazards.weigh(content.answers.get("body", "")).kinds
        self.asked = self._form.asked(content.answers, self.hazards)

    def step(self, step: Step, errors: Sequence[FieldError] = ()) -> StepView:
        """One question as its page shows it."""
        answers = self.content.answers
        place = next((n for n, asked in enumerate(self.asked) if asked.id == step.id), 0)
        return StepView(
            id=step.id,
            form=FormView(answers, list(errors)),
            number=place + 1,
            total=len(self.asked),
            back=self.asked[place - 1].id if place else None,
            persons=persons_in(answers),
            hazards=[self._hazards.names[kind].in_(self._language) for kind in self.hazards],
            files=self.content.files,
            review=self._review() if step.id == "review" else [],
            health=answers.get("hurt") == "yes",
            for_other=answers.get("for_whom") == "other",
            started=bool(answers),
        )

    def after(self, step: Step) -> Step:
        """The question that comes next."""
        order = [each.id for each in self._form.steps]
        later = [each for each in self.asked if order.index(each.id) > order.index(step.id)]
        return later[0] if later else self.asked[-1]

    def before(self, step: Step) -> Step:
        """The question before."""
        order = [each.id for each in self._form.steps]
        earlier = [each for each in self.asked if order.index(each.id) < order.index(step.id)]
        return earlier[-1] if earlier else self.asked[0]

    def open_step(self) -> Step | None:
        """The first question that has no answer yet; None when only the review is left."""
        return next((step for step in self.asked[:-1] if step.id not in self.content.answered), None)

    def _review(self) -> list[ReviewLine]:
        return [
            ReviewLine(step.id, self._say(NAMES[step.id]), self._values(step) or ["–"])
            for step in self.asked
            if step.id in NAMES
        ]

    def _values(self, step: Step) -> list[str]:
        if step.id == "files":
            return [file.name for file in self.content.files]
        answers = self.content.answers
        fields = sorted((field for field in answers if step.takes(field)), key=_in_order)
        return [value for field in fields if (value := self._value(field, answers))]

    def _value(self, field: str, answers: Answers) -> str:
        text, last = answers[field], field.rpartition(".")[2]
        if field.startswith("harm.persons.") and answers.get("hurt") != "yes":
            return ""
        if field == "hurt":
            return self._say(HURT.get(text, text))
        if ticked := TICKED.get(field) or TICKED.get(last):
            return self._say(ticked)
        words = CHOICES.get(field) or CHOICES.get(last)
        if words:
            return self._say(words.get(text, text))
        if last == "weeks":
            return self._say(_("{weeks} weeks of treatment"), weeks=text)
        return text

    def _say(self, message_id: str, **inputs: object) -> str:
        return translate(message_id, self._language, **inputs)


def _in_order(field: str) -> tuple[int, str, int]:
    """Fields of one person together, each in the order in which it is asked."""
    head, _dot, last = field.rpartition(".")
    place = ORDER.index(last) if last in ORDER else len(ORDER)
    return (field.startswith("harm.persons."), head if field.startswith("harm.persons.") else "", place)


def persons_in(answers: Answers) -> list[int]:
    """The numbers of the persons that were filled in, at least one."""
    numbers = {part[2] for field in answers if (part := field.split("."))[:2] == ["harm", "persons"] and len(part) > 3}
    return sorted(int(number) for number in numbers if number.isdecimal() and len(number) < 3) or [0]
