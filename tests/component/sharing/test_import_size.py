"""A directory of a hundred thousand people: checked in seconds, with some kilobytes a row."""

import gc
import io
import tracemalloc
from time import perf_counter

from services.sharing.api.checking import from_file
from services.sharing.domain.department import Department, new_department
from services.sharing.domain.importing.drafts import Draft, Standing
from services.sharing.domain.importing.plan import counts_of, plan
from services.sharing.service import rules_of
from shared.runtime.settings import Settings


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
