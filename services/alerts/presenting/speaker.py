"""Speaks one language about one company: sentences instead of codes, names instead of ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import bidirectional

from services.alerts.domain.issue import Issue
from services.alerts.domain.sight import as_category, sees_details
from services.alerts.repository.uow import AlertsRules
from shared.contracts.because import Because
from shared.identity.organisation import Organisation
from shared.identity.principal import Principal
from shared.language.i18n import Language, _, translate
from shared.language.reasons import sentence

UNNAMED = _("Product not named")
_TURNING = frozenset({"R", "AL", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"})


def isolated(text: str) -> str:
    """A text that may be written from the right, set apart by marks (Unicode's FSI and PDI); others as they are."""
    turns = not text.isascii() and any(bidirectional(letter) in _TURNING for letter in text)
    return f"\u2068{text}\u2069" if turns else text


@dataclass(frozen=True, slots=True)
class Speaker:
    """For one reader. `sees_details`: whether they see words of complaints and notes about them."""

    rules: AlertsRules
    organisation: Organisation
    language: Language
    viewer: Principal

    @property
    def sees_details(self) -> bool:
        """Whether the reader works on cases."""
        return sees_details(self.viewer)

    def say(self, message_id: str, **inputs: object) -> str:
        """A message in the reader's language."""
        return translate(message_id, self.language, **inputs)

    def word(self, words: Mapping[str, str]) -> str:
        """Of words by language the reader's."""
        return words.get(self.language) or next(iter(words.values()), "")

    def name(self, person: str | None) -> str:
        """A person's name; their id when nobody knows them."""
        if not person:
            return ""
        found = self.organisation.person(person)
        return found.name if found else person

    def department(self, code: str | None) -> str:
        """A department's name; its code when nobody knows it."""
        found = self.organisation.department(code) if code else None
        return found.names.in_(self.language) if found else code or ""

    def title(self, issue: Issue) -> str:
        """Product and problem."""
        return f"{self.product(issue.product_code, issue.product_name)} · {self.problem(issue)}"

    def product(self, code: str | None, name: str | None) -> str:
        """A product's name, else its code; what is written from the right turns nothing that stands beside it."""
        return isolated(name or code or "") or self.say(UNNAMED)

    def problem(self, issue: Issue) -> str:
        """The hazard or category in words."""
        return self.word(issue.problem_name) or issue.problem.partition(":")[2]

    def reasons(self, because: Sequence[Because], *, brief: bool = False) -> list[str]:
        """Why something was decided, as sentences; who does not work on cases sees no words of a complaint."""
        playbook = self.rules.playbook
        texts = {f"playbook.{t.rule}": t.text for t in playbook.triggers}
        texts["playbook.recurrence"] = playbook.recurrence.text
        shown = list(because) if self.sees_details else as_category(list(because))
        leads = {rule: text.in_(self.language) for rule, text in texts.items()}
        return [sentence(reason, self.language, leads.get(reason.rule), brief=brief) for reason in shown]
