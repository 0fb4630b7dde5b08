"""What people of the company, customers and other systems do about the complaints of the week, as data.

Each act is a call of the public API or an event on a topic, so that the screenplay shows how the system is used by
programs. `{name}` in a path or text stands for what came before: `{complaint}`, `{number}`, `{secret}` and `{issue}` of
the complaint that the act is about (`of`), `{tue-hold.order}` for what an earlier act brought about.
"""

from typing import Annotated, Any

from pydantic import Field, model_validator

from shared.identity.principal import ROLES
from shared.rules import Names, RulesPart

CUSTOMER = "customer"
SYSTEM = "system"
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Act(RulesPart):
    """One thing that is done at a time of the day, by a role, a customer or another system.

    `says` tells it. `call` is a path of the API that is posted to, `page` a form of the follow page that the customer
    sends, `event` the type of an event that is told; `body` goes with any of them. `refused`: the system has to refuse
    it, and its reason is part of the story. `awaits` is the type of an event of the same complaint that has to follow,
    `then` tells of it.
    """

    id: str = Field(pattern=r"^[a-z]{3}-[a-z]+(-[a-z]+)*$")
    at: Clock
    by: str
    of: str = Field(pattern=r"^[a-z]{3}-\d\d$")
    says: Names
    call: str | None = Field(default=None, pattern=r"^/api/")
    page: str | None = Field(default=None, pattern=r"^/complaints/follow/")
    event: str | None = None
    body: dict[str, Any] = Field(default_factory=dict)
    refused: bool = False
    awaits: str | None = None
    then: Names | None = None
    note: Names | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Act":
        if sum(one is not None for one in (self.call, self.page, self.event)) != 1:
            raise ValueError(f"{self.id}: either a call, a page or an event")
        if (self.page is not None) != (self.by == CUSTOMER):
            raise ValueError(f"{self.id}: the customer, and nobody else, uses the follow page")
        if (self.awaits is None) != (self.then is None):
            raise ValueError(f"{self.id}: what it awaits is told in `then`")
        if self.by not in {*ROLES, CUSTOMER, SYSTEM}:
            raise ValueError(f'{self.id}: "{self.by}" is no role, nor {CUSTOMER} or {SYSTEM}')
        return self
