"""The public form: one question a step, forth and back without loss, with and without a script."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.responses import RedirectResponse

from services.intake.api.limited import at_most
from services.intake.domain.drafts import DraftContent
from services.intake.domain.public_form import MOST_PERSONS, Answers, Step
from services.intake.handlers.public_drafts import save_answers
from services.intake.pages.asking import FORM, WORDS, Asked, Saved, draw_step
from services.intake.pages.visits import DRAFT, Visitor, forget, keep_draft, typed_in
from services.intake.presenting.public_form import FormPresenter, persons_in
from shared.identity.policy import PUBLIC, Rule
from shared.web.pages import Draw
from shared.web.run import Runner
from shared.web.shapes import Id

HARM_HERE = "harm_here"
"""A hidden field: the questions about harm stand on the page of the text, because its words called for them."""
POLICY = [
    Rule("GET", FORM, PUBLIC),
    Rule("POST", f"{FORM}/hazards", PUBLIC),
    Rule("GET", f"{FORM}/{{step_id}}", PUBLIC),
    Rule("POST", f"{FORM}/{{step_id}}", PUBLIC),
]

pages = APIRouter(include_in_schema=False, dependencies=[at_most("page")])


@pages.get(FORM)
async def begin(visit: Visitor, asking: Asked, draw: Draw) -> Response:
    """The first question; a form that was filed makes room for a new one."""
    filed = visit.draft is not None and visit.draft.number is not None
    content = DraftContent() if filed else visit.content
    first = asking.rules.public.steps[0]
    page = draw_step(draw, asking, content, first)
    return forget(page, DRAFT) if filed else page


@pages.post(f"{FORM}/hazards")
async def weigh_words(visit: Visitor, asking: Asked, draw: Draw) -> Response:
    """The questions about harm, if the words typed so far call for them; a part of the page."""
    content = visit.content.with_answers(await typed_in(asking.request))
    view = asking.presenter(content).step(asking.step("what"))
    return draw("public_hazards.html", step=view, **WORDS)


@pages.get(f"{FORM}/{{step_id}}")
async def question(
    step_id: Id, visit: Visitor, asking: Asked, draw: Draw, check: Annotated[bool, Query()] = False
) -> Response:
    """One question with what was answered so far; `check` says at once what is wrong."""
    if visit.draft is None or visit.draft.number is not None:
        return RedirectResponse(FORM if visit.draft is None else "/complaints/done", status_code=303)
    step = asking.step(step_id)
    return draw_step(draw, asking, visit.content, step, asking.wrong(step, visit.content) if check else [])


@pages.post(f"{FORM}/{{step_id}}")
async def answer(step_id: Id, visit: Visitor, asking: Asked, run: Runner, draw: Draw) -> Response:
    """Keep what was typed, whatever it is; go on when it answers the question."""
    if visit.draft is not None and visit.draft.number is not None:
        return RedirectResponse("/complaints/done", status_code=303)
    step, form = asking.step(step_id), await typed_in(asking.request)
    here = [step, asking.step("harm")] if HARM_HERE in form else [step]
    go = form.get("go", "next")
    typed = _typed(here, form, visit.content.answers, go)
    content = visit.content.with_answers(typed)
    wrong = [] if go != "next" else [error for each in here for error in asking.wrong(each, content)]
    answered = [each.id for each in here] if go == "next" and not wrong else []
    kept = await run.keyed(None)(save_answers, visit.id, typed, answered, out=Saved)
    if wrong:
        return keep_draft(draw_step(draw, asking, kept, step, wrong, 422), visit, asking.request)
    target = _target(asking.presenter(kept), step, here, go, form.get("to") == "review")
    return keep_draft(RedirectResponse(f"{FORM}/{target.id}", status_code=303), visit, asking.request)


def _typed(steps: list[Step], form: Answers, before: Answers, go: str) -> dict[str, str]:
    """The fields of these questions; what was ticked before and is not any more is forgotten."""
    typed = {field: "" for field in before if any(step.takes(field) for step in steps)}
    typed |= {field: text for field, text in form.items() if any(step.takes(field) for step in steps)}
    if go == "add" and len(persons_in(typed)) < MOST_PERSONS:
        typed[f"harm.persons.{max(persons_in(typed)) + 1}.who"] = "complainant"
    if go.startswith("remove-"):
        gone = f"harm.persons.{go.removeprefix('remove-')}."
        typed = {field: "" if field.startswith(gone) else text for field, text in typed.items()}
    return typed


def _target(presenter: FormPresenter, step: Step, here: list[Step], go: str, to_review: bool) -> Step:
    """Which question comes now."""
    if go == "back":
        return presenter.before(step)
    if go != "next":
        return step
    if to_review:
        return presenter.open_step() or presenter.asked[-1]
    return presenter.after(here[-1])
