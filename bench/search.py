"""Finding complaints among 10,000 and among 100,000: the index of a process, beside what MongoDB does by itself.

Asked in the way of the API: the index gives ids, MongoDB the documents as they are now. The baselines are a scan with
an expression, and, among 10,000, MongoDB's own text index, which knows words only (with it a hundred thousand take
many minutes to store).
"""

import asyncio
import re
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

import psutil

from bench.complaint_texts import START, complaints
from bench.figures import Figure, at_most
from bench.stand import Stand
from services.intake.domain.complaint import Complaint
from services.intake.domain.lookalikes import Draft, LookalikeRules
from services.intake.domain.searching import KIND, entry_of, name_in
from services.intake.repository.complaints import Complaints
from services.intake.repository.lookalikes import Lookalikes
from shared.db.changes import Changes
from shared.db.client import Mongo
from shared.search.index import Scope
from shared.search.question import read_question
from shared.search.search import Search
from shared.search.source import Source

SIZES: Final = (10_000, 100_000)
QUESTIONS: Final = {
    "a noun within words": ["이물질", "환불", "배송", "변질", "고객센터"],
    "a number": ["C-2026-004321", "4321", "000077"],
    "a product": ["RC-880-7", "압력밥솥", "eb200"],
    "English words": ["refund", "burning smell", "replacement answer"],
    "three common words": ["제품 합니다 습니다", "환불 주문 고객", "배송 전화 주문번호"],
}
DRAFTS: Final = (
    "전기장판에서 타는 냄새가 나고 온도 조절기가 녹았어요. 환불해 주세요",
    "두유를 열었더니 이물질이 들어 있었습니다. 아이가 먹을 뻔했어요. 원인을 알려 주세요",
    "무선청소기 모터 소음이 심하고 며칠 만에 고장 났습니다. 고객센터는 연결이 안 됩니다",
    "The air fryer smells of burning when I switch it on. I want a full refund",
)
TIMES: Final = 20
SHOWN: Final = 51
Ask = Callable[[str], Awaitable[Any]]


async def measure(stand: Stand) -> list[Figure]:
    """Both sizes one after the other, each in a database and an index of its own."""
    figures: list[Figure] = []
    for size in SIZES:
        figures += await _at(stand, size)
    return figures


async def _at(stand: Stand, size: int) -> list[Figure]:
    mongo = Mongo(stand.mongo, f"bench_search_{uuid4().hex[:8]}")
    words = {"keys": [("title", "text"), ("body", "text")], "default_language": "none", "language_override": "none"}
    await mongo.ensure(Complaint.collection, [*Complaint.indexes[:2], *([words] if size == SIZES[0] else [])])
    rows = list(complaints(size))
    for start in range(0, size, 500):
        await mongo.insert(Complaint.collection, rows[start : start + 500])
    with tempfile.TemporaryDirectory(prefix="ccms-bench-index-") as folder:
        search = Search(
            "bench", mongo, [Source(KIND, Complaint, entry_of, newest="filed_at")], Path(folder), Changes(mongo)
        )
        task = asyncio.create_task(search.run())
        try:
            figures = [*await _building(search, size, Path(folder)), *await _asking(search, mongo, size)]
            figures += [*await _alike(search, mongo, size), *await _freshness(search, mongo, size)]
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await mongo.drop()
            mongo.close()
    return figures


async def _building(search: Search, size: int, folder: Path) -> list[Figure]:
    started = perf_counter()
    while not search.progress.complete:
        await asyncio.sleep(0.05)
    seconds = perf_counter() - started
    on_disk = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20
    memory = psutil.Process().memory_info().rss / 2**20
    return [
        Figure(f"index made, {size:,}", size / seconds, "texts/s"),
        Figure(f"index on disk, {size:,}", on_disk, "MB"),
        Figure(f"process with it, {size:,}", memory, "MB"),
    ]


async def _asking(search: Search, mongo: Mongo, size: int) -> list[Figure]:
    async def ask(typed: str) -> Any:
        question = read_question(typed)
        hits = await search.find(question, Scope(KIND), SHOWN, name=name_in(typed, question))
        ids = [hit.id for hit in hits]
        return await Complaints(mongo).those(ids, {})

    async def scan(typed: str) -> Any:
        words = [{"body": {"$regex": re.escape(word), "$options": "i"}} for word in typed.split()]
        return await mongo.find(
            Complaint.collection, {"$and": words}, sort=[("filed_at", -1), ("_id", -1)], limit=SHOWN
        )

    async def words(typed: str) -> Any:
        asked = " ".join(f'"{word}"' for word in typed.split())
        return await mongo.find(
            Complaint.collection, {"$text": {"$search": asked}}, sort=[("filed_at", -1)], limit=SHOWN
        )

    figures = []
    for kind, questions in QUESTIONS.items():
        middle, late = await _timed(ask, questions, TIMES)
        scanned, _ = await _timed(scan, questions, 2)
        figures += [
            Figure(f"{kind}, {size:,}, p50, beside a scan", middle, "ms", scanned),
            at_most(f"{kind}, {size:,}, p95", late, "ms", 30),
        ]
        if size == SIZES[0]:
            by_words, _ = await _timed(words, questions, 2)
            figures.append(Figure(f"{kind}, {size:,}, p50, beside a text index", middle, "ms", by_words))
    return figures


async def _alike(search: Search, mongo: Mongo, size: int) -> list[Figure]:
    lookalikes = Lookalikes(search, Complaints(mongo), LookalikeRules.load())

    async def ask(text: str) -> Any:
        return await lookalikes.of(Draft(text), 5, lambda complaint: complaint, START + timedelta(days=360))

    middle, late = await _timed(ask, list(DRAFTS), TIMES)
    return [
        Figure(f"look-alikes, {size:,}, p50", middle, "ms"),
        at_most(f"look-alikes, {size:,}, p95", late, "ms", 30),
    ]


async def _freshness(search: Search, mongo: Mongo, size: int) -> list[Figure]:
    waits = []
    for number in range(10):
        word, started = f"새로움{number}호기", perf_counter()
        row = next(complaints(1, seed=size + number))
        await mongo.insert(Complaint.collection, [row | {"number": f"C-2027-{number:06d}", "body": f"{word} 고장"}])
        while not await search.find(read_question(word), Scope(KIND), 1):
            await asyncio.sleep(0.005)
        waits.append((perf_counter() - started) * 1000)
    return [at_most(f"found after filing, {size:,}, slowest of 10", max(waits), "ms", 2000)]


async def _timed(ask: Ask, questions: list[str], times: int) -> tuple[float, float]:
    """Median and 95th percentile in ms."""
    took = []
    for _ in range(times):
        for question in questions:
            started = perf_counter()
            await ask(question)
            took.append((perf_counter() - started) * 1000)
    took.sort()
    return took[len(took) // 2], took[int(len(took) * 0.95)]
