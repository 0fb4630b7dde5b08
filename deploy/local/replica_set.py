"""Makes one MongoDB node a primary: by a new replica set, or an old one whose node listens elsewhere now."""

from typing import Any, Final

from deploy.local.ports import HOST
from shared.db.client import StoreAway, StoreError, run_admin_command

SET_NAME: Final = "ccms"
_ROUND_TRIP: Final = 10.0


async def configured(port: int) -> bool:
    """Initiate the set of the node at `port`, or correct its address; True once its address is right.

    A node that still reads its configuration says that it has none, and refuses a new one: False then.
    """
    address = f"{HOST}:{port}"
    try:
        config = await _config(port)
        if config is None:
            members = [{"_id": 0, "host": address}]
            await _run(port, {"replSetInitiate": {"_id": SET_NAME, "members": members}})
        elif config["members"][0]["host"] != address:
            config["members"][0]["host"] = address
            config["version"] += 1
            # Forced, because a node that does not find itself in the set has no primary to ask.
            await _run(port, {"replSetReconfig": config, "force": True})
    except StoreError:
        return False
    return True


async def is_primary(port: int) -> bool:
    """Whether the node at `port` takes writes."""
    try:
        return bool((await _run(port, {"hello": 1})).get("isWritablePrimary"))
    except StoreError:
        return False


async def _config(port: int) -> dict[str, Any] | None:
    """The set's configuration; None when there is none yet."""
    try:
        return dict((await _run(port, {"replSetGetConfig": 1}))["config"])
    except StoreAway:
        raise
    except StoreError:
        return None


async def _run(port: int, command: dict[str, Any]) -> dict[str, Any]:
    return await run_admin_command(f"mongodb://{HOST}:{port}/", command, _ROUND_TRIP)
