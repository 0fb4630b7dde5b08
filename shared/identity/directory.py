"""This process's copy of who works here and who may come in: everything in memory, each question a lookup."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import TypeAlias

from shared.contracts.access import AccountFacts, KeyFacts
from shared.contracts.organisation import DepartmentFacts, PersonFacts
from shared.identity.api_keys import recognise
from shared.identity.organisation import Department, Leave, Organisation, Person, organisation_with
from shared.identity.principal import Principal
from shared.identity.sessions import Session
from shared.rules import Names

Facts: TypeAlias = PersonFacts | DepartmentFacts | AccountFacts | KeyFacts


class Directory:
    """Holds the newest organisation, accounts and keys; handlers and pages read it through `organisation`.

    Until `sharing` has told of any person or department, the organisation is the one it was made with.
    """

    def __init__(self, organisation: Organisation) -> None:
        self._organisation: Organisation | None = organisation
        self._people: dict[str, PersonFacts] = {}
        self._departments: dict[str, DepartmentFacts] = {}
        self.accounts: dict[str, AccountFacts] = {}
        self.keys: dict[str, KeyFacts] = {}

    @property
    def organisation(self) -> Organisation:
        """Who works here, as far as this process has heard; made anew when it is asked for after a change."""
        if self._organisation is None:
            people = sorted(self._people.values(), key=attrgetter("call_order", "id"))
            departments = sorted(self._departments.values(), key=attrgetter("code"))
            self._organisation = organisation_with(map(person_of, people), map(department_of, departments))
        return self._organisation

    def take(self, changed: Iterable[Facts]) -> None:
        """Know what has changed."""
        for facts in changed:
            match facts:
                case PersonFacts():
                    self._people[facts.id], self._organisation = facts, None
                case DepartmentFacts():
                    self._departments[facts.code], self._organisation = facts, None
                case AccountFacts():
                    self.accounts[facts.holder] = facts
                case KeyFacts():
                    self.keys[facts.id] = facts

    def holder_of_key(self, presented: str) -> Principal | None:
        """Whose API key this is, with what it may now; None for one that is unknown or revoked."""
        key = recognise(presented, self.keys)
        if key is None:
            return None
        if key.held_by == "system":
            return Principal(key.holder, key.label, frozenset(key.may), "system")
        account = self.accounts.get(key.holder)
        if account is None or not account.active:
            return None
        return self._principal(account, frozenset(key.may))

    def holder_of_session(self, session: Session, now: datetime) -> Principal | None:
        """Whose session this is, with what they may now; None for one that is over or was ended."""
        account = self.accounts.get(session.person)
        if account is None or not account.active or session.is_over(now) or session.began_at < account.sessions_from:
            return None
        if any(ended.id == session.id for ended in account.ended):
            return None
        return self._principal(account, frozenset())

    def _principal(self, account: AccountFacts, least: frozenset[str]) -> Principal:
        """The person behind an account; `least` holds their roles to these, if it names any."""
        person = self.organisation.person(account.holder)
        roles = frozenset(account.roles)
        return Principal(
            account.holder,
            person.name if person else account.holder,
            roles & least if least else roles,
            "person",
            person.department if person else "",
        )


def person_of(facts: PersonFacts) -> Person:
    """A person as handlers know one; checked when it was told."""
    leaves = [Leave.model_construct(start=leave.start, end=leave.end, deputy=leave.deputy) for leave in facts.leaves]
    return Person.model_construct(
        id=facts.id,
        name=facts.name,
        roles=facts.roles,
        department=facts.department,
        employment=facts.employment,
        leaves=leaves,
        deputy=facts.deputy,
        active=facts.active,
    )


def department_of(facts: DepartmentFacts) -> Department:
    """A department as handlers know one: a level that nobody holds is held by the one above."""
    head = facts.head or facts.executive or facts.lead or facts.assignee or ""
    lead = facts.lead or head
    names = Names.model_construct(ko=facts.names.get("ko") or facts.code, en=facts.names.get("en") or facts.code)
    return Department.model_construct(
        code=facts.code,
        names=names,
        head=head,
        lead=lead,
        assignee=facts.assignee or lead,
        executive=facts.executive,
        active=facts.active,
        successor=facts.successor,
    )
