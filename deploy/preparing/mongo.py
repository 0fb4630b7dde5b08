"""MongoDB of a deployment: the replica set, its administrator, and a user a service for its own databases."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from deploy import registry
from deploy.local.replica_set import SET_NAME
from deploy.preparing.errors import NotAdministrator, OtherMembers
from shared.db.client import Document, NotAllowed, run_admin_command
from shared.db.schema import known_schema
from shared.messaging.rights import user_of
from shared.runtime.settings import Settings

HERE: Final = "mongodb://localhost:27017/"
"""Whoever asks from the member's own address may found the set and its first user, as long as there is no user."""
ELECTION: Final = 3_000
"""Milliseconds without a word from the primary after which another one is elected."""
_PATIENCE: Final = 10.0


async def found(members: Sequence[str], settings: Settings) -> bool:
    """Make the first member, which has to be at this address, a set with an administrator, and add the others to it.

    True once all that is done and one takes writes; False: not yet, ask again. Raises `OtherMembers`, `StoreError`.
    """
    said = await _here({"hello": 1})
    if "setName" not in said:
        await _here({"replSetInitiate": _set_of(members[0])})
        return False
    if "primary" not in said:
        return False
    if said.get("isWritablePrimary") and not await _is_known(settings):
        await _here(_user("createUser", settings.mongo_user, settings.mongo_password, [("root", "admin")]))
    return await _is_complete(members, settings)


def _set_of(member: str) -> Document:
    return {
        "_id": SET_NAME,
        "members": [{"_id": 0, "host": member}],
        "settings": {"electionTimeoutMillis": ELECTION},
    }


async def _is_complete(members: Sequence[str], settings: Settings) -> bool:
    """Add the next member that is missing, one at a time as MongoDB wants it; whether none was."""
    config: Document = (await _ask(settings, {"replSetGetConfig": 1}))["config"]
    there = [row["host"] for row in config["members"]]
    if set(there) - set(members):
        raise OtherMembers(there=", ".join(there), wanted=", ".join(members))
    missing = [member for member in members if member not in there]
    if missing:
        number = max(row["_id"] for row in config["members"]) + 1
        config["members"].append({"_id": number, "host": missing[0]})
        config["version"] += 1
        await _ask(settings, {"replSetReconfig": config})
    return not missing


async def keep_users(settings: Settings, passwords: Mapping[str, str]) -> None:
    """See to it that each service has its user with its password and databases. Raises `NotAdministrator`."""
    try:
        for service, password in passwords.items():
            user = user_of(service, settings)
            known = (await _ask(settings, {"usersInfo": user}))["users"]
            roles = [("readWrite", database) for database in databases_of(service, settings)]
            await _ask(settings, _user("updateUser" if known else "createUser", user, password, roles))
    except NotAllowed as error:
        raise NotAdministrator(server="MongoDB", user=settings.mongo_user, reason=str(error)) from error


def databases_of(service: str, settings: Settings) -> list[str]:
    """A service's database, and the copies that are made of it before each step of its schema."""
    live = settings.named(f"ccms_{service}")
    return [live, *(f"{live}_before_{n}" for n in range(2, known_schema(registry.service(service).steps) + 1))]


async def _is_known(settings: Settings) -> bool:
    try:
        await _ask(settings, {"connectionStatus": 1})
    except NotAllowed:
        return False
    return True


def _user(command: str, name: str, password: str, roles: Sequence[tuple[str, str]]) -> Document:
    return {command: name, "pwd": password, "roles": [{"role": role, "db": database} for role, database in roles]}


async def _here(command: Document) -> dict[str, Any]:
    return await run_admin_command(HERE, command, _PATIENCE)


async def _ask(settings: Settings, command: Document) -> dict[str, Any]:
    return await run_admin_command(settings.mongo_url, command, _PATIENCE, direct=False)
