"""Lists by several filters while the roster is a moment behind: nothing is lost, doubled or out of place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.domain.roster import Roster
from services.intake.domain.rows import Row
from services.intake.repository.listing import Listing

BEGINNING = datetime(2026, 11, 1, tzinfo=UTC)
BEFORE = BEGINNING + timedelta(days=30)
WANTED = {"category": "defect", "channel": "web"}
MANY = 30


@dataclass(frozen=True)
class Card:
    """What a list asks of a complaint; `open` and the category are what the filters ask."""

    id: str
    filed_at: datetime
    due_at: datetime | None
    open: bool = True


def a_card(n: int) -> Card:
    return Card(str(UUID(int=n + 1)), BEGINNING + timedelta(minutes=n), BEGINNING + timedelta(hours=n))


def row_of(card: Card) -> Row:
    filed, due = (int(at.timestamp() * 1000) for at in (card.filed_at, card.due_at or card.filed_at))
    marks = {("which", "open" if card.open else "closed"), ("category", "defect"), ("channel", "web")}
    return Row(card.id, 1, filed, due, frozenset(marks))


class Stored:
    """MongoDB as it is now; `meanwhile` happens while it is asked. Asked for a whole page it answers as of now, too."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self.cards = {card.id: card for card in cards}
        self.meanwhile: Callable[[], None] = lambda: None
        self.pages = 0

    async def those(self, ids: Sequence[str], filters: dict[str, str]) -> dict[str, Any]:
        self.meanwhile()
        return {id: card for id in ids if (card := self.cards[id]).open or filters.get("open") != "true"}

    async def due(self, before: datetime, _: object, after: tuple[datetime, str] | None, limit: int) -> list[Any]:
        self.pages += 1
        open_ones = [(c.due_at, c.id, c) for c in self.cards.values() if c.open and c.due_at and c.due_at < before]
        return [card for at, id, card in sorted(open_ones) if after is None or (at, id) > after][:limit]


def made(*cards: Card) -> tuple[Listing, Stored, Roster]:
    stored, roster = Stored(cards), Roster()
    for card in cards:
        roster.put(row_of(card))
    double: Any = stored
    return Listing(double, roster), stored, roster


async def walked(listing: Listing, size: int = 5) -> list[str]:
    """Ids of all pages, as the API walks them: one more than is shown tells that there is a next one."""
    seen: list[str] = []
    after: tuple[datetime, str] | None = None
    while len(seen) < 5 * MANY:
        page = await listing.due(BEFORE, WANTED, after, size + 1)
        seen += [card.id for card in page[:size]]
        last = page[:size][-1] if page else None
        if last is None or last.due_at is None or len(page) <= size:
            break
        after = (last.due_at, last.id)
    return seen


CARDS = [a_card(n) for n in range(MANY)]
IDS = [card.id for card in CARDS]


async def test_all_pages_together_are_all() -> None:
    listing, _, _ = made(*CARDS)
    assert await walked(listing) == IDS


@pytest.mark.parametrize("place", [0, 4, 5, 17])
@pytest.mark.parametrize("hours", [-3, 20, 24 * 90])
async def test_a_clock_that_moved_unheard_costs_no_other_card_its_place(place: int, hours: int) -> None:
    listing, stored, _ = made(*CARDS)
    moved = CARDS[place]
    stored.cards[moved.id] = replace(moved, due_at=BEGINNING + timedelta(hours=place + hours, minutes=1))
    found = await walked(listing)
    assert found == [id for id in IDS if id != moved.id], "it comes as soon as the roster knows where it stands"


async def test_what_the_roster_learns_while_mongodb_is_asked_moves_no_page() -> None:
    listing, stored, roster = made(*CARDS)
    last = CARDS[5]

    def closed() -> None:
        stored.cards[last.id] = replace(last, open=False)
        roster.put(Row(last.id, 2, 0, 10**12, frozenset({("which", "closed")})))

    stored.meanwhile = closed
    assert await walked(listing) == [id for id in IDS if id != last.id]


async def test_where_little_is_as_the_roster_has_it_mongodb_answers() -> None:
    listing, stored, _ = made(*CARDS)
    for card in CARDS[:28]:
        stored.cards[card.id] = replace(card, open=False)
    assert await walked(listing) == IDS[28:]
    assert stored.pages > 0


@pytest.mark.parametrize("value", ["any", "none", "nobody"])
async def test_what_only_the_queue_means_by_a_value_is_left_to_mongodb(value: str) -> None:
    listing, stored, _ = made(*CARDS)
    await listing.due(BEFORE, {"issue": value, "category": "defect"}, None, 5)
    assert stored.pages == 1
