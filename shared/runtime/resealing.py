"""`ccms reseal`: what former master keys seal is sealed anew under the present one.

Rows keep their version: nothing in them has changed. A writer that loaded one before may put the old value back, so
what was changed is gone through again until nothing is left. What is cut off is begun again.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.db.client import Document, Mongo
from shared.db.member import COMMANDS
from shared.db.parking import DeadLetter
from shared.messaging.burial import SEALED_FOR as DEAD
from shared.privacy.sealed import Sealed
from shared.privacy.vault import Vault, VaultError
from shared.runtime.service import Service
from shared.web.run import SEALED_FOR as ANSWER

EVERYWHERE: Final = (
    Sealed(COMMANDS, "answer", ANSWER),
    Sealed(DeadLetter.collection, "body", DEAD, {"sealed": True}),
    Sealed(DeadLetter.collection, "key", DEAD, {"sealed": True}),
)
"""What the kernel itself seals in every service's database."""
PAGE: Final = 1000
PAGE_BYTES: Final = 8 * 1024 * 1024
"""Of dead letters, the only values that may be large: their field is the one that `find` weighs."""
AT_ONCE: Final = 16
PASSES: Final = 5


@dataclass(slots=True)
class Resealed:
    """How many values were sealed anew, were so already, and could be opened by no key.

    `unfinished`: in so many collections others go on sealing under a former key.
    """

    anew: int = 0
    already: int = 0
    lost: int = 0
    unfinished: int = 0


async def reseal(service: Service, mongo: Mongo, vault: Vault) -> Resealed:
    """Seal anew whatever a service has. Raises `StoreError`."""
    total = Resealed()
    for sealed in (*EVERYWHERE, *service.sealed):
        for number in range(PASSES):
            found = await _through(sealed, mongo, vault)
            total.anew += found.anew
            total.already += 0 if number else found.already
            if not found.anew:
                break
        total.lost += found.lost
        total.unfinished += bool(found.anew)
    return total


async def _through(sealed: Sealed, mongo: Mongo, vault: Vault) -> Resealed:
    found, last = Resealed(), ""
    while rows := await _page(sealed, last, mongo):
        last = rows[-1]["_id"]
        changes = []
        for row in rows:
            try:
                renewed = vault.renew(row[sealed.field], sealed.purpose)
            except VaultError:
                found.lost += 1
                continue
            if renewed is None:
                found.already += 1
            else:
                changes.append((row, renewed))
        found.anew += await _write(sealed, changes, mongo)
    return found


async def _page(sealed: Sealed, after: str, mongo: Mongo) -> list[Document]:
    query = {**sealed.only, "_id": {"$gt": after}, sealed.field: {"$type": "binData", "$ne": b""}}
    return await mongo.find(
        sealed.collection, query, sort=[("_id", 1)], limit=PAGE, fields={sealed.field: 1}, most_bytes=PAGE_BYTES
    )


async def _write(sealed: Sealed, changes: Sequence[tuple[Document, bytes]], mongo: Mongo) -> int:
    """Only over the value that was read; how many were."""

    async def one(row: Document, renewed: bytes) -> int:
        still = {"_id": row["_id"], sealed.field: row[sealed.field]}
        return await mongo.update(sealed.collection, still, {"$set": {sealed.field: renewed}})

    written = 0
    for start in range(0, len(changes), AT_ONCE):
        written += sum(await asyncio.gather(*(one(*each) for each in changes[start : start + AT_ONCE])))
    return written
