"""Cursors: every place comes back, nothing else is taken for one."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import blake2s

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web.paging import Cursor, Paging, read_cursor, write_cursor
from shared.web.refusals import UnknownCursor

keys = st.text(alphabet=st.characters(exclude_categories=["Cs"])) | st.integers(-(2**53), 2**53)
ids = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=64)


@given(keys, ids)
def test_a_cursor_comes_back_as_it_was(key: str | int, id: str) -> None:
    cursor = Cursor(key, id)
    assert read_cursor(write_cursor(cursor, "/cases"), "/cases") == cursor


@given(st.text())
def test_no_other_text_is_a_cursor(text: str) -> None:
    with pytest.raises(UnknownCursor):
        read_cursor(text, "/cases")


@given(keys, ids, st.data())
def test_one_changed_letter_makes_it_none(key: str | int, id: str, data: st.DataObject) -> None:
    text = write_cursor(Cursor(key, id), "/cases")
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("ABCxyz019-_=+/ é").filter(lambda each: each != text[place]))
    with pytest.raises(UnknownCursor):
        read_cursor(text[:place] + letter + text[place + 1 :], "/cases")


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(UnknownCursor):
        read_cursor(write_cursor(Cursor(1, "a"), "/cases"), "/issues")


def test_every_number_that_an_index_can_hold_is_a_place() -> None:
    for key in (2**63 - 1, -(2**63), 8588582701437510720):
        assert read_cursor(write_cursor(Cursor(key, "a"), "/cases"), "/cases") == Cursor(key, "a")


def test_the_last_page_has_no_next() -> None:
    paging = Paging(limit=2, after=None, path="/cases")
    assert paging.fetch == 3
    rows, after = paging.cut([1, 2, 3], lambda row: Cursor(row, ""))
    assert (rows, read_cursor(after or "", "/cases")) == ([1, 2], Cursor(2, ""))
    assert paging.cut([1, 2], lambda row: Cursor(row, "")) == ([1, 2], None)
    assert paging.cut([], lambda row: Cursor(row, "")) == ([], None)


def test_a_link_keeps_the_filters() -> None:
    paging = Paging(limit=2, after=None, path="/cases")
    assert paging.link("abc", q="불") == "/cases?q=%EB%B6%88&after=abc"
    assert paging.link(None) is None


def test_a_part_of_a_page_links_to_its_page() -> None:
    part = Paging(limit=1, after=None, path="/cases/rows").at("/cases")
    _rows, after = part.cut([1, 2], lambda row: Cursor(row, ""))
    assert read_cursor(after or "", "/cases") == Cursor(1, "")
    assert part.link("abc") == "/cases?after=abc"


def forged(body: bytes, path: str = "/cases") -> str:
    """A cursor as somebody writes it who has read how the checksum is made."""
    check = blake2s(body, key=path.encode()[:32], digest_size=6).digest()
    return urlsafe_b64encode(check + body).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b'["a"]', b'[1,"a",2]', b'[null,"a"]', b'[true,"a"]', b'[1.5,"a"]', b'[{},"a"]',
        b'["a",1]',
        b'[9223372036854775808,"a"]', b'["\\ud800","a"]', b"\xff",
    ],
)  # fmt: skip
def test_a_forged_cursor_that_names_no_place_is_refused(body: bytes) -> None:
    with pytest.raises(UnknownCursor):
        read_cursor(forged(body), "/cases")


def test_the_cursor_of_the_same_list_in_another_order_is_refused() -> None:
    for other in ("number", "moment"):
        with pytest.raises(UnknownCursor):
            getattr(Cursor("두유", "a"), other)
    with pytest.raises(UnknownCursor):
        _ = Cursor(7, "a").text


def test_a_moment_beyond_the_calendar_is_refused() -> None:
    assert Cursor(0, "a").moment == datetime(1970, 1, 1, tzinfo=UTC)
    for far in (2**53, -(2**53)):
        with pytest.raises(UnknownCursor):
            _ = Cursor(far, "a").moment
