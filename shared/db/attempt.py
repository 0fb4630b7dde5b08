"""One attempt at a transaction: run every member, fetch in bulk what they want, write everything, commit."""

from collections import defaultdict

from shared.db.aggregate import Aggregate, Document
from shared.db.client import Commit, Find, Session
from shared.db.member import Member, Outcome
from shared.db.outbox import row_of
from shared.db.parking import DeadLetter, Parked, waiting_key
from shared.db.past import NOTHING_LOST
from shared.db.store import Store
from shared.db.uow import PrerequisiteMissing, Uow
from shared.db.wants import AnyWant, IdsWant, NumberWant, Want
from shared.db.workspace import Workspace
from shared.db.writing import steps_of
from shared.errors import NotFound
from shared.runtime import crash

MOST_ROUNDS = 25


class MemberFailed(Exception):
    """A handler failed; nothing was written for anybody in this attempt."""

    def __init__(self, member: Member, error: Exception) -> None:
        super().__init__(str(error))
        self.member, self.error = member, error


class _Again(Exception):
    """A parked record has to be treated otherwise: all members run from the start, once this round is over."""


class _Written:
    """A step that only says that those before it are done."""

    def do(self, *_: object) -> None:
        crash.point("commit.effects")


class Attempt:
    """The members of one transaction and the workspace that they share."""

    def __init__(self, store: Store, members: list[Member], numbers: dict[NumberWant, str]) -> None:
        self._store, self._members = store, members
        self._workspace = Workspace(numbers)
        self._past = NOTHING_LOST
        self._now = store.clock.now()
        self._again = False
        self._early: dict[str, str] = {}
        self._spoilt: dict[str, str] = {}
        self._outcomes: list[Outcome] = []
        self._rows: list[Document] = []

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """What became of each member, by the id of its cause; nothing before all were run."""
        return {m.cause.id: o for m, o in zip(self._members, self._outcomes, strict=False)}

    async def commit(self) -> None:
        """Run and write; raises `MemberFailed` or what the database says."""
        async with self._store.mongo.transaction() as session:
            await self.run(session)
            crash.point("commit.before")
            service, markers = self._store.service, self._markers()
            steps = steps_of(service, self._workspace, markers, self._rows, self._now)
            await self._store.mongo.do([*steps, _Written(), Commit()], session=session)
        crash.point("commit.after")

    async def run(self, session: Session) -> list[Outcome]:
        """Run every member until all are through; nothing is written yet. Raises `MemberFailed`."""
        rounds, self._past = 0, await self._store.past()
        self._workspace.era = self._past.era
        while rounds < MOST_ROUNDS:
            self._again = False
            wants = self._round()
            if wants:
                rounds += 1
                await self._fetch(wants, session)
            elif not self._again:  # being run again is bounded by the parked records, each of which asks for it once
                return self._outcomes
        raise RuntimeError("a handler asks for ever more documents")

    def _round(self) -> list[AnyWant]:
        """Run all members from the start; what they still want, or nothing when all are through."""
        self._workspace.start_again()
        self._outcomes, self._rows = [], []
        wants: list[AnyWant] = []
        for member in self._members:
            wants += self._drive(member)
        return wants

    def _drive(self, member: Member) -> list[AnyWant]:
        """Run one member until it is through or suspended; what it wants."""
        store = self._store
        self._workspace.begin_member(naming=member.park is None)  # what a topic brings states no version
        uow = store.uow(self._workspace, member.cause, self._now, store.rules, store.vault, store.directory)
        running = self._whole(member, uow)
        try:
            wants: list[AnyWant] = running.send(None)
        except StopIteration as through:
            self._outcomes.append(Outcome(result=through.value))
            return []
        except _Again:
            self._again = True
            return []
        except PrerequisiteMissing as missing:
            if member.park is None:
                raise MemberFailed(member, NotFound()) from missing
            self._early[member.cause.id] = waiting_key(missing.model, missing.id)
            self._again = True
            return []
        except Exception as error:
            raise MemberFailed(member, error) from error
        running.close()
        return wants

    async def _whole(self, member: Member, uow: Uow) -> object:
        early = self._early.get(member.cause.id)
        if early is not None and member.park is not None:
            self._workspace.waiting.add(early)
            uow.add(member.park(early))
            return None
        result = await member.handle(uow)
        self._tell(uow)
        for aggregate in uow.take_awaited():
            await self._take_up(aggregate, uow)
        return result

    async def _take_up(self, awaited: Aggregate, uow: Uow) -> None:
        """Handle what was parked until this aggregate exists, in the same transaction."""
        key = waiting_key(type(awaited), awaited.id)
        self._workspace.waiting.add(key)
        parked = await uow.find(Parked, waits_for=key)
        for record in sorted(parked, key=lambda p: (p.topic, p.partition, p.offset)):
            await self._awaken(record, uow)

    async def _awaken(self, record: Parked, uow: Uow) -> None:
        if record.id in self._early:
            record.waits_for = self._early[record.id]
            self._workspace.waiting.add(record.waits_for)
            return
        uow.remove(record)
        if record.id in self._spoilt:
            uow.add(DeadLetter(**record.model_dump(), error=self._spoilt[record.id], dead_at=self._now))
            return
        if self._store.awaken is None:
            raise RuntimeError("a record was parked in a store that cannot awaken it")
        try:
            awakened = self._store.awaken(record)
            inner = uow.under(awakened.cause)
            await awakened.handle(inner)
        except PrerequisiteMissing as missing:
            self._early[record.id] = waiting_key(missing.model, missing.id)
            raise _Again from missing
        except Exception as error:
            self._spoilt[record.id] = type(error).__name__
            raise _Again from error
        self._tell(inner)
        for aggregate in inner.take_awaited():
            await self._take_up(aggregate, inner)

    def _tell(self, uow: Uow) -> None:
        self._rows += [row_of(told, self._store.service, self._now, self._past) for told in uow.take_told()]

    async def _fetch(self, wants: list[AnyWant], session: Session) -> None:
        groups: dict[tuple[type[Aggregate], str], set[object]] = defaultdict(set)
        series: dict[str, list[NumberWant]] = defaultdict(list)
        ids: list[IdsWant] = []
        for want in wants:
            if isinstance(want, NumberWant):
                series[want.series].append(want)
            elif isinstance(want, IdsWant):
                ids.append(want)
            else:
                groups[want.model, want.field].add(want.value)
                if want.model.awaited and want.field == "_id":  # saves a round when it turns out to be new
                    groups[Parked, "waits_for"].add(waiting_key(want.model, want.value))
        for name, asked in series.items():
            given = await self._store.numbers.take(name, len(asked))
            self._workspace.numbers |= dict(zip(asked, given, strict=True))
        await self._load(groups, list(dict.fromkeys(ids)), session)

    async def _load(
        self, groups: dict[tuple[type[Aggregate], str], set[object]], ids: list[IdsWant], session: Session
    ) -> None:
        whole = [Find(model.collection, {field: {"$in": list(of)}}) for (model, field), of in groups.items()]
        alone = [Find(want.model.collection, {want.field: want.value}, {"_id": 1}) for want in ids]
        if not whole and not alone:
            return
        answers = await self._store.mongo.do([*whole, *alone], session=session)
        for ((model, field), values), rows in zip(groups.items(), answers, strict=False):
            found: dict[object, list[Document]] = {value: [] for value in values}
            for row in rows:
                found[row[field]].append(row)
            for value, those in found.items():
                self._workspace.hold(Want(model, field, value), those)
        for want, rows in zip(ids, answers[len(whole) :], strict=True):
            self._workspace.hold_ids(want, [row["_id"] for row in rows])

    def _markers(self) -> dict[str, list[Document]]:
        markers: dict[str, list[Document]] = defaultdict(list)
        for member, outcome in zip(self._members, self._outcomes, strict=True):
            row: Document = {"_id": member.cause.id, "at": self._now}
            if member.answer is not None:
                row |= member.answer(outcome.result)
            markers[member.marker].append(row)
        return markers
