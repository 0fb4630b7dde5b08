"""Who looks, when, in which language and at which company: what every page of intake is drawn for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from services.intake.domain.acceptance import Deciding
from services.intake.domain.complaint import Complaint
from services.intake.domain.seeing import Eyes
from shared.identity.organisation import Organisation
from shared.identity.principal import Principal
from shared.language.i18n import _, translate
from shared.runtime.clock import KOREA

CUSTOMER = _("Customer")
SYSTEM = _("System")
WORDS = {"customer": CUSTOMER, "system": SYSTEM}


@dataclass(frozen=True)
class Looking:
    """The reader of a page."""

    viewer: Principal
    language: str
    now: datetime
    rules: Deciding
    organisation: Organisation

    def say(self, message_id: str, /, **inputs: object) -> str:
        """A message in the reader's language."""
        return translate(message_id, self.language, **inputs)

    @property
    def today(self) -> date:
        """The day in Korea."""
        return self.now.astimezone(KOREA).date()

    def eyes(self, complaint: Complaint) -> Eyes:
        """What the reader sees of a complaint."""
        sight = self.rules.sight.of(self.viewer, complaint, self.organisation, self.today)
        return Eyes(sight, self.rules.sight, self.language)

    def department(self, code: str) -> str:
        """What people call a department."""
        found = self.organisation.department(code)
        return found.names.in_(self.language) if found else code

    def departments(self, codes: Iterable[str]) -> list[str]:
        """The same of several."""
        return [self.department(code) for code in codes]

    def person(self, id: str) -> str:
        """Somebody's name; the customer and the system are called so."""
        found = self.organisation.person(id)
        return found.name if found else self.say(WORDS[id]) if id in WORDS else id

    def category(self, code: str) -> str:
        """What people call a category."""
        return self.rules.category_names.get(code, {}).get(self.language, code)
