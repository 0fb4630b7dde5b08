"""Files of our own like those that companies have: many rows, some equal, some bad, some past."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

TEXTS = (
    "전기장판에서 불이 나 손에 화상을 입었어요",
    "배송이 사흘이나 늦었는데 아무 연락이 없습니다. 언제 오나요?",
    "두유에서 이상한 냄새가 나고 덩어리가 있었습니다",
    "환불을 신청한 지 한 달이 지났는데 처리되지 않고 있어요",
    "상담원이 전화를 세 번이나 끊었습니다. 제 번호는 010-1234-5678 입니다",
    "The blender stopped working after a week and nobody answers my messages.",
)
BAD = {
    17: ("", "2024-01-02"),
    60: (" \u200b ", "2024-01-02"),
    101: ("늦었어요", "어제쯤"),
    139: ("늦었어요", "2099-01-01"),
}
"""Rows that cannot be taken, by their place: no text, nothing in it to read, no date, a date to come."""
EQUAL = 25
"""Every so many rows one is a text that stands there before, word for word."""


def rows(count: int, *, bad: bool = True) -> Iterator[tuple[str, str, str, str]]:
    """Number, text, day and product of each row."""
    day = date(2023, 1, 1)
    for n in range(count):
        text = TEXTS[n % len(TEXTS)] if n % EQUAL == 0 else f"{TEXTS[n % len(TEXTS)]} ({n}번째 문의)"
        text, moment = BAD[n] if bad and n in BAD else (text, str(day + timedelta(days=5 * n % 700)))
        yield str(n), text, moment, f"P-{n % 7}"


def write(path: Path, heading: Sequence[str], content: Iterator[Sequence[str]]) -> Path:
    """A CSV file as spreadsheets save it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([heading, *content])
    return path


HEADING = ("번호", "내용", "접수일", "제품코드")
MAPPED = ("--map", "body=내용", "--map", "occurred_at=접수일", "--map", "product.code=제품코드")
