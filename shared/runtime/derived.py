"""What of a service's data follows from topics: said once in its manifest, and made again by `ccms rebuild`.

Every other collection holds what people and systems entered here: only a backup of the database brings that back.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.db.aggregate import Aggregate
from shared.db.store import Store

Mend = Callable[[Any, Any], Awaitable[bool]]
"""`(told, uow)`: have the service's own row say what the topics tell; whether that changed anything."""


class Rebuilt(Protocol):
    """A service whose rows have been mended: its own store, and the one that was made from the topics alone."""

    live: Store
    told: Store

    def read(self, model: type[Event]) -> AsyncIterator[Envelope]:
        """A topic from its beginning."""
        ...


Settle = Callable[[Rebuilt], Awaitable[int]]
"""Makes again what follows from several rows, such as counts; how many rows changed."""


@dataclass(frozen=True, slots=True)
class Derived:
    """One collection that is made from events. `told_by` are those events; the service's own consumers take them.

    `mend` carries a row over to the service's own, and leaves alone what people have a say in.
    """

    model: type[Aggregate]
    told_by: Sequence[type[Event]]
    mend: Mend
