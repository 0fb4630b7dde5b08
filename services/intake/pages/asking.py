"""What the pages of the public form know of a request: the rules, the language, and what is wrong with an answer."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request, Response

from services.intake.domain.acceptance import Deciding
from services.intake.domain.answers import no_way_to_reach, read_answers, unanswered
from services.intake.domain.drafts import DraftContent
from services.intake.domain.filing import Filing
from services.intake.domain.public_form import MOST_PERSONS, Answers, Step
from services.intake.presenting.choices import KINDS, PUBLIC_VICTIMS, RELATIONS, REMEDIES, WHOM
from services.intake.presenting.public_form import FormPresenter
from shared.errors import NotFound
from shared.web.field_errors import FieldError, field_errors
from shared.web.pages import Drawer
from shared.web.reader import language_of

FORM: Final = "/complaints/new"
WORDS: Final = {
    "kinds": KINDS,
    "remedies": REMEDIES,
    "relations": RELATIONS,
    "victims": PUBLIC_VICTIMS,
    "whom": WHOM,
    "most_persons": MOST_PERSONS,
}


class Saved(DraftContent):
    """A draft after a change."""

    @classmethod
    def of(cls, content: DraftContent) -> "Saved":
        """The same."""
        return cls.model_construct(**dict(content))


@dataclass(frozen=True, slots=True)
class Asking:
    """What the pages of the form need to know of a request."""

    request: Request
    rules: Deciding
    language: str

    def presenter(self, content: DraftContent) -> FormPresenter:
        """Shows a form in the reader's language."""
        return FormPresenter(self.rules, content, self.language)

    def step(self, id: str) -> Step:
        """The question with this id; raises `NotFound`."""
        step = self.rules.public.step(id)
        if step is None:
            raise NotFound
        return step

    def answers(self, content: DraftContent) -> Answers:
        """What was answered, with what the page itself adds."""
        return content.answers | {"consent.text_version": self.rules.public.consent.version, "language": self.language}

    def filing(self, content: DraftContent) -> Filing | None:
        """The filing of a form in which nothing is left open: of the questions that were asked, nothing else."""
        asked = self.presenter(content).asked
        if any(self.wrong(step, content) for step in asked):
            return None
        said = {field: text for field, text in content.answers.items() if any(step.takes(field) for step in asked)}
        files = [file.id for file in content.files]
        return read_answers(self.answers(DraftContent(answers=said)), files)[0]

    def wrong(self, step: Step, content: DraftContent) -> list[FieldError]:
        """What is wrong with the answers to one question."""
        asked = content.answers
        _, found = read_answers(self.answers(content), [file.id for file in content.files])
        empty = [field for field in step.required if not asked.get(field)]
        own = [e for e in found if step.takes(".".join(map(str, e["loc"]))) and str(e["loc"][0]) not in empty]
        reach = no_way_to_reach(asked) if step.id == "contact" else []
        return field_errors([*unanswered(empty), *own, *reach], self.language)


async def _asking_of(request: Request) -> Asking:
    running = request.app.state.running
    return Asking(request, running.store.rules, language_of(request.scope, running.settings.language))


Asked = Annotated[Asking, Depends(_asking_of)]


def draw_step(
    draw: Drawer,
    asking: Asking,
    content: DraftContent,
    step: Step,
    wrong: list[FieldError] | None = None,
    status: int = 200,
) -> Response:
    """The page of one question."""
    view = asking.presenter(content).step(step, wrong or [])
    back_to = asking.request.query_params.get("to", "")
    return draw(
        "public_step.html", status, step=view, consent=asking.rules.public.consent,
        kinds_of_files=asking.rules.attachments, to="review" if back_to == "review" else "", **WORDS,
    )  # fmt: skip
