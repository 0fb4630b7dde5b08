"""Two files of complaints to import: real ones where they are, else rows of our own of about the same size.

`BENCH_DATA` names the folder with the real ones; without it `../shared/data` is taken if it is there.
"""

import csv
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.processes import ROOT

LIVE, PAST = "ko_petitions.csv", "en_cfpb.csv"
OWN_ROWS: Final = 3_800
SENTENCES: Final = 30
"""In each row, several hundred characters; a row in 160 has none."""
KOREAN: Final = (
    "배송이 사흘 늦었습니다", "두유에서 이상한 냄새가 났어요", "상담원이 전화를 끊었습니다", "환불이 아직 안 됩니다",
    "전기밥솥 코팅이 벗겨졌어요", "아이가 먹기 전에 확인해서 다행입니다", "제 번호는 010-1234-5678 입니다",
    "같은 제품을 또 사고 싶지 않아요", "빠른 확인 부탁드립니다",
)  # fmt: skip
ENGLISH: Final = (
    "I was charged twice for the same order", "nobody answers my calls", "the refund never arrived",
    "my account was closed", "the representative told me to wait", "I sent the documents in May",
    "they keep reporting it", "I want this to be corrected",
)  # fmt: skip


def files(folder: Path) -> Path:
    """The folder where the two files are; those of our own are written to `folder`."""
    named = os.environ.get("BENCH_DATA")
    place = Path(named) if named else ROOT.parent / "shared" / "data"
    if named or (place / LIVE).exists():
        return place
    _write(folder / LIVE, ["petition_idx", "begin", "title", "content"], _rows(KOREAN, "2019-03-05", "제목"))
    _write(folder / PAST, ["row_id", "product", "narrative"], _rows(ENGLISH, "Debt collection"))
    return folder


def _rows(sentences: tuple[str, ...], *fixed: str) -> Iterator[list[object]]:
    chance = random.Random(7)
    for n in range(OWN_ROWS):
        yield [n, *fixed, "" if n % 160 == 0 else ". ".join(chance.choices(sentences, k=SENTENCES))]


def _write(path: Path, heading: list[str], rows: Iterator[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
