"""Who asks: nobody, a person of each role, programs with keys of every reach, and those who only pretend."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

from shared.identity.organisation import load_organisation
from shared.identity.policy import Rule
from shared.identity.principal import ANYONE, Principal
from shared.identity.samples import one_per_role
from shared.identity.sessions import Session, write_session
from shared.privacy.vault import Vault
from shared.web.authentication import session_cookie

SCOPES: Final = frozenset(
    {
        *("complaints:read", "complaints:write", "imports:write", "issues:read", "events:read"),
        *("products:read", "products:write", "directory:read", "directory:write"),
    }
)
KEYS: Final = {"fuzzall": SCOPES, "fuzzreads": frozenset({"complaints:read"})}
"""Programs' keys by id, and what they may."""


@dataclass(frozen=True)
class Caller:
    """`who` is what the service should take them for; `key` a program's; `proof` is sent as it is."""

    name: str
    who: Principal
    key: str = ""
    proof: str = ""

    def may(self, rule: Rule) -> bool:
        """Whether the policy lets them in."""
        return rule.admits(self.who)

    def headers(self, vault: Vault, origin: str) -> dict[str, str]:
        """What proves who they are; a session that begins now, whatever was ended before."""
        if self.key or self.proof:
            return {"Authorization": f"Bearer {self.key}" if self.key else self.proof}
        if self.who.kind != "person":
            return {}
        session = write_session(Session(uuid4().hex, self.who.id, datetime.now(UTC)), vault)
        return {"Cookie": f"{session_cookie(False)}={session}", "Origin": origin}


@dataclass(frozen=True)
class Callers:
    """All of them, by name."""

    all: Mapping[str, Caller]

    @classmethod
    def of(cls, key: str, reading: str) -> "Callers":
        """`key` is a program's that may do everything, `reading` one's that may read complaints alone."""
        people = one_per_role(load_organisation())
        found = [Caller(role, Principal(p.id, p.name, frozenset(p.roles), "person")) for role, p in people.items()]
        program, reader = (Principal(id, id, scopes, "system") for id, scopes in KEYS.items())
        found += [
            Caller("nobody", ANYONE),
            Caller("program", program, key),
            Caller("reading program", reader, reading),
            Caller("wrong key", ANYONE, proof="Bearer ccms_0000_" + "A" * 40),
            Caller("no key", ANYONE, proof="Basic eDp4"),
            Caller("strange key", ANYONE, proof="Bearer \u00e9\u00ff" + "x" * 500),
        ]
        return cls({caller.name: caller for caller in found})

    @property
    def untouchable(self) -> frozenset[str]:
        """Ids of those among them who could put themselves out."""
        people = {caller.who.id for caller in self.all.values() if caller.who.kind == "person"}
        return frozenset({*people, *KEYS})

    def welcome(self, rule: Rule) -> list[str]:
        """Names of those whom a route lets in; everybody's if it lets in nobody."""
        return [name for name, caller in self.all.items() if caller.may(rule) and not caller.proof] or [*self.all]
