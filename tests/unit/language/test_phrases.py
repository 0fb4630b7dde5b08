"""The notation in which rules write the words they look for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.language.phrases import PhraseError, read_phrase
from shared.language.scanner import Scanner


def matches(phrase: str, text: str) -> bool:
    return re.search(read_phrase(phrase).pattern, text) is not None


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("화상", "손에화상을", True),
        ("불 이 났", "불이 났", True),
        ("불 이 났", "불 이났", True),
        ("불(이|도|) 났", "불났", True),
        ("불이 ~ 번졌", "불이 갑자기 확 번졌", True),
        ("불이 ~ 번졌", "불이 아주 멀리 떨어진 곳까지 번졌", False),
        ("불이 ~ 번졌", "불이. 번졌", False),
        ("ㄹ 뻔", "죽을 뻔", True),
        ("ㄹ 뻔", "죽은 뻔", False),
        ("<토했", "어제 토했", True),
        ("<토했", "검토했", False),
        ("냄새>", "냄새 심함", True),
        ("냄새>", "냄새가", False),
        ("burn(s|ed|)", "it burned", True),
        ("burn", "burner", False),
        ("burn", "sunburn", False),
        ("electrocut*", "electrocution", True),
        ("don't", "i don’t", True),
        ("don't", "i dont", True),
    ],
)
def test_a_phrase_finds_what_it_says(phrase: str, text: str, found: bool) -> None:
    assert matches(phrase, text) is found


@pytest.mark.parametrize(
    ("phrase", "problem"),
    [
        ("불(이|도", "a bracket is not closed"),
        ("불이)", "may stand within brackets only"),
        ("불|물", "may stand within brackets only"),
        ("(불 ~ 물)", "a tilde may not stand within brackets"),
        ("", "must have words"),
        ("가 ~ 나 ~ 다 ~ 라", "at most two tildes"),
    ],
)
def test_a_phrase_that_is_not_in_the_notation_is_refused_by_name(phrase: str, problem: str) -> None:
    with pytest.raises(PhraseError, match=re.escape(problem)):
        read_phrase(phrase)


def test_a_phrase_that_begins_with_anything_cannot_be_looked_for_everywhere() -> None:
    with pytest.raises(PhraseError, match="must begin with a letter"):
        Scanner([(read_phrase("~ 났"), "fire")])


WORDS = ["불이", "불", "불이나", "이물질", "화재", "fire", "fired up", "firm"]


@given(st.lists(st.sampled_from([*WORDS, " ", "나", ".", "x"])).map("".join))
def test_a_scan_finds_what_each_phrase_alone_would_find(text: str) -> None:
    phrases = [read_phrase(word) for word in WORDS]
    scanned = {(hit.meaning, hit.start, hit.end) for hit in Scanner((p, p.written) for p in phrases).hits(text)}
    alone = {
        (phrase.written, found.start(), found.end())
        for phrase in phrases
        for at in range(len(text))
        if (found := re.compile(phrase.pattern).match(text, at))
    }
    assert scanned == alone


def test_hits_come_in_the_order_of_the_text() -> None:
    scanner = Scanner((read_phrase(word), word) for word in ("fire", "화재"))
    assert [hit.meaning for hit in scanner.hits("화재 fire 화재")] == ["화재", "fire", "화재"]
