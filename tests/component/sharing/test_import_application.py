"""A checked import is applied once and told once; what no longer fits by then is left as it is, and reported."""

import pytest

from services.sharing.domain.access_log import LogEntry
from services.sharing.domain.department import Department
from services.sharing.domain.entries import DepartmentFields, PersonFields
from services.sharing.domain.importing.drafts import Draft
from services.sharing.domain.importing.plan import chunks_of, counts_of
from services.sharing.domain.importing.report import DirectoryImport
from services.sharing.domain.refusals.directory import NotChecked
from services.sharing.handlers.departments import change_department, close_department
from services.sharing.handlers.imports import APPLY, apply_import, apply_part, begin_import, end_check, keep_chunks
from services.sharing.handlers.people import change_person
from shared.contracts.organisation import OrganisationChanged
from shared.db.timers import Timer
from shared.testing.fake import NOON
from tests.component.sharing.office import Office, an_office, checked_together, refused, whatever


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


def a_department(office: Office, code: str) -> Department:
    return next(found for found in office.stored(Department) if found.code == code)


async def test_departments_open_before_people_come_and_close_after_they_have_gone() -> None:
    office = await an_office()
    await office.department("export")
    await office.person("yun", "export")
    drafts = checked_together(
        office,
        departments=[
            {"code": "export", "active": False, "successor": "overseas"},
            {"code": "overseas", "names": {"ko": "해외"}, "head": "new"},
        ],
        people=[{"id": "yun", "department": "overseas"}, {"id": "new", "name": "N", "department": "overseas"}],
    )
    done = await carried_out(office, drafts)
    assert (done.late, office.one("yun").department) == (0, "overseas")
    assert not a_department(office, "export").active


async def test_a_department_that_somebody_joined_since_the_check_is_not_closed() -> None:
    office = await an_office()
    await office.department("export")
    drafts = office.check({"code": "export", "active": False, "successor": "office"}, kind="departments")
    assert refused(drafts) == {}
    await office.do(change_person, "kim", PersonFields(department="export"), whatever)
    done = await carried_out(office, drafts)
    assert (done.late, a_department(office, "export").active) == (1, True)


async def test_whoever_has_left_since_the_check_answers_for_nothing_and_stands_in_for_nobody() -> None:
    office = await an_office()
    drafts = checked_together(
        office, departments=[{"code": "sales", "lead": "lee"}], people=[{"id": "kim", "deputy": "lee"}]
    )
    await office.do(change_person, "lee", PersonFields(active=False), whatever)
    done = await carried_out(office, drafts)
    assert (done.late, a_department(office, "sales").lead, office.one("kim").deputy) == (2, None, None)


async def test_somebody_who_left_is_corrected_whatever_became_of_their_department() -> None:
    office = await an_office()
    await office.department("export")
    await office.person("yun", "export")
    await office.do(change_person, "yun", PersonFields(active=False), whatever)
    await office.do(close_department, "export", "sales", whatever)
    done = await carried_out(office, office.check({"id": "yun", "name": "윤서"}))
    assert (done.late, office.one("yun").name) == (0, "윤서")


async def test_a_head_who_was_named_since_the_check_does_not_leave() -> None:
    office = await an_office()
    drafts = office.check({"id": "lee", "active": False})
    await office.do(change_department, "sales", DepartmentFields(lead="lee"), whatever)
    done = await carried_out(office, drafts)
    assert (done.late, office.one("lee").active) == (1, True)
