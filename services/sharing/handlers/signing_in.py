"""Signing in: count the attempt, look at the password outside of any transaction, then begin a session."""

from dataclasses import dataclass

from services.sharing.domain.account import Account, end_session, set_password
from services.sharing.domain.attempts import Attempts, count_attempt
from services.sharing.domain.person import Person, name_key
from services.sharing.domain.refusals.coming_in import SignInFailed
from services.sharing.domain.session import SessionRecord, begin_session
from services.sharing.handlers.logging import note
from services.sharing.repository.uow import SharingUow
from shared.db.aggregate import START
from shared.identity.sessions import Session


@dataclass(frozen=True, slots=True)
class Attempt:
    """What is needed to look at a password; without a `password` there is no such account, which nobody is told."""

    id: str
    person: str | None = None
    name: str = ""
    password: str | None = None
    must_change: bool = False


async def begin_attempt(typed: str, uow: SharingUow) -> Attempt:
    """Count an attempt under a name. Raises `Locked`, for names that nobody has as for those that somebody has."""
    account = await _account_of(typed, uow)
    id = attempt_id(account.holder if account else name_key(typed), uow)
    attempts = await uow.get(Attempts, id) or uow.add(Attempts(id=id, last_at=START))
    count_attempt(attempts, uow.rules.sign_in, uow.now)
    if account is None:
        return Attempt(id)
    person = await uow.person(account.holder)
    return Attempt(id, account.holder, person.name, account.password, account.must_change)


def attempt_id(name: str, uow: SharingUow) -> str:
    """Under which id attempts under a name are counted."""
    return f"attempt:{uow.vault.mark(name, 'attempt')}"


async def _account_of(typed: str, uow: SharingUow) -> Account | None:
    """The account that a person means who types this: by id, or by their exact name if only one here has it."""
    by_id = await uow.account(typed.strip().lower()[:40])
    if by_id is not None:
        return by_id if by_id.may_come_in else None
    named = [person for person in await uow.find(Person, name_key=name_key(typed)) if person.active]
    accounts = [account for person in named if (account := await uow.account(person.id)) and account.may_come_in]
    return accounts[0] if len(accounts) == 1 else None


async def note_failure(attempt: Attempt, uow: SharingUow) -> None:
    """The password was not the one; the attempt is counted already."""
    if attempt.person is None:
        return
    attempts = await uow.get(Attempts, attempt.id)
    locked = attempts is not None and attempts.locked_until is not None
    note(attempt.person, "locked" if locked else "failed", uow, by=attempt.person)


async def forget_failures(person_id: str, uow: SharingUow) -> None:
    """With a new password nobody waits for the lock that the old one led to."""
    if (attempts := await uow.get(Attempts, attempt_id(person_id, uow))) is not None:
        uow.remove(attempts)


async def sign_in(attempt: Attempt, browser: str, uow: SharingUow) -> Session:
    """The password was right: forget the failures, begin a session."""
    if (attempts := await uow.get(Attempts, attempt.id)) is not None:
        uow.remove(attempts)
    return await _begin(attempt.person, browser, uow)


async def sign_in_sample(person_id: str, browser: str, uow: SharingUow) -> Session:
    """One of the sample people comes in with one click."""
    return await _begin(person_id, browser, uow)


async def _begin(person_id: str | None, browser: str, uow: SharingUow) -> Session:
    account = await uow.account(person_id) if person_id else None
    if account is None or not account.may_come_in:
        raise SignInFailed
    record = uow.add(begin_session(uow.new_id(), account.holder, browser, uow.now))
    note(account.holder, "signed_in", uow, browser, by=account.holder)
    return record.as_session()


async def change_password(person_id: str, hashed: str, browser: str, uow: SharingUow) -> Session:
    """A person's own new password: everything that came in with the old one is out, and here a session begins."""
    account = await uow.account(person_id)
    if account is None:
        raise SignInFailed
    set_password(account, hashed, False, uow.now)
    await forget_failures(person_id, uow)
    for record in await uow.find(SessionRecord, person=person_id):
        uow.remove(record)
    note(person_id, "password_changed", uow, by=person_id)
    return await _begin(person_id, browser, uow)


async def sign_out(session: Session, uow: SharingUow) -> None:
    """This session is over."""
    account = await uow.account(session.person)
    if account is None:
        return
    end_session(account, session.id, session.began_at, uow.now)
    if (record := await uow.get(SessionRecord, session.id)) is not None:
        uow.remove(record)
    note(session.person, "signed_out", uow, by=session.person)
