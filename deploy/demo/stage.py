"""Everything that a scene needs: the system, the week, the storyteller, and what came of the scenes before."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from deploy.demo.acts import CUSTOMER, SYSTEM
from deploy.demo.journal import Journal
from deploy.demo.material import Told
from deploy.demo.pace import Pace
from deploy.demo.portal import Answer, Caller, Json, Portal, Unexpected
from deploy.demo.seen import Decided, Filed, Problem
from deploy.demo.stand import Stand
from deploy.demo.teller import Teller
from deploy.demo.topics import Topics
from shared.language.i18n import _
from shared.web.words import ROLES

INTAKE: Final = "/api/intake/v1"
ALERTS: Final = "/api/alerts/v1"
PAGE: Final = 100
CUSTOMER_WORD: Final = _("a customer")
OTHER_SYSTEM: Final = _("another system")
READER: Final = "cs_manager"
"""Whose eyes the story sees with: the customer office may read every card."""


@dataclass
class Stage:
    """`steps` are the steps of issues as they were told, so that each rise is told once."""

    stand: Stand
    portal: Portal
    topics: Topics
    journal: Journal
    told: Mapping[str, Told]
    teller: Teller
    pace: Pace
    steps: dict[str, int] = field(default_factory=dict)

    def caller(self, role: str) -> Caller:
        """Whoever acts in a role."""
        return Caller(self.stand.accounts[role].api_key, self.teller.language)

    def customer(self, scene: str) -> Caller:
        """The customer of a complaint: without credentials, at a device of their own."""
        return Caller(None, self.teller.language, 1 + list(self.told).index(scene))

    def actor(self, role: str) -> str:
        """Who acts in a role, by name and role."""
        word = self.teller.say(CUSTOMER_WORD if role == CUSTOMER else ROLES.get(role, OTHER_SYSTEM))
        return word if role in (CUSTOMER, SYSTEM) else f"{self.stand.accounts[role].name} · {word}"

    async def read(self, path: str, **query: str | int) -> Json:
        """A resource as the customer office sees it. Raises `Unexpected`."""
        return expected(await self.portal.get(path, self.caller(READER), **query), path)

    def filed(self, scene: str) -> Filed:
        """What came of a complaint that was filed before."""
        return Filed(**self.journal.done[scene])

    def keep(self, scene: str, filed: Filed) -> None:
        """Note what came of a complaint."""
        self.journal.note(scene, {name: said for name, said in asdict(filed).items() if said is not None})

    async def decided(self, complaint_id: str) -> Decided:
        """What was decided about a complaint."""
        return Decided.of(await self.read(f"{INTAKE}/complaints/{complaint_id}"))

    async def problem(self, issue_id: str) -> Problem:
        """An issue as it stands."""
        return Problem.of(await self.read(f"{ALERTS}/issues/{issue_id}"))

    async def issues(self) -> list[Problem]:
        """Every issue that is not closed, the gravest first."""
        found: list[Problem] = []
        after: dict[str, str] = {}
        while True:
            page = await self.read(f"{ALERTS}/issues", limit=PAGE, **after)
            found += [Problem.of(issue) for issue in page["items"]]
            if not page["next"]:
                return found
            after = {"after": page["next"]}

    def address(self, path: str) -> str:
        """A page of the portal."""
        return f"{self.portal.url}{path}"


def expected(answer: Answer, asked: str) -> Json:
    """The body of what was done as asked. Raises `Unexpected`."""
    if not answer.is_done or not isinstance(answer.body, dict):
        raise Unexpected(f"{asked}: {answer.status} {answer.problem()}")
    return answer.body
