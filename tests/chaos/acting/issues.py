"""Those who are called about issues: some take the call, some are late, most let it ring."""

from typing import Final

from tests.chaos.asking import Client

CALLED: Final = "p-037"
ROOT: Final = "/api/alerts/v1/issues"


async def answer_calls(client: Client) -> None:
    """Take a call that rings, or one that may have been answered: then it is refused."""
    while not client.over.is_set():
        state = client.random.choice(("open", "live"))
        found = (await client.look("alerts", f"{ROOT}?state={state}&limit=20")).get("items", [])
        if found:
            issue = client.random.choice(found)["id"]
            deed = client.ledger.new("taking")
            await client.ask(deed, "alerts", f"{ROOT}/{issue}/acknowledgements", {"note": deed})
        await client.rest()
