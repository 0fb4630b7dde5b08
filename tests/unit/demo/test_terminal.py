"""Korean letters take two columns: lines end where the terminal ends, and only a terminal sees colours."""

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.demo.terminal import Terminal, cut, fill, width, wrap


class Screen(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("전기요", 6), ("전기요 EB-410", 13), ("", 0), ("ㅋㅋ", 4), ("😭", 2), ("가\u0301", 2), ("…", 1)],
)
def test_the_width_of_a_text_is_what_the_terminal_shows(text: str, columns: int) -> None:
    assert width(text) == columns


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert cut("전기요", 6) == "전기요"


def test_what_does_not_fit_is_cut_before_the_letter_that_would_stand_out() -> None:
    assert cut("전기요가 뜨거워요", 8) == "전기요…"
    assert cut("전기요가 뜨거워요", 9) == "전기요가…"


@given(st.text(max_size=60), st.integers(2, 40))
def test_no_line_is_wider_than_asked_for(text: str, columns: int) -> None:
    assert width(cut(text, columns)) <= columns
    assert all(width(line) <= columns for line in wrap(text, columns))


@given(st.text(max_size=60), st.integers(2, 40))
def test_wrapping_loses_no_letter(text: str, columns: int) -> None:
    assert "".join("".join(wrap(text, columns)).split()) == "".join(cut(text, 10_000).split())


def test_columns_stand_under_each_other_whatever_the_letters() -> None:
    assert width(fill("직원", 10)) == width(fill("shop", 10)) == 10


def test_controls_and_turned_text_do_not_reach_the_terminal() -> None:
    assert cut("a\x1b[31mb\u202ec", 20) == "a [31mb c"


def test_colours_stand_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    screen, file = Screen(), StringIO()
    Terminal.of(screen).line("경보", "alarm")
    Terminal.of(file).line("경보", "alarm")
    assert screen.getvalue() == "\033[1;31m경보\033[0m\n"
    assert file.getvalue() == "경보\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_who_wants_no_colours_gets_none(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    screen = Screen()
    Terminal.of(screen).line("경보", "alarm")
    assert screen.getvalue() == "경보\n"
