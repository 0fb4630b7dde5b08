"""The accounts of a local start: one person a role and one program, or one administrator; kept from start to start."""

import asyncio
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from deploy.desk import do, kept_of
from services.sharing.domain.api_key import NewKey
from services.sharing.handlers.founding import found_company, keep_account, keep_administrator, keep_keys
from services.sharing.repository.people import People
from shared.identity.api_keys import hash_of, write_key
from shared.identity.organisation import Organisation
from shared.identity.samples import one_per_role
from shared.runtime.app import stream_policy
from shared.runtime.process import Running
from shared.runtime.service import Service

SYSTEM: Final = "system"
ADMIN: Final = "admin"
ADMINISTRATOR: Final = "관리자"
Known = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """Who acts in a role, by id and name, with password and API key; a program has no password.

    `is_new`: the password was made now, so that it has to be given to whoever has another one.
    """

    role: str
    holder: str
    name: str
    password: str | None
    api_key: str
    is_new: bool = False

    def key(self, scopes: Sequence[str]) -> NewKey:
        """What their key is to be; a program's may do all that a program can."""
        held_by, may = ("system", list(scopes)) if self.password is None else ("person", [])
        return NewKey.model_validate(
            {"id": _key_id(self.role), "holder": self.holder, "label": self.name, "held_by": held_by, "may": may}
        )

    def written(self) -> dict[str, str]:
        """As the run file has it."""
        said = {"name": self.name, "id": self.holder, "password": self.password, "api_key": self.api_key}
        return {name: value for name, value in said.items() if value is not None}


def scopes_of(services: Iterable[Service]) -> list[str]:
    """Everything that a program can be allowed at these services."""
    rules = (rule for service in services for rule in (*service.policy, *stream_policy(service.name)))
    return sorted({name for rule in rules for name in rule.allowed if ":" in name})


def sample_accounts(organisation: Organisation, known: Known) -> list[Account]:
    """One account a role, and one for a program; passwords and keys of an earlier start stay."""
    made: dict[str, Account] = {}
    for role, person in one_per_role(organisation).items():
        account = _account(role, person.id, person.name, known)
        first = next((other for other in made.values() if other.holder == person.id), account)
        made[role] = replace(account, password=first.password, is_new=first.is_new)  # one person has one password
    return [*made.values(), Account(SYSTEM, "sample-system", "Sample system", None, _known_key(known, SYSTEM))]


def first_account(known: Known) -> list[Account]:
    """The administrator of an empty system."""
    return [_account(ADMIN, ADMIN, ADMINISTRATOR, known)]


async def open_accounts(
    running: Running, accounts: Sequence[Account], company: Organisation | None, scopes: Sequence[str]
) -> None:
    """See to it that the accounts are there, through sharing's own handlers."""
    if company is not None:
        await do(running.committer, found_company, company)
    people = {account.holder: account for account in accounts if account.password is not None}
    await asyncio.gather(*(_open(running, account, company) for account in people.values()))
    await do(running.committer, keep_keys, {hash_of(a.api_key): a.key(scopes) for a in accounts})


async def _open(running: Running, account: Account, company: Organisation | None) -> None:
    there = await People(running.mongo).account(account.holder)
    if there is not None and there.password is not None and not account.is_new:
        return
    hashed = await kept_of(account.password or "")
    if company is None:
        await do(running.committer, keep_administrator, account.holder, account.name, hashed, False)
    else:
        await do(running.committer, keep_account, account.holder, hashed, False)


async def known_everywhere(running: Iterable[Running], accounts: Sequence[Account]) -> None:
    """Wait until every service has heard of the accounts."""
    for service in running:
        while not _knows(service, accounts):
            await asyncio.sleep(0.02)
            await service.follower.refresh()


def _knows(service: Running, accounts: Sequence[Account]) -> bool:
    directory = service.store.directory
    for account in accounts:
        key = directory.keys.get(_key_id(account.role))
        if key is None or key.revoked or key.hash != hash_of(account.api_key):
            return False
        if account.password is not None and account.holder not in directory.accounts:
            return False
    return True


def read_known(run_file: Path) -> Known:
    """The accounts that an earlier start wrote down; none when there was none."""
    try:
        accounts = json.loads(run_file.read_bytes())["accounts"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return accounts if isinstance(accounts, dict) else {}


def _account(role: str, holder: str, name: str, known: Known) -> Account:
    password = _said(known, role, "password")
    same = _said(known, role, "id") in (None, holder)
    kept = password if same else None
    return Account(role, holder, name, kept or secrets.token_urlsafe(12), _known_key(known, role), kept is None)


def _known_key(known: Known, role: str) -> str:
    key = _said(known, role, "api_key")
    if key is not None and key.startswith(f"ccms_{_key_id(role)}_"):
        return key
    return write_key(_key_id(role), secrets.token_bytes(32))


def _said(known: Known, role: str, field: str) -> str | None:
    account = known.get(role)
    value = account.get(field) if isinstance(account, dict) else None
    return value if isinstance(value, str) else None


def _key_id(role: str) -> str:
    return role.replace("_", "-")
