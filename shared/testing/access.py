"""Who may come in, as if a service had heard it: tests of one service need not run `sharing`."""

from collections.abc import Iterable

from shared.contracts.access import AccountFacts, KeyFacts
from shared.db.aggregate import START
from shared.db.client import Mongo
from shared.identity.api_keys import hash_of
from shared.identity.copies import REVISION, Copied, Revision
from shared.identity.organisation import Organisation

Known = AccountFacts | KeyFacts


def system_key(key: str, may: Iterable[str], holder: str = "client") -> KeyFacts:
    """What is told of a system's key that `write_key` made."""
    id = key.split("_")[1]
    return KeyFacts(id=id, hash=hash_of(key), holder=holder, label=holder, held_by="system", may=sorted(may))


def accounts_of(organisation: Organisation) -> list[AccountFacts]:
    """An account for everybody who works here."""
    return [
        AccountFacts(holder=person.id, active=person.active, roles=person.roles, sessions_from=START)
        for person in organisation.people
    ]


async def let_in(mongo: Mongo, known: Iterable[Known]) -> None:
    """Have a service's database hold these copies; whatever is really told of them later counts for more."""
    known = list(known)
    ids = [f"key:{facts.id}" if isinstance(facts, KeyFacts) else f"account:{facts.holder}" for facts in known]
    copies = [
        Copied(id=id, revision=number, told=0, about=facts.model_dump(mode="json"))
        for number, (id, facts) in enumerate(zip(ids, known, strict=True), start=1)
    ]
    await mongo.insert(Copied.collection, [copy.to_document(1) for copy in copies])
    await mongo.insert(Revision.collection, [Revision(id=REVISION, number=len(copies)).to_document(1)])
