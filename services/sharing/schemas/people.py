"""Shapes of people over HTTP; never those of events."""

from datetime import date
from typing import Self

from pydantic import BaseModel

from services.sharing.domain.account import Account
from services.sharing.domain.person import Person


class LeaveOut(BaseModel):
    """A time away, first to last day, and who decides meanwhile."""

    start: date
    end: date
    deputy: str | None


class PersonOut(BaseModel):
    """One person of the directory. `version` is the ETag."""

    id: str
    name: str
    employment: str
    department: str
    roles: list[str]
    call_order: int
    deputy: str | None
    leaves: list[LeaveOut]
    active: bool
    version: int

    @classmethod
    def of(cls, person: Person) -> Self:
        """The person as everybody with the right sees them."""
        leaves = [LeaveOut(start=leave.start, end=leave.end, deputy=leave.deputy) for leave in person.leaves]
        facts = person.model_dump(exclude={"leaves", "name_key", "sought"})
        return cls(leaves=leaves, version=person.version, **facts)


class AccountOut(BaseModel):
    """Whether a person may come in. `must_change`: with a password that was handed over and has to be replaced."""

    person: str
    may_come_in: bool
    blocked: bool
    must_change: bool

    @classmethod
    def of(cls, account: Account) -> Self:
        """The account, without anything secret."""
        return cls(
            person=account.holder,
            may_come_in=account.may_come_in,
            blocked=account.blocked,
            must_change=account.must_change,
        )
