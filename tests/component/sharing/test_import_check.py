"""The check of a directory import: what a file would do, and bad rows without their neighbours."""

from time import perf_counter
from typing import Any

import pytest

from services.sharing.domain.importing.drafts import Draft
from services.sharing.domain.importing.plan import counts_of, what_of
from services.sharing.domain.importing.planning import NobodyNamed
from tests.component.sharing.office import an_office, refused


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


@pytest.mark.parametrize("id", ["", "kim lee", "사번"])
async def test_nobody_has_left_while_a_row_does_not_say_whom_it_is_about(id: str) -> None:
    office = await an_office()
    found = office.check({"id": "boss"}, {"id": "head"}, {"id": id, "name": "K", "department": "sales"}, mark_left=True)
    assert {id: what for id, what in outcomes(found).items() if id in ("kim", "lee")} == {
        "kim": "refused", "lee": "refused",
    }  # fmt: skip
    assert {problem.inputs["rows"] for draft in found if draft.read.id == "kim" for problem in draft.problems} == {"4"}


async def test_a_list_without_people_is_no_complete_list_of_them() -> None:
    office = await an_office()
    with pytest.raises(NobodyNamed):
        office.check(mark_left=True)
    with pytest.raises(NobodyNamed):
        office.check({"code": "sales", "names": {"ko": "영업"}}, kind="departments", mark_left=True)


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
