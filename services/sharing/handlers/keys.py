"""API keys: made, shown once, revoked."""

from services.sharing.domain.api_key import ApiKey, NewKey, make_key, revoke, stored_id
from services.sharing.domain.refusals.coming_in import NoAccount
from services.sharing.domain.refusals.directory import IdTaken
from services.sharing.handlers.logging import note
from services.sharing.repository.uow import SharingUow
from shared.errors import NotFound


async def create_key(wanted: NewKey, hashed: str, uow: SharingUow) -> ApiKey:
    """A key for a person of the directory, or for a system under any other id."""
    if await uow.get(ApiKey, stored_id(wanted.id)) is not None:
        raise IdTaken("id")
    key = make_key(wanted, hashed, uow.by, uow.now)
    if wanted.held_by == "person" and await uow.account(wanted.holder) is None:
        raise NoAccount("holder")
    uow.add(key).tell()
    note(wanted.holder, "key_made", uow, wanted.id)
    return key


async def revoke_key(key_id: str, uow: SharingUow) -> ApiKey:
    """A key is no longer taken."""
    key = await uow.get(ApiKey, stored_id(key_id))
    if key is None:
        raise NotFound
    revoke(key, uow.by, uow.now)
    note(key.holder, "key_revoked", uow, key_id)
    return key
