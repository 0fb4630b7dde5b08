"""Whom a role means today: those who hold it, or who stand in for them (대결)."""

from collections.abc import Iterable
from datetime import date, datetime

from services.alerts.domain.checklist import Item
from services.alerts.domain.playbook import Playbook
from shared.identity.organisation import Department, Organisation
from shared.identity.principal import Principal
from shared.runtime.clock import KOREA

DECIDING = ("safety_officer", "cs_manager", "cco", "ceo")
"""Who decides about an issue as a whole: contains, lowers, silences, closes."""

ANSWERING = (*DECIDING, "dept_manager", "executive")
"""Who may take the call of an issue, beside whoever is rung."""


def day_of(moment: datetime) -> date:
    """The day in Korea, by which leaves are counted."""
    return moment.astimezone(KOREA).date()


def acting(people: Iterable[str], organisation: Organisation, on: date) -> list[str]:
    """Those who decide for these people that day, in order, each once."""
    found = [person for id in people if (person := organisation.acting_for(id, on)) is not None]
    return list(dict.fromkeys(person.id for person in found))


def chain(playbook: Playbook, step: int, organisation: Organisation, on: date) -> list[str]:
    """The persons a step calls, in order, by id; whoever is away is replaced by their deputy."""
    holders = [person.id for role in playbook.rule(step).call for person in organisation.with_role(role)]
    return acting(holders, organisation, on) or list(dict.fromkeys(holders))


def holding(roles: Iterable[str], organisation: Organisation, on: date) -> list[str]:
    """Everyone in any of these roles that day."""
    return acting((person.id for role in roles for person in organisation.with_role(role)), organisation, on)


def holders(item: Item, organisation: Organisation) -> list[str]:
    """Whose an action is: those in its role, of its department (or what succeeded it) where it names one."""
    people = organisation.with_role(item.role)
    if item.department is not None:
        department = organisation.in_charge(item.department)
        people = [person for person in people if department is not None and person.department == department.code]
    return [person.id for person in people]


def responsible(item: Item, organisation: Organisation, on: date) -> list[str]:
    """Who has to do an action that day."""
    return acting(holders(item, organisation), organisation, on)


def heads(department: Department | None, organisation: Organisation, on: date) -> list[str]:
    """Who is told of what a department has to do: 부서장, 팀장, 담당."""
    return acting(department.levels, organisation, on) if department is not None else []


def decides(person: Principal) -> bool:
    """Whether a person decides about issues as a whole."""
    return not person.roles.isdisjoint(DECIDING)


def may_answer(called: str | None, person: Principal) -> bool:
    """Whether a person may take a call: whoever is rung, if only as a deputy, and those in a role that answers."""
    return person.id == called or not person.roles.isdisjoint(ANSWERING)


def may_do(item: Item, person: Principal, organisation: Organisation, on: date) -> bool:
    """Whether a person may do an action: it is theirs, or they stand in, or they decide about the issue as a whole."""
    theirs = (*holders(item, organisation), *responsible(item, organisation, on))
    return decides(person) or person.id in theirs


def may_confirm(department: str, person: Principal, organisation: Organisation) -> bool:
    """Whether a person may say that a department carried out an order: one of it, or of what succeeded it."""
    charged = organisation.in_charge(department)
    return decides(person) or (charged is not None and person.department == charged.code)
