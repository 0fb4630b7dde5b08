"""People of the CS office and of departments who work on cards: one complaint after the other."""

from typing import Any, Final

from tests.chaos.asking import Client

ROOT: Final = "/api/intake/v1/complaints"
AGENT: Final = "p-034"
HEAD_OF_OFFICE: Final = "p-001"
CATEGORIES: Final = ("delivery", "quality", "payment")
THROUGH: Final = ("calling", "cause", "letter", "acceptance")
"""A card from its department to the customer's word."""


async def work_on_cards(client: Client) -> None:
    """Take complaints that were filed, any of them, and do something to each, or all that a card asks for."""
    while not client.over.is_set():
        if id := _any_complaint(client):
            alone = client.random.choice(("comment", "override", ""))
            for kind in (alone,) if alone else THROUGH:
                await _do(client, kind, id)
        await client.rest()


def _any_complaint(client: Client) -> str | None:
    known = [id for deed, id in client.ledger.ids.items() if deed.startswith("filing-")]
    return client.random.choice(known) if known else None


async def _do(client: Client, kind: str, id: str) -> None:
    path, body = _DOINGS[kind]
    deed = client.ledger.new(kind)
    sent = {name: deed if value is None else value for name, value in body.items()}
    if kind == "override":
        sent["category"] = client.random.choice(CATEGORIES)
    await client.ask(deed, "intake", f"{ROOT}/{id}{path}", sent)


_DOINGS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "comment": ("/comments", {"text": None}),
    "override": ("/overrides", {"reason": None}),
    "cause": (
        "/departments/customer_satisfaction/causes",
        {"cause": "process", "cause_text": None, "prevention": "공정 온도를 상시 점검한다"},
    ),
    "letter": ("/answers", {"stage": "final", "text": None, "remedies": ["refund"], "send": True}),
    "acceptance": ("/resolutions", {"text": None}),
    "calling": ("/departments", {"add": ["customer_satisfaction"], "reason": None}),
}
"""What is done: path and body, in which None stands for the deed's own words, kept in the timeline."""
