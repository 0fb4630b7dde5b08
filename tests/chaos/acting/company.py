"""Who administers: people of the directory one by one and by file, and products with what was sold of them."""

from datetime import UTC, datetime
from typing import Final

from shared.contracts.product import ExposureReported
from tests.chaos.acting.topics import Sender
from tests.chaos.asking import Client

ADMINISTRATOR: Final = "p-042"
PEOPLE: Final = "/api/sharing/v1/people"
IMPORTS: Final = "/api/sharing/v1/directory-imports"
ROWS: Final = 25
WRONG, LISTS = 0.1, 0.2
"""How often somebody is put where there is no department, and how often a list comes."""


async def keep_the_directory(client: Client) -> None:
    """People come one by one, and change; now and then a file of them."""
    while not client.over.is_set():
        deed = client.ledger.new("person")
        department = "sales" if client.random.random() > WRONG else "nowhere"
        said = await client.ask(deed, "sharing", PEOPLE, {"id": deed, "name": deed, "department": department})
        if said is not None:
            change = client.ledger.new("renaming")
            await client.ask(change, "sharing", f"{PEOPLE}/{deed}", {"name": change}, "PATCH")
        if client.random.random() < LISTS:
            await _import(client)
        await client.rest()


async def _import(client: Client) -> None:
    """A list of people at once; whoever stands in one that was acknowledged is known at the end."""
    rows = [client.ledger.new("listed") for _ in range(ROWS)]
    people = [{"id": row, "name": row, "department": "sales"} for row in rows]
    answer = await client.send("POST", "sharing", IMPORTS, json={"people": people})
    if answer is not None and answer.status_code == 201:
        for row in rows:
            client.ledger.acknowledge(row)


async def keep_the_register(client: Client, sender: Sender) -> None:
    """Products come and change; what was sold of one is told before it is known, and has to wait."""
    while not client.over.is_set():
        sold, deed = client.ledger.new("sale"), client.ledger.new("product")
        figure = ExposureReported(
            product_code=deed, measure="sold", period="2026-05", units=int(sold.split("-")[1]), reported_at=_now()
        )
        await sender.send(sold, figure)
        path = f"/api/intake/v1/products/{deed}"
        if await client.ask(deed, "intake", path, {"name": deed}, "PUT") is not None:
            change = client.ledger.new("rename")
            await client.ask(change, "intake", path, {"name": change}, "PUT")
        await client.rest()


def _now() -> datetime:
    return datetime.now(UTC)
