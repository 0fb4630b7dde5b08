"""A play that was stopped goes on, a finished one is not repeated unless asked for, and a new one has new keys."""

from datetime import date
from pathlib import Path

from deploy.demo.journal import NAME, Journal

SUNDAY = date(2026, 11, 22)
NEXT_MONTH = date(2026, 12, 30)


def test_the_first_play_tells_of_the_last_week_that_is_over(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, SUNDAY)
    assert (journal.play, journal.monday, journal.finished) == (1, date(2026, 11, 9), False)
    assert Journal.open(tmp_path, date(2026, 11, 23)).monday == date(2026, 11, 16)


def test_a_stopped_play_goes_on_with_the_week_it_began_with(tmp_path: Path) -> None:
    begun = Journal.open(tmp_path, SUNDAY)
    begun.note("mon-01", {"id": "c1", "number": "C-2026-000001"})
    later = Journal.open(tmp_path, NEXT_MONTH)
    assert later.done == {"mon-01": {"id": "c1", "number": "C-2026-000001"}}
    assert later.monday == begun.monday
    assert later.key("mon-02") == begun.key("mon-02")


def test_what_was_filed_but_not_told_to_its_end_is_told_again_and_not_filed_again(tmp_path: Path) -> None:
    begun = Journal.open(tmp_path, SUNDAY)
    begun.note("mon-01", {"id": "c1", "number": "C-2026-000001"})
    begun.end_scene("mon-01")
    begun.note("mon-02", {"id": "c2", "number": "C-2026-000002"})
    later = Journal.open(tmp_path, SUNDAY)
    assert later.played == ["mon-01"]
    assert later.done["mon-02"]["id"] == "c2"


def test_a_finished_play_stays_finished(tmp_path: Path) -> None:
    played = Journal.open(tmp_path, SUNDAY)
    played.end()
    assert Journal.open(tmp_path, SUNDAY).finished


def test_playing_again_has_keys_of_its_own(tmp_path: Path) -> None:
    first = Journal.open(tmp_path, SUNDAY)
    first.note("mon-01", {"id": "c1", "number": "C-2026-000001"})
    first.end()
    second = Journal.open(tmp_path, SUNDAY, again=True)
    assert (second.play, second.done, second.finished) == (2, {}, False)
    assert second.key("mon-01") != first.key("mon-01")


def test_again_before_the_end_goes_on_instead(tmp_path: Path) -> None:
    begun = Journal.open(tmp_path, SUNDAY)
    begun.note("mon-01", {"id": "c1", "number": "C-2026-000001"})
    assert Journal.open(tmp_path, SUNDAY, again=True).done == begun.done


def test_only_its_owner_reads_it_because_customers_secrets_stand_in_it(tmp_path: Path) -> None:
    Journal.open(tmp_path, SUNDAY).note("mon-01", {"id": "c1", "number": "C-1", "secret": "s"})
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


def test_a_damaged_journal_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("{", encoding="utf-8")
    assert Journal.open(tmp_path, SUNDAY).play == 1
