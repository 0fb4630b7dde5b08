"""Who shares a transaction: those for whom a person waits go before the rows of a file, which never starve."""

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from shared.db import committer
from shared.db.committer import Committer
from shared.db.member import Member, Outcome
from shared.db.uow import Cause
from shared.errors import Unavailable


@pytest.fixture(autouse=True)
def groups(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The groups in which members were committed, by their ids."""
    seen: list[list[str]] = []

    async def commit(_store: Any, members: Sequence[Member]) -> list[Outcome]:
        await asyncio.sleep(0)
        seen.append([member.cause.id for member in members])
        return [Outcome(result=member.cause.id) for member in members]

    monkeypatch.setattr(committer, "commit_many", commit)
    return seen


def a_member(id: str) -> Member:
    async def handle(_: Any) -> None:
        """Nothing."""

    return Member(Cause(id), handle)


def a_committer(largest: int) -> Committer:
    store: Any = SimpleNamespace(deadline=4.0)
    return Committer(store, largest, lambda: None)


async def hand_in(made: Committer, rows: int, people: int) -> None:
    patient = [made.run(a_member(f"row-{n}"), patient=True) for n in range(rows)]
    await asyncio.gather(*patient, *(made.run(a_member(f"person-{n}")) for n in range(people)))


async def test_people_go_before_the_rows_of_a_file(groups: list[list[str]]) -> None:
    await hand_in(a_committer(8), rows=20, people=3)
    assert [id for id in groups[0] if id.startswith("person")] == ["person-0", "person-1", "person-2"]
    assert len(groups[0]) == 8


async def test_rows_of_a_file_get_a_share_however_many_people_wait(groups: list[list[str]]) -> None:
    await hand_in(a_committer(8), rows=4, people=40)
    assert [sum(id.startswith("row") for id in group) for group in groups[:2]] == [2, 2]


async def test_everybody_is_committed_once(groups: list[list[str]]) -> None:
    await hand_in(a_committer(7), rows=50, people=50)
    assert sorted(id for group in groups for id in group) == sorted(
        [f"row-{n}" for n in range(50)] + [f"person-{n}" for n in range(50)]
    )


async def test_a_twin_waits_for_the_first(groups: list[list[str]]) -> None:
    made = a_committer(8)
    await asyncio.gather(made.run(a_member("same"), patient=True), made.run(a_member("same"), patient=True))
    assert [len(group) for group in groups] == [1, 1]


async def test_more_rows_than_can_wait_are_refused_while_people_are_not() -> None:
    made = a_committer(8)
    rows = [asyncio.create_task(made.run(a_member(f"row-{n}"), patient=True)) for n in range(committer.WAITING + 1)]
    person = asyncio.create_task(made.run(a_member("person")))
    outcomes = await asyncio.gather(*rows, return_exceptions=True)
    assert sum(isinstance(outcome, Unavailable) for outcome in outcomes) == 1
    assert (await person).result == "person"


async def test_nobody_at_a_screen_waits_for_more_than_one_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    done, begun = asyncio.Event(), list[str]()

    async def slow(_store: Any, members: Sequence[Member]) -> list[Outcome]:
        begun.extend(member.cause.id for member in members)
        await done.wait()
        return [Outcome(result=member.cause.id) for member in members]

    monkeypatch.setattr(committer, "commit_many", slow)
    monkeypatch.setattr(committer, "GRACE", 0.0)
    made = a_committer(1)
    made._store.deadline = 0.05
    row = asyncio.create_task(made.run(a_member("row"), patient=True))
    people = [made.run(a_member(f"person-{n}")) for n in range(2 * committer.LANES)]
    assert [type(each) for each in await asyncio.gather(*people, return_exceptions=True)] == [Unavailable] * len(people)
    done.set()
    assert (await row).result == "row"
    await made.drain()
    assert begun == ["person-0", "person-1", "row"], "who gave up before their turn is not taken later"


async def test_who_asks_alone_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committer, "PACE", 60.0)
    made = a_committer(8)
    for n in range(3):
        assert (await made.run(a_member(f"person-{n}"))).result == f"person-{n}"


async def test_where_several_came_the_next_are_waited_for(
    groups: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committer, "PACE", 60.0)
    made = a_committer(8)
    await asyncio.gather(*(made.run(a_member(f"first-{n}")) for n in range(3)))
    coming = [asyncio.create_task(made.run(a_member(f"next-{n}"))) for n in range(2)]
    await asyncio.wait(coming, timeout=0.05)
    assert len(groups) == 1, "two do not go while a third may come"
    await asyncio.gather(*coming, made.run(a_member("next-2")))
    assert groups[1] == ["next-0", "next-1", "next-2"]


async def test_nobody_is_waited_for_longer_than_the_pace(
    groups: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committer, "PACE", 0.02)
    made = a_committer(8)
    await asyncio.gather(*(made.run(a_member(f"first-{n}")) for n in range(3)))
    await made.run(a_member("alone"))
    assert groups[1:] == [["alone"]]
