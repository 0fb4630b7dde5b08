"""The index of one process, in a folder of its own: Tantivy, over pairs of letters with their positions."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import tantivy
from tantivy import Document, Occur, Query

from shared.search.grams import EDGE, gram_set, grams_of, line_of
from shared.search.index import Entry, Hit, Scope, mark
from shared.search.likeness import LONGEST, rarity
from shared.search.question import Question
from shared.search.tantivy_queries import Queries

LAYOUT: Final = 1
"""Raised whenever fields or the reading of texts change; an index of another layout is made anew."""
HEAP: Final = 15_000_000
"""Bytes that the writer may hold before it writes them down: the least that Tantivy takes."""
TELLING: Final = 24
"""The rarest pairs of letters of a text, by which texts like it are looked for."""
BETWEEN: Final = f" {EDGE}{EDGE} "
"""Between two texts of a document stands a pair that nobody asks for, so that no phrase runs from one into the next."""
MOST_RARITIES: Final = 50_000


def schema() -> tantivy.Schema:
    """`key` is kind and id; `text` holds pairs of letters; `names` and `marks` are taken as they are."""
    made = tantivy.SchemaBuilder()
    made.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    made.add_text_field("names", tokenizer_name="raw", index_option="basic")
    made.add_text_field("marks", tokenizer_name="raw", index_option="basic")
    made.add_text_field("text", tokenizer_name="pairs", index_option="position")
    made.add_unsigned_field("order", indexed=True, fast=True)
    made.add_unsigned_field("version", fast=True)
    return made.build()


class TantivyIndex:
    """Implements `SearchIndex`. One thread writes; questions are answered beside the event loop."""

    def __init__(self, folder: Path) -> None:
        self._schema = schema()
        self._index = tantivy.Index(self._schema, path=str(folder))
        pairs = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("pairs", pairs)
        self._writer = self._index.writer(heap_size=HEAP, num_threads=1)
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="search-writer")
        self._queries = Queries(self._schema, self._index)
        self._rarities: dict[str, float] = {}

    async def replace(self, entries: Sequence[Entry], gone: Sequence[tuple[str, str]] = ()) -> None:
        """As the seam says."""
        await asyncio.get_running_loop().run_in_executor(self._writing, self._replace, entries, gone)

    def _replace(self, entries: Sequence[Entry], gone: Sequence[tuple[str, str]]) -> None:
        for kind, id in [*((e.kind, e.id) for e in entries), *gone]:
            self._writer.delete_documents_by_term("key", f"{kind}/{id}")
        for entry in entries:
            self._writer.add_document(_document(entry))
        self._writer.commit()
        self._index.reload()
        self._rarities = {}

    async def versions(self, kind: str, ids: Sequence[str]) -> Mapping[str, int]:
        """As the seam says."""
        return await asyncio.to_thread(self._versions, kind, ids)

    def _versions(self, kind: str, ids: Sequence[str]) -> dict[str, int]:
        if not ids:
            return {}
        searcher = self._index.searcher()
        asked = Query.term_set_query(self._schema, "key", [f"{kind}/{id}" for id in ids])
        found = [address for _, address in searcher.search(asked, len(ids), count=False).hits]
        known = searcher.fast_field_values("version", found)
        return {_id(searcher, a): int(v or 0) for a, v in zip(found, known, strict=True)}

    async def named(self, name: str, scope: Scope, limit: int) -> Sequence[Hit]:
        """As the seam says."""
        return await self._ask([(Occur.Must, self._queries.term("names", name))], scope, limit)

    async def search(
        self, question: Question, scope: Scope, limit: int, *, unnamed: str | None = None
    ) -> Sequence[Hit]:
        """As the seam says."""
        clauses = [(Occur.Must, self._queries.written(term, question)) for term in question.wanted]
        clauses += [(Occur.MustNot, self._queries.written(term, question)) for term in question.unwanted]
        if unnamed is not None:
            clauses.append((Occur.MustNot, self._queries.term("names", unnamed)))
        return await self._ask(clauses, scope, limit)

    async def _ask(self, clauses: Sequence[tuple[Occur, Query]], scope: Scope, limit: int) -> list[Hit]:
        query = Query.boolean_query([*clauses, *self._queries.within(scope)])
        return await asyncio.to_thread(self._found, query, limit, "order")

    async def like(self, text: str, scope: Scope, limit: int) -> Sequence[Hit]:
        """As the seam says."""
        return await asyncio.to_thread(self._like, text, scope, limit)

    def _like(self, text: str, scope: Scope, limit: int) -> list[Hit]:
        known = self._rarity(gram_set(line_of(text)[:LONGEST]))
        telling = sorted((gram for gram, weight in known.items() if weight), key=lambda g: -known[g])[:TELLING]
        if not telling:
            return []
        anyone = Query.boolean_query([(Occur.Should, self._queries.term("text", gram, "freq")) for gram in telling])
        query = Query.boolean_query([(Occur.Must, anyone), *self._queries.within(scope, scoring=False)])
        return self._found(query, limit, None)

    async def rarity(self, grams: Collection[str]) -> Mapping[str, float]:
        """As the seam says; 0 for what stands nowhere. So short that no thread is worth its while."""
        return self._rarity(grams)

    def _rarity(self, grams: Collection[str]) -> dict[str, float]:
        searcher, known = self._index.searcher(), self._rarities
        if len(known) > MOST_RARITIES:
            known = self._rarities = {}
        for gram in grams:
            if gram not in known:
                having = searcher.doc_freq("text", gram)
                known[gram] = rarity(searcher.num_docs, having) if having else 0.0
        return {gram: known[gram] for gram in grams}

    async def count(self, kind: str) -> int:
        """As the seam says."""
        return await asyncio.to_thread(self._count, kind)

    def _count(self, kind: str) -> int:
        query = self._queries.term("marks", mark("kind", kind))  # its frequency would count those that are gone, too
        return int(self._index.searcher().search(query, 1, count=True).count)  # type: ignore[attr-defined]

    async def close(self) -> None:
        """As the seam says; the folder may be opened by another process then."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._writing, self._let_go)
        self._writing.shutdown(wait=False)

    def _let_go(self) -> None:
        self._writer.wait_merging_threads()
        del self._writer

    def _found(self, query: Query, limit: int, order: str | None) -> list[Hit]:
        searcher = self._index.searcher()
        found = searcher.search(query, limit, count=False, order_by_field=order)
        return [Hit(_id(searcher, address), place) for place, address in found.hits]


def _document(entry: Entry) -> Document:
    document = Document()
    document.add_text("key", f"{entry.kind}/{entry.id}")
    document.add_unsigned("order", entry.order)
    document.add_unsigned("version", entry.version)
    for name in entry.names:
        document.add_text("names", name)
    for each in (mark("kind", entry.kind), *entry.marks):
        document.add_text("marks", each)
    document.add_text("text", BETWEEN.join(grams_of(line_of(text)) for text in entry.texts if text))
    return document


def _id(searcher: tantivy.Searcher, address: Any) -> str:
    key: str = searcher.doc(address)["key"][0]
    return key.partition("/")[2]
