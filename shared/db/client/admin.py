"""A command to a server that need not have a primary yet."""

from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient

from shared.db.client.errors import translated

Document = dict[str, Any]


async def run_admin_command(
    url: str,
    command: Document,
    timeout: float,  # noqa: ASYNC109
    *,
    direct: bool = True,
) -> Document:
    """Run one command on the admin database of the server at `url`, which need not have a primary yet.

    Not `direct`: of the set's primary, wherever that is.
    """
    client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(
        url, directConnection=direct, serverSelectionTimeoutMS=int(timeout * 1000)
    )
    try:
        with translated():
            return dict(await client.admin.command(command))
    finally:
        client.close()
