"""Accounts of people: opened, blocked, given a new password; sessions ended."""

from services.sharing.domain.account import (
    Account,
    block,
    end_all_sessions,
    end_session,
    open_account,
    set_password,
)
from services.sharing.domain.refusals.coming_in import NoAccount
from services.sharing.domain.session import SessionRecord
from services.sharing.handlers.administrators import keep_an_administrator
from services.sharing.handlers.logging import note
from services.sharing.handlers.signing_in import forget_failures
from services.sharing.repository.uow import SharingUow
from shared.errors import NotFound


async def give_password(person_id: str, hashed: str, must_change: bool, uow: SharingUow) -> Account:
    """A password that an administrator hands over; opens the account where there is none."""
    person, account = await uow.person(person_id), await uow.account(person_id)
    if account is None:
        account = uow.add(open_account(person, hashed, must_change, uow.now))
        note(person_id, "opened", uow)
        return account
    set_password(account, hashed, must_change, uow.now)
    await forget_failures(person_id, uow)
    await _forget_sessions(person_id, uow)
    note(person_id, "password_given", uow)
    return account


async def end_everywhere(person_id: str, uow: SharingUow) -> Account:
    """Every session of a person is over."""
    account = await _needed(person_id, uow)
    end_all_sessions(account, uow.now)
    await _forget_sessions(person_id, uow)
    note(person_id, "signed_out_everywhere", uow)
    return account


async def set_blocked(person_id: str, blocked: bool, uow: SharingUow) -> Account:
    """Keep a person out, or let them in again."""
    account = await _needed(person_id, uow)
    if account.blocked == blocked:
        return account
    administered = account.administers
    block(account, blocked, uow.now)
    if administered and not account.administers:
        await keep_an_administrator(uow)
    await _forget_sessions(person_id, uow)
    note(person_id, "blocked" if blocked else "let_in", uow)
    return account


async def end_one(person_id: str, session_id: str, uow: SharingUow) -> Account:
    """One session is over; a person ends their own only."""
    account, record = await _needed(person_id, uow), await uow.get(SessionRecord, session_id)
    if record is None or record.person != person_id:
        raise NotFound
    end_session(account, record.id, record.began_at, uow.now)
    uow.remove(record)
    note(person_id, "signed_out", uow)
    return account


async def _forget_sessions(person_id: str, uow: SharingUow) -> None:
    for record in await uow.find(SessionRecord, person=person_id):
        uow.remove(record)


async def _needed(person_id: str, uow: SharingUow) -> Account:
    account = await uow.account(person_id)
    if account is None:
        raise NoAccount
    return account
