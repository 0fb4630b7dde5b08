"""Makes restored databases and the topics agree, one service after the other.

- What was told after the backup stays on its topic and takes effect nowhere; sequences and numbers go on behind it.
- What was sent and is on no topic any more is sent again.
- Every consumer reads its topics from the beginning: its inbox knows what was done before the backup.
"""

import asyncio
import json
import os
import re
from collections import Counter
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

from shared.contracts.catalogue import CATALOGUE, Entry, entry_of
from shared.db.client import Mongo
from shared.db.numbers import move_on
from shared.db.past import begin_era, keep_floors, keep_lost
from shared.db.sent import unmark_topic
from shared.messaging.groups import position_when_empty, rewind
from shared.messaging.kafka import topics_there
from shared.messaging.lost import LostEvent, survey
from shared.runtime.clock import year_in_korea
from shared.runtime.ids import random_id
from shared.runtime.service import Service
from shared.runtime.settings import Settings

UNSAFE: Final = timedelta(seconds=60)
"""What Kafka had not on its disk yet when it was lost."""
SHOWN: Final = ("open", "internal")
"""Classes whose data may stand in the list of what was lost."""
AT_ONCE: Final = 6
_NUMBER: Final = re.compile(r"(.+)-([0-9]{6,12})")


@dataclass
class Outcome:
    """What became of a restore: events that were lost by topic, rows that are sent again, where numbers go on."""

    lost: Counter[str] = field(default_factory=Counter)
    again: int = 0
    numbers: dict[str, int] = field(default_factory=dict)


class LostList:
    """The file that lists what was lost, made when there is anything; only its owner reads it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, lost: LostEvent) -> None:
        """One line: the event, and its data unless its class keeps it from those who look here."""
        if self._file is None:
            self._file = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w")
        heard = lost.heard
        said: dict[str, object] = {
            "topic": heard.entry.topic,
            "id": heard.event_id,
            "key": heard.subject,
            "sequence": heard.sequence,
            "at": lost.at.isoformat(),
        }
        if heard.entry.kind in SHOWN:
            said["data"] = _read(lost.body)
        self._file.write(json.dumps(said, ensure_ascii=False) + "\n")


class Reconciling:
    """One service's database after its documents are back. `others` are all databases of the restore, by service."""

    def __init__(
        self, service: Service, others: dict[str, Mongo], settings: Settings, taken_at: datetime, found: Outcome
    ) -> None:
        self._service, self._others, self._settings = service, others, settings
        self._taken_at, self._found = taken_at, found
        self._mongo = others[service.name]
        self._floors: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    async def run(self, lost: LostList, skip: int) -> None:
        """Do all of it; doing it again does no harm."""
        there = await topics_there(self._settings.brokers)
        own = [entry for entry in CATALOGUE.values() if entry.owner == self._service.name and not entry.command]
        await _some_at_once(self._agree(entry, self._settings.named(entry.topic) in there, lost) for entry in own)
        await keep_floors(self._mongo, self._floors)
        await begin_era(self._mongo, random_id())
        years = range(year_in_korea(self._taken_at), year_in_korea(datetime.now(UTC)) + 1)
        self._found.numbers |= await move_on(self._mongo, self._numbers, skip, years)
        taken = [entry_of(on.model).topic for on in self._service.takes]
        read = [topic for topic in taken if self._settings.named(topic) in there]
        await _some_at_once(rewind(self._settings, self._service.name, topic) for topic in read)

    async def _agree(self, entry: Entry, there: bool, lost: LostList) -> None:
        async def take(events: Sequence[LostEvent]) -> None:
            await self._give_up(entry, events, lost)

        newest = None
        if there:
            topic = self._settings.named(entry.topic)
            newest = await survey(self._mongo, self._settings.brokers, topic, entry, self._taken_at, take)
        since = newest - UNSAFE if newest is not None else None
        again, _ = await unmark_topic(self._mongo, entry.topic, sent_since=since)
        self._found.again += again

    async def _give_up(self, entry: Entry, events: Sequence[LostEvent], lost: LostList) -> None:
        """Nobody takes them; what comes next comes behind them."""
        self._found.lost[entry.topic] += len(events)
        for event in events:
            lost.add(event)
            heard = event.heard
            self._floors[heard.subject] = max(heard.sequence, self._floors.get(heard.subject, 0))
            self._note_number(event.body)
        if entry.erases:  # what a person asked to have erased stays erased, whatever was restored
            return
        for name in entry.consumers:
            if name in self._others:
                ids = [event.heard.event_id for event in events]
                await keep_lost(self._others[name], f"{name}.{entry.topic}", ids, datetime.now(UTC))

    def _note_number(self, body: bytes) -> None:
        data = _read(body)
        number = _NUMBER.fullmatch(str(data.get("number", ""))) if isinstance(data, dict) else None
        if number is not None:
            series = number[1]
            self._numbers[series] = max(int(number[2]), self._numbers.get(series, 0))


async def check_stopped(service: Service, settings: Settings) -> None:
    """See to it that nobody consumes for a service. Raises `StillConsuming`, `Unavailable`."""
    there = await topics_there(settings.brokers)
    read = [topic for on in service.takes if settings.named(topic := entry_of(on.model).topic) in there]
    await _some_at_once(position_when_empty(settings, service.name, topic) for topic in read)


async def _some_at_once(works: Iterable[Awaitable[object]]) -> None:
    """Each waits mostly for Kafka, and makes connections of its own."""
    free = asyncio.Semaphore(AT_ONCE)

    async def run(work: Awaitable[object]) -> None:
        async with free:
            await work

    await asyncio.gather(*map(run, works))


def _read(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return None
