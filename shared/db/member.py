"""Members of a transaction, and what became of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.contracts.catalogue import COMMAND_AGE, INBOX_AGE
from shared.db.aggregate import Document, index
from shared.db.parking import Parked
from shared.db.past import INBOX as INBOX
from shared.db.store import Handle
from shared.db.uow import Cause

COMMANDS = "commands"
LASTING = "lasting"
"""Commands that may come again after years, such as the rows of a file: they are never forgotten."""
MARKER_INDEXES: dict[str, tuple[Document, ...]] = {
    INBOX: (index("at", name="old", expireAfterSeconds=int(INBOX_AGE.total_seconds())),),
    COMMANDS: (index("at", name="old", expireAfterSeconds=int(COMMAND_AGE.total_seconds())),),
    LASTING: (),
    "waiting": (index("at", name="old", expireAfterSeconds=86400),),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One use case in a transaction. Its cause's id is fixed before the first attempt.

    The id is stored in `marker` with the effects, so that it can be known later whether they happened. `answer` makes
    what is stored beside it out of the handler's result; `park` makes the row that keeps a record that is too early.
    """

    cause: Cause
    handle: Handle
    marker: str = COMMANDS
    answer: Callable[[Any], Document] | None = None
    park: Callable[[str], Parked] | None = None


@dataclass(slots=True)
class Outcome:
    """What became of a member: its `result`, or the `error` it failed with, or the row of an earlier `done`."""

    result: Any = None
    error: Exception | None = None
    done: Document | None = None
