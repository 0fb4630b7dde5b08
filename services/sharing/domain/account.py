"""The account of a person: whether they may come in, as what, and which of their sessions are over."""

from datetime import datetime
from typing import ClassVar, Final

from pydantic import Field

from services.sharing.domain.person import Person
from shared.contracts.access import AccessChanged, AccountFacts, EndedSession
from shared.db.aggregate import START, Aggregate, Document, index
from shared.identity.sessions import SESSION_AGE

MOST_ENDED: Final = 40
"""Sessions ended one by one that are told; with more of them all that began before the last of these are over."""
ADMIN: Final = "admin"


class Account(Aggregate):
    """One person's account. `password` is a hash (`domain/password.py`); None until one was set.

    `roles` and `works_here` follow the person in the directory; `blocked` is an administrator's own decision.
    """

    collection: ClassVar[str] = "accounts"
    indexes: ClassVar[tuple[Document, ...]] = (index("administers"),)

    holder: str
    roles: list[str]
    works_here: bool = True
    blocked: bool = False
    password: str | None = None
    must_change: bool = False
    administers: bool = False
    opened_at: datetime
    sessions_from: datetime = START
    ended: list[EndedSession] = Field(default_factory=list)

    @property
    def may_come_in(self) -> bool:
        """Whether the person may use anything at all."""
        return self.works_here and not self.blocked

    def settle(self, now: datetime) -> None:
        """After any change: whether this is an administrator, which ended sessions still matter, and tell it."""
        self.administers = self.may_come_in and ADMIN in self.roles and self.password is not None
        self.ended = [ended for ended in self.ended if ended.until > now]
        if len(self.ended) > MOST_ENDED:
            kept = sorted(self.ended, key=lambda ended: ended.until)[-MOST_ENDED:]
            self.sessions_from = max(self.sessions_from, kept[0].until - SESSION_AGE)
            self.ended = kept
        self.record(AccessChanged(entry_id=self.id, about=self.facts()))

    def facts(self) -> AccountFacts:
        """What the services are told."""
        return AccountFacts(
            holder=self.holder,
            active=self.may_come_in,
            roles=self.roles,
            sessions_from=self.sessions_from,
            ended=self.ended,
        )


def account_id(person: str) -> str:
    """Under which id a person's account is kept."""
    return f"account:{person}"


def open_account(person: Person, password: str | None, must_change: bool, now: datetime) -> Account:
    """A new account for somebody."""
    account = Account(
        id=account_id(person.id), holder=person.id, roles=list(person.roles), works_here=person.active, opened_at=now
    )
    account.password, account.must_change = password, must_change
    account.settle(now)
    return account


def follow(account: Account, person: Person, now: datetime) -> bool:
    """Have the account say what the directory says of its holder; whether that was news."""
    if (account.roles, account.works_here) == (person.roles, person.active):
        return False
    account.roles, account.works_here = list(person.roles), person.active
    account.settle(now)
    return True


def end_session(account: Account, session: str, began_at: datetime, now: datetime) -> None:
    """One session is over."""
    if all(ended.id != session for ended in account.ended):
        account.ended.append(EndedSession(id=session, until=began_at + SESSION_AGE))
        account.settle(now)


def end_all_sessions(account: Account, now: datetime) -> None:
    """Every session that began before now is over."""
    account.sessions_from, account.ended = max(account.sessions_from, now), []
    account.settle(now)


def set_password(account: Account, password: str, must_change: bool, now: datetime) -> None:
    """Give the account a password; whoever came in with the old one is out."""
    account.password, account.must_change = password, must_change
    end_all_sessions(account, now)


def block(account: Account, blocked: bool, now: datetime) -> None:
    """Keep the person out, or let them in again; sessions from before stay over."""
    account.blocked = blocked
    end_all_sessions(account, now)
