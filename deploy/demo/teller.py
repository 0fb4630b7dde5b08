"""Tells the story: what was filed, what was decided and why, whom it called, what people did about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deploy.demo.filing import CHANNELS
from deploy.demo.goods import Products
from deploy.demo.journal import Journal
from deploy.demo.material import Told, WeekDay, day_of
from deploy.demo.seen import Decided, Filed, Problem
from deploy.demo.terminal import Terminal, Tone, cut, fill, width
from deploy.demo.words import (
    ALIKE,
    CALLED,
    DAY_NAMES,
    MOST_WORDS,
    OTHERWISE,
    REFUSED,
    STEP_TONES,
    TOLD_HOW,
    TONES,
    WAYS,
    WHY,
)
from shared.contracts.because import Because
from shared.identity.organisation import Organisation
from shared.language.i18n import Language, _, translate
from shared.rules import Names
from shared.web.words import SEVERITIES, STEPS

_CLOCK, _INDENT = 7, 8
_WHO = 18


@dataclass(frozen=True, slots=True)
class Teller:
    """Speaks one language on one terminal about one company."""

    terminal: Terminal
    language: Language
    organisation: Organisation
    products: Products

    def say(self, message: str, **inputs: object) -> str:
        """A message in the reader's language."""
        return translate(message, self.language, **inputs)

    def tell(self, message: str, **inputs: object) -> None:
        """A paragraph of its own."""
        self.terminal.block(self.say(message, **inputs))

    def title(self, url: str, journal: Journal) -> None:
        """What is going to be told, and where it can be watched."""
        self.terminal.line()
        name = self.organisation.names.in_(self.language)
        self.terminal.line(self.say(_("One week at {company}"), company=name), "bold")
        self.tell(TOLD_HOW)
        self.link(f"{url}/alerts")
        if journal.played:
            self.tell(_("It goes on where it stopped: {count} scenes were played before."), count=len(journal.played))

    def day(self, day: WeekDay, monday: date) -> None:
        """A new day begins."""
        name = self.say(DAY_NAMES[day.day])
        head = f"━━ {name} · {day_of(day.day, monday).isoformat()} "
        self.terminal.line()
        self.terminal.line(head + "━" * max(0, self.terminal.columns - width(head)), "head")
        self.terminal.block(day.opening.in_(self.language), "dim", 3)
        self.terminal.line()

    def filed(self, told: Told, filed: Filed, decided: Decided) -> None:
        """A complaint came in: who filed it and how, what was decided, and why."""
        who = fill(self.say(WAYS[told.channel or CHANNELS[told.way]]), _WHO)
        title = told.title if self.language == "ko" else told.gist or told.title
        left = _CLOCK + width(who) + 3
        self.terminal.part(
            (f" {told.at} ", "dim"), (f" {who}  ", "plain"), (cut(title, self.terminal.columns - left), "bold")
        )
        self._decision(filed, decided)

    def _decision(self, filed: Filed, decided: Decided) -> None:
        sign = SEVERITIES[decided.severity]
        called = ", ".join(self.department(code) for code in decided.departments)
        said = f"{decided.category_name[self.language]} · {self.say(sign.word)} → {called}"
        room = self.terminal.columns - _INDENT - len(filed.number) - 2
        self.terminal.part((" " * _INDENT + f"{filed.number}  ", "dim"), (cut(said, room), TONES[decided.severity]))
        if decided.why is not None:
            self.under(self.say(WHY, words=self.quoted(decided.why)))

    def quoted(self, reason: Because) -> str:
        """The words that decided, and the rule that saw them."""
        words = ", ".join(f"“{word}”" for word in list(dict.fromkeys(reason.words))[:MOST_WORDS])
        return f"{words} ({reason.rule})" if words else reason.rule

    def under(self, text: str, tone: Tone = "dim") -> None:
        """A line that belongs to the one above."""
        self.terminal.line(" " * _INDENT + cut(text, self.terminal.columns - _INDENT), tone)

    def link(self, address: str) -> None:
        """An address to open; never cut, so that a terminal makes it a link."""
        self.terminal.part((" " * _INDENT, "plain"), (address, "link"))

    def alike(self, problem: Problem) -> None:
        """One more complaint of a problem that is known."""
        self.under(self.say(ALIKE, number=problem.number, count=problem.complaints, problem=self.problem(problem)))

    def risen(self, problem: Problem, address: str) -> None:
        """A problem rose to a step: whom it calls, and why."""
        step = self.say(STEPS[problem.step].word)
        head = f"▲ {step} · {problem.number} · {self.problem(problem)}"
        self.terminal.line("     " + cut(head, self.terminal.columns - 5), STEP_TONES[problem.step])
        if problem.called:
            self.under(self.say(CALLED, person=self.person(problem.called)), "plain")
        for reason in problem.because[:1]:
            self.under(self.say(WHY, words=self.quoted(reason)))
        self.link(address)

    def note(self, words: Names) -> None:
        """What the storyteller adds."""
        self.terminal.block("※ " + words.in_(self.language), "good", _INDENT)

    def act(self, at: str, who: str, did: str) -> None:
        """A person of the company did something."""
        head = f" {at}  ● "
        self.terminal.part((head, "good"), (who, "bold"))
        self.terminal.block(did, "plain", width(head))

    def followed(self, words: Names, address: str) -> None:
        """What the system made of it."""
        self.terminal.block("■ " + words.in_(self.language), "good", _INDENT)
        self.link(address)

    def otherwise(self, reason: str) -> None:
        """In a later play something is so already, or goes another way."""
        self.under(self.say(OTHERWISE, reason=reason))

    def refused(self, why: Sequence[str]) -> None:
        """The system did not let somebody do it: what is missing."""
        self.under(f"✕ {self.say(REFUSED)}", "alarm")
        for reason in why:
            self.terminal.block(f"- {reason}", "alarm", _INDENT + 2)

    def problem(self, problem: Problem) -> str:
        """What an issue is about."""
        product = self.products.by_code.get(problem.product_code)
        name = product.names.in_(self.language) if product else problem.product_name
        parts = [name, problem.problem_name.get(self.language, "")]
        return " · ".join(part for part in parts if part)

    def department(self, code: str) -> str:
        """A department's name."""
        known = self.organisation.department(code)
        return known.names.in_(self.language) if known else code

    def person(self, id: str) -> str:
        """A person's name and department."""
        known = self.organisation.person(id)
        return f"{known.name}, {self.department(known.department)}" if known else id
