"""Imports of the directory: what a file would do, bad rows without their neighbours, and then doing it."""

import gc
import io
import tracemalloc
from time import perf_counter
from typing import Any

import pytest

from services.sharing.api.checking import from_file
from services.sharing.domain.access_log import LogEntry
from services.sharing.domain.department import Department, new_department
from services.sharing.domain.entries import PersonFields
from services.sharing.domain.importing.drafts import Draft, Standing
from services.sharing.domain.importing.plan import chunks_of, counts_of, plan, what_of
from services.sharing.domain.importing.report import DirectoryImport
from services.sharing.domain.refusals import NotChecked
from services.sharing.handlers.imports import APPLY, apply_import, apply_part, begin_import, end_check, keep_chunks
from services.sharing.handlers.people import change_person
from services.sharing.service import rules_of
from shared.contracts.organisation import OrganisationChanged
from shared.db.timers import Timer
from shared.runtime.settings import Settings
from shared.testing.fake import NOON
from tests.component.sharing.office import Office, an_office, refused, whatever

CHRISTMAS = {"start": "2026-12-24", "end": "2026-12-31"}


def outcomes(drafts: list[Draft]) -> dict[str, str]:
    """What each entry comes to."""
    return {draft.read.id: what_of(draft) or "unchanged" for draft in drafts}


async def test_each_row_is_new_changed_or_known() -> None:
    office = await an_office()
    drafts = office.check(
        {"id": "park", "name": "박나래", "department": "sales"},
        {"id": "kim", "name": "김하린"},
        {"id": "lee", "name": "lee", "department": "sales"},
        {"id": "lee2", "active": False, "name": "x", "department": "sales"},
    )
    assert outcomes(drafts) == {"park": "added", "kim": "changed", "lee": "unchanged", "lee2": "added"}
    assert counts_of(drafts).model_dump() == {
        "rows": 4, "added": 2, "changed": 1, "left": 0, "unchanged": 1, "refused": 0,
    }  # fmt: skip


async def test_one_bad_row_spoils_no_other() -> None:
    office = await an_office()
    good = {"department": "sales"}
    drafts = office.check(
        {"id": "a1", "name": "가", **good},
        {"id": "a2", "name": "   ", **good},
        {"id": "a3", "name": "다", "department": "mars"},
        {"id": "a4", "name": "라", **good, "deputy": "nobody"},
        {"id": "a5", "name": "마", **good, "deputy": "a5"},
        {"id": "a6", "name": "بنت الهدى", **good},
        {"id": "a7", "name": "🌸 민지", **good, "leaves": [{"start": "2026-12-05", "end": "2026-12-01"}]},
        {"id": "a8", "name": "שרה 👩‍🔬", **good},
        {"id": "a9", "name": "자"},
    )
    assert refused(drafts) == {
        3: {"name"},
        4: {"department"},
        5: {"deputy"},
        6: {"deputy"},
        8: {"leaves"},
        10: {"department"},
    }
    assert [id for id, what in outcomes(drafts).items() if what == "added"] == ["a1", "a6", "a8"]


async def test_of_an_id_that_stands_twice_neither_row_is_taken() -> None:
    office = await an_office()
    drafts = office.check({"id": "kim", "name": "one"}, {"id": "lee", "name": "L"}, {"id": "kim", "name": "two"})
    assert refused(drafts) == {2: {"id"}, 4: {"id"}}
    assert outcomes(drafts)["lee"] == "changed"


async def test_deputies_in_a_circle_are_refused_and_whoever_leads_to_it_is_not() -> None:
    office = await an_office()
    drafts = office.check(
        {"id": "kim", "deputy": "lee"}, {"id": "lee", "deputy": "new"}, {"id": "head", "deputy": "kim"},
        {"id": "new", "name": "N", "department": "sales", "deputy": "kim"},
    )  # fmt: skip
    assert outcomes(drafts) == {"kim": "refused", "lee": "refused", "new": "refused", "head": "changed"}


async def test_a_chain_of_new_deputies_falls_with_its_last_link() -> None:
    office = await an_office()
    chain = [{"id": f"n{k}", "name": "N", "department": "sales", "deputy": f"n{k + 1}"} for k in range(2000)]
    begun = perf_counter()
    drafts = office.check(*chain, {"id": "n2000", "name": "N", "department": "mars"}, {"id": "kim", "name": "K"})
    assert perf_counter() - begun < 5
    assert set(outcomes(drafts).values()) == {"refused", "changed"}
    assert outcomes(drafts)["kim"] == "changed"


async def test_whoever_is_not_in_a_complete_list_has_left_and_only_then() -> None:
    office = await an_office()
    rows: list[dict[str, Any]] = [{"id": "boss"}, {"id": "head"}, {"id": "kim", "name": " "}]
    assert "lee" not in outcomes(office.check(*rows))
    complete = outcomes(office.check(*rows, mark_left=True))
    assert complete == {"boss": "unchanged", "head": "unchanged", "kim": "refused", "lee": "left"}


async def test_a_complete_list_without_the_last_administrator_or_a_head_leaves_them() -> None:
    office = await an_office()
    found = office.check({"id": "lee"}, mark_left=True)
    assert outcomes(found) == {"lee": "unchanged", "kim": "left", "boss": "refused", "head": "refused"}


async def test_a_head_may_leave_when_the_same_import_names_another() -> None:
    office = await an_office()
    departments = office.check({"code": "sales", "head": "lee"}, kind="departments")
    assert outcomes(departments) == {"sales": "changed"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"code": "sales", "active": False}, "successor"),
        ({"code": "sales", "active": False, "successor": "office"}, "active"),
        ({"code": "office", "active": False, "successor": "mars"}, "successor"),
        ({"code": "export", "active": True}, "name_ko"),
        ({"code": "sales", "lead": "nobody"}, "lead"),
    ],
)
async def test_a_department_that_does_not_fit_is_refused(said: dict[str, Any], field: str) -> None:
    office = await an_office()
    (fields,) = refused(office.check(said, kind="departments")).values()
    assert field in fields


async def carried_out(office: Office, drafts: list[Draft]) -> DirectoryImport:
    """The plan kept and applied, as the service does it."""
    imported: DirectoryImport = await office.do(begin_import, "people.csv", ["people"], False)
    chunks = list(chunks_of(drafts, imported.id, NOON))
    await office.do(keep_chunks, chunks)
    changes = sum(chunk.what == "changes" for chunk in chunks)
    await office.do(end_check, imported.id, counts_of(drafts), [], changes)
    await office.do(apply_import, imported.id)
    while timers := [t for t in office.stored(Timer) if t.kind == APPLY and t.done_at is None]:
        for timer in timers:
            timer.done_at = office.now
            await office.handle(apply_part, timer)
    return next(found for found in office.stored(DirectoryImport) if found.id == imported.id)


async def test_what_was_checked_is_applied_and_told_once() -> None:
    office = await an_office()
    await office.account("lee")
    office.told.clear()
    drafts = office.check(
        {
            "id": "park",
            "name": "박나래",
            "department": "sales",
            "leaves": [{"start": "2026-12-24", "end": "2026-12-31"}],
        },
        {"id": "lee", "roles": ["employee"]},
        {"id": "kim", "name": " "},
    )
    done = await carried_out(office, drafts)
    assert (done.state, done.late) == ("applied", 0)
    assert office.one("park").leaves[0].end.isoformat() == "2026-12-31"
    assert office.of("lee").roles == ["employee"]
    assert [event.entry_id for event in office.emitted(OrganisationChanged)] == ["park", "lee"]
    assert office.stored(LogEntry)[-1].by == "boss"


async def test_the_same_import_again_changes_nothing() -> None:
    office = await an_office()
    rows = [{"id": "park", "name": "박나래", "department": "sales"}, {"id": "kim", "deputy": "lee"}]
    await carried_out(office, office.check(*rows))
    office.told.clear()
    again = await carried_out(office, office.check(*rows))
    assert (again.state, again.counts.unchanged, office.told) == ("applied", 2, [])


async def test_who_was_changed_between_check_and_application_is_left_as_they_are() -> None:
    office = await an_office()
    drafts = office.check({"id": "kim", "name": "imported"}, {"id": "lee", "name": "imported"})
    for draft in drafts:
        draft.version = office.one(draft.read.id).version
    drafts[0].version += 1  # somebody else was first
    done = await carried_out(office, drafts)
    assert (done.late, office.one("kim").name, office.one("lee").name) == (1, "kim", "imported")


async def test_nobody_is_put_into_a_department_that_was_closed_in_between() -> None:
    office = await an_office()
    await office.department("export")
    drafts = office.check({"id": "new", "name": "N", "department": "export"})
    closed = next(d for d in office.standing().departments.values() if d.code == "export")
    closed.alter({"active": False, "successor": "sales"})
    assert (await carried_out(office, drafts)).late == 1


async def test_an_import_is_applied_once() -> None:
    office = await an_office()
    done = await carried_out(office, office.check({"id": "kim", "name": "K"}))
    with pytest.raises(NotChecked):
        await office.do(apply_import, done.id)


async def test_the_last_administrator_stays_one_whatever_was_checked() -> None:
    office = await an_office()
    await office.do(change_person, "lee", PersonFields(roles=["admin"]), whatever)
    await office.account("lee")
    drafts = office.check({"id": "boss", "roles": ["employee"]})
    assert refused(drafts) == {}
    office.of("lee").administers = False  # lost the role meanwhile
    done = await carried_out(office, drafts)
    assert (done.late, office.of("boss").administers) == (1, True)


def checked(count: int) -> list[Draft]:
    """The check of a file of which one row in ten is bad, and one in seven names the next as deputy."""
    names = [" " if n % 10 == 0 else f"이름{n}" for n in range(count)]
    deputies = [f"e{n + 1}" if n % 7 == 0 else "" for n in range(count)]
    lines = [f"e{n},{name},sales,{deputy}" for n, (name, deputy) in enumerate(zip(names, deputies, strict=True))]
    content = ("id,name,department,deputy\n" + "\n".join(lines)).encode()
    rules = rules_of(Settings()).directory
    found = from_file(io.BytesIO(content), "people.csv", "people", rules, {"sales": "sales"})()
    return plan(found.rows, Standing(departments={"sales": _sales()}), mark_left=False)


def test_a_hundred_thousand_rows_with_bad_ones_are_checked_in_seconds() -> None:
    begun = perf_counter()
    counts = counts_of(checked(100_000))
    assert perf_counter() - begun < 100
    assert counts.rows == 100_000
    assert counts.refused >= 10_000
    assert counts.added + counts.refused == 100_000


def test_a_check_holds_some_kilobytes_a_row_and_no_more() -> None:
    checked(100)  # what is made once is made
    gc.collect()
    tracemalloc.start()
    drafts = checked(5_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak / len(drafts) < 10_000


def _sales() -> Department:
    return new_department("sales", {"names": {"ko": "영업", "en": "Sales"}})
