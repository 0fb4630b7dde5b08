"""Rows on their way: read, made into filings, sent in batches of which few are under way, settled in order."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import orjson

from deploy.cli.importing.figures import Figures
from deploy.cli.importing.identity import Identity
from deploy.cli.importing.reading import Reader, Unreadable
from deploy.cli.importing.rejected import Rejected, as_it_was
from deploy.cli.importing.server import Server
from shared.files.tables import Row, TableError
from shared.language.i18n import Language, _, translate

ROWS: Final = 100
BYTES: Final = 400_000
"""A batch ends with the row that reaches one of these; the server takes 200 rows and 1 MiB."""
UNDER_WAY: Final = 3
NO_KEY: Final = _("The key column is empty in this row.")
UNUSABLE: Final = _("This row has characters that are no text.")


@dataclass(slots=True)
class Item:
    """A row with its name and its filing as JSON, or the reason why it has none."""

    row: Row
    name: str = ""
    content: bytes = b""
    reason: str = ""


@dataclass(frozen=True)
class Errand:
    """What is done with the rows of a file: where they go, as what, and by what they are known."""

    path: str
    run: str
    dry: bool
    reader: Reader
    identity: Identity
    language: Language
    escaped: bool

    def items(self, rows: Iterable[Row]) -> Iterator[Item]:
        """Each row, ready to be sent or not."""
        return map(self._item, rows)

    def _item(self, row: Row) -> Item:
        if self.escaped:
            row = Row(row.number, {column: as_it_was(cell) for column, cell in row.cells.items()}, row.problem)
        if row.problem is not None:
            return Item(row, reason=translate(row.problem.text, self.language, **row.problem.inputs))
        name = self.identity.of(row.cells)
        if not name:
            return Item(row, reason=translate(NO_KEY, self.language))
        try:
            content = orjson.dumps({"key": name, "filing": self.reader.filing(row.cells)})
        except Unreadable as wrong:
            said = translate(wrong.text, self.language, **wrong.inputs)
            return Item(row, reason=self._reason(wrong.field.path, said))
        except TypeError:
            return Item(row, reason=translate(UNUSABLE, self.language))
        return Item(row, name, content)

    def request(self, batch: Iterable[Item]) -> bytes:
        """The body of the request that hands a batch in; empty when nothing of it can be sent."""
        rows = b",".join(item.content for item in batch if item.content)
        head = orjson.dumps({"source": self.identity.source, "run": self.run, "dry_run": self.dry})
        return b'%s,"rows":[%s]}' % (head[:-1], rows) if rows else b""

    def why(self, outcome: dict[str, Any]) -> str:
        """The reason of a refusal, with columns in place of fields."""
        return " ".join(self._reason(error["field"], error["message"]) for error in outcome["errors"])

    def _reason(self, field: str, message: str) -> str:
        name = self.reader.column_of(field) or field
        return f"{name}: {message}" if name else message


class Sending:
    """One import. `figures` and `rejected` tell how far it has come."""

    def __init__(self, errand: Errand, server: Server, figures: Figures, rejected: Rejected) -> None:
        self._errand, self._server = errand, server
        self.figures, self.rejected = figures, rejected
        self._under_way: deque[tuple[list[Item], Future[Any] | None]] = deque()

    def run(self, rows: Iterable[Row]) -> Generator[int, None, None]:
        """Send everything; yields how many rows were settled, again and again. Raises `Away`, `Refusal`."""
        with ThreadPoolExecutor(UNDER_WAY) as pool:
            try:
                for batch in _batches(self._errand.items(rows)):
                    content = self._errand.request(batch)
                    answer = pool.submit(self._server.post, self._errand.path, content) if content else None
                    self._under_way.append((batch, answer))
                    if len(self._under_way) > UNDER_WAY:
                        yield self._settle()
                while self._under_way:
                    yield self._settle()
            except BaseException:
                self._wind_up()
                raise

    def _wind_up(self) -> None:
        """Count what was under way, without asking for it again."""
        self._server.stopped.set()
        while self._under_way:
            try:
                self._settle()
            except Exception:  # one reason why it ended is enough
                continue

    def _settle(self) -> int:
        batch, answer = self._under_way.popleft()
        said = answer.result() if answer else {"rows": (), "categories": {}}
        self.figures.names |= said["categories"]
        outcomes = iter(said["rows"])
        for item in batch:
            self.figures.rows += 1
            self._count(item, next(outcomes) if item.content else None)
        return len(batch)

    def _count(self, item: Item, outcome: dict[str, Any] | None) -> None:
        figures = self.figures
        if outcome is None or outcome["outcome"] in ("refused", "failed"):
            figures.rejected += 1
            figures.failed += outcome is not None and outcome["outcome"] == "failed"
            self.rejected.add(item.row.number, item.row.cells, self._errand.why(outcome) if outcome else item.reason)
        elif self._errand.identity.came_before(item.name) or outcome["outcome"] == "already":
            figures.already += 1
        else:
            figures.accepted += 1
            figures.kinds[outcome["category"], outcome["severity"]] += 1


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    try:
        for item in items:
            batch.append(item)
            size += len(item.content)
            if len(batch) == ROWS or size > BYTES:
                yield batch
                batch, size = [], 0
    except TableError:  # the rows before the place where the file breaks off are good
        yield batch
        raise
    if batch:
        yield batch
