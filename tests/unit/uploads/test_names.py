"""A file's name is one visible line that deceives nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.uploads.names import LONGEST, clean_name, extension_of


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("영수증 2026.pdf", "영수증 2026.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\진단서.hwpx", "진단서.hwpx"),
        ("a\x00b\r\n\tc.png", "ab c.png"),
        ("   ", "file"),
        ("...", "file"),
        ("", "file"),
        ("\u3000\u200b\ufeff", "file"),
        ('a"b<c>.jpg', "a_b_c_.jpg"),
        ("CON.txt", "_CON.txt"),
        ("nul", "_nul"),
        ("사진 😀👍.png", "사진 😀👍.png"),
        ("صورة.jpg", "صورة.jpg"),
        ("\u1100\u1161.pdf", "가.pdf"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
        (".htaccess", "htaccess"),
    ],
)
def test_what_is_kept_of_a_name(written: str, kept: str) -> None:
    assert clean_name(written) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_a_safe_one(written: str) -> None:
    kept = clean_name(written)
    assert 0 < len(kept) <= LONGEST + 1
    assert not set(kept) & set('/\\<>:"|?*\u202e\x00\n')
    assert kept == kept.strip(" .")
    assert clean_name(kept) in {kept, f"_{kept}"}


@pytest.mark.parametrize(("name", "ending"), [("a.JPG", "jpg"), ("a", ""), (".a", ""), ("a.b.c", "c"), ("a.", "")])
def test_the_ending_of_a_name(name: str, ending: str) -> None:
    assert extension_of(name) == ending
