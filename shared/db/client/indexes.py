"""Collections and their indexes, made at start."""

from collections.abc import Mapping, Sequence
from typing import Any

import pymongo
from motor.motor_asyncio import AsyncIOMotorDatabase
from pymongo.errors import OperationFailure

from shared.db.client.errors import EXISTS, OTHER_INDEX


async def ensure(db: AsyncIOMotorDatabase[Any], collection: str, indexes: Sequence[Mapping[str, Any]]) -> None:
    """Make the collection and its indexes; an index is `{"keys": [...], ...options}`."""
    try:
        await db.create_collection(collection, check_exists=False)
    except OperationFailure as error:
        if error.code != EXISTS:
            raise
    models = [pymongo.IndexModel(i["keys"], **{k: v for k, v in i.items() if k != "keys"}) for i in indexes]
    try:
        if models:
            await db[collection].create_indexes(models)
    except OperationFailure as error:
        if error.code not in OTHER_INDEX:
            raise
        await _remake(db, collection, models)


async def _remake(db: AsyncIOMotorDatabase[Any], place: str, models: Sequence[pymongo.IndexModel]) -> None:
    """Another version had other options for an index of this name or these fields: make it anew."""
    collection = db[place]
    there = {name: i["key"] for name, i in (await collection.index_information()).items()}
    for model in models:
        wanted, keys = model.document["name"], list(model.document["key"].items())
        try:
            await collection.create_indexes([model])
        except OperationFailure as error:
            if error.code not in OTHER_INDEX:
                raise
            for name, fields in there.items():
                if name == wanted or list(fields) == keys:
                    await collection.drop_index(name)
            await collection.create_indexes([model])
