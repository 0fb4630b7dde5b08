"""The end of the story: the week in figures, and the pages on which it can be looked at."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from deploy.demo.material import Told, WeekDay
from deploy.demo.seen import Problem
from deploy.demo.stage import Stage
from deploy.demo.teller import Teller
from deploy.demo.terminal import cut, fill, width
from deploy.demo.words import STEP_TONES
from shared.language.i18n import Said, _
from shared.web.words import STEPS

BY_WAY: Final = _("{total}: form {form}, calls {calls}, employees {staff}, API {shop}, topic {topic}")
ISSUES_ON: Final = _("Issues on {step}")
SHOWN: Final = 5


async def summarise(week: Sequence[WeekDay], stage: Stage) -> None:
    """Figures, the gravest problems, and links."""
    filed = [told for day in week for told in day.complaints if told.id in stage.journal.played]
    issues = await stage.issues()
    _figures(filed, issues, stage)
    _gravest(issues, stage)
    _calling(issues, stage)
    _links(week, stage)


def _figures(filed: Sequence[Told], issues: Sequence[Problem], stage: Stage) -> None:
    teller, ways, steps = stage.teller, Counter(told.way for told in filed), Counter(i.step for i in issues)
    _heading(teller, _("The week in figures"))
    by_way = teller.say(
        BY_WAY, total=len(filed), form=ways["form"], calls=ways["phone"], staff=ways["staff"], shop=ways["shop"],
        topic=ways["topic"],
    )  # fmt: skip
    by_step = ((teller.say(ISSUES_ON, step=Said(STEPS[step].word)), str(steps[step])) for step in (3, 2, 1))
    _table(
        teller,
        [(teller.say(_("Filed")), by_way), *by_step, (teller.say(_("Issues that called nobody")), str(steps[0]))],
    )


def _gravest(issues: Sequence[Problem], stage: Stage) -> None:
    _heading(stage.teller, _("What the company has to deal with first"))
    for problem in [issue for issue in issues if issue.step][:SHOWN]:
        _standing(stage.teller, problem, stage.address(f"/alerts/{problem.number}"))


def _calling(issues: Sequence[Problem], stage: Stage) -> None:
    """What is left for whoever watches."""
    waiting = [issue for issue in issues if issue.called]
    if waiting:
        _heading(stage.teller, _("Calls that nobody has acknowledged yet: take one yourself"))
    for problem in waiting:
        _standing(stage.teller, problem, stage.address(f"/alerts/{problem.number}"))


def _links(week: Sequence[WeekDay], stage: Stage) -> None:
    teller = stage.teller
    _heading(teller, _("Look around"))
    _place(teller, _("Alert board"), stage.address("/alerts"))
    _place(teller, _("Queue of the customer office"), stage.address("/intake/complaints"))
    scene = _followed(week)
    if scene is not None and scene in stage.journal.played:
        filed = stage.filed(scene)
        _place(teller, _("A card with its whole story"), stage.address(f"/intake/complaints/{filed.number}"))
        _place(teller, _("The same as its customer sees it"), stage.address("/complaints/follow"))
        teller.under(teller.say(_("number {number}, secret {secret}"), number=filed.number, secret=filed.secret))
    _place(teller, _("Public form"), stage.address("/complaints/new"))


def _followed(week: Sequence[WeekDay]) -> str | None:
    """The complaint that its customer followed last."""
    return next((act.of for day in reversed(week) for act in reversed(day.acts) if act.page), None)


def _heading(teller: Teller, message: str) -> None:
    teller.terminal.line()
    teller.terminal.line(teller.say(message), "head")


def _table(teller: Teller, rows: Sequence[tuple[str, str]]) -> None:
    """Names and values, the names in one column."""
    column = max((width(name) for name, _value in rows), default=0) + 2
    for name, value in rows:
        teller.terminal.part((f"  {fill(name, column)}", "dim"), (value, "plain"))


def _standing(teller: Teller, problem: Problem, address: str) -> None:
    """A problem as it stands at the end."""
    step, count = teller.say(STEPS[problem.step].word), teller.say(_("complaints: {count}"), count=problem.complaints)
    said = f"{step} · {problem.number} · {teller.problem(problem)} · {count}"
    teller.terminal.line("  " + cut(said, teller.terminal.columns - 2), STEP_TONES[problem.step])
    teller.link(address)


def _place(teller: Teller, name: str, address: str) -> None:
    """A page to open."""
    teller.terminal.part((f"  {fill(teller.say(name), 34)}", "plain"), (address, "link"))
