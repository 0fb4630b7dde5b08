"""A unit of work without a database: component tests drive handlers with it, in milliseconds."""

import os
from collections import Counter
from datetime import UTC, datetime
from typing import Any, TypeVar

from shared.contracts.event import Event
from shared.db.aggregate import Aggregate
from shared.db.uow import Cause, Uow
from shared.db.wants import AnyWant, NumberWant
from shared.db.workspace import Workspace
from shared.identity.directory import Directory
from shared.identity.organisation import load_organisation
from shared.identity.principal import Principal
from shared.privacy.vault import KEY_BYTES, Vault

E = TypeVar("E", bound=Event)
U = TypeVar("U", bound=Uow)
A = TypeVar("A", bound=Aggregate)

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class EverythingKnown(Workspace):
    """Holds all that exists; numbers count up."""

    def __init__(self) -> None:
        super().__init__(complete=True)
        self._given: Counter[str] = Counter()

    def has(self, want: AnyWant) -> bool:
        """Always: what it does not hold does not exist."""
        return True

    def answer(self, want: AnyWant) -> Any:
        """As the real one, with numbers of its own."""
        if isinstance(want, NumberWant):
            self._given[want.series] += 1
            return f"{want.series}-{self._given[want.series]:06d}"
        return super().answer(want)


class Desk:
    """Hands out one unit of work a cause, over the same documents, and remembers what was told."""

    def __init__(self, uow: type[Uow], rules: Any, now: datetime = NOON) -> None:
        self._uow, self._rules = uow, rules
        self.directory = Directory(load_organisation())
        self.now = now
        self.workspace = EverythingKnown()
        self.told: list[Event] = []
        self._causes = 0
        self._vault = Vault(os.urandom(KEY_BYTES))

    async def handle(
        self, handler: Any, *args: Any, sequence: int = 1, by: Principal | None = None, source: str = ""
    ) -> Any:
        """Run a handler as the kernel would, and take what it told."""
        self._causes += 1
        cause = Cause(f"cause-{self._causes}", f"event-{self._causes}", sequence, source, principal=by)
        uow = self._uow(self.workspace, cause, self.now, self._rules, self._vault, self.directory)
        result = await handler(*args, uow)
        self.told += [told.event for told in uow.take_told()]
        return result

    def emitted(self, kind: type[E]) -> list[E]:
        """The events of one kind, in order."""
        return [event for event in self.told if isinstance(event, kind)]

    def stored(self, model: type[A]) -> list[A]:
        """The documents of one kind."""
        changes, _ = self.workspace.changes()
        return [change.aggregate for change in changes if isinstance(change.aggregate, model)]
