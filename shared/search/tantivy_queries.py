"""Questions as queries of Tantivy over pairs of letters."""

from collections.abc import Iterator
from typing import Final

import tantivy
from tantivy import Occur, Query

from shared.search.index import Scope, mark
from shared.search.matching import written
from shared.search.question import Question, Term

MOST_PAIRS: Final = 4_000
"""Pairs that begin with one letter."""


class Queries:
    """Makes queries for one index."""

    def __init__(self, schema: tantivy.Schema, index: tantivy.Index) -> None:
        self._schema, self._index = schema, index

    def term(self, field: str, value: str, option: str = "basic") -> Query:
        """Documents with this very value; `option` "freq" weighs how often."""
        return Query.term_query(self._schema, field, value, option)

    def within(self, scope: Scope, *, scoring: bool = True) -> Iterator[tuple[Occur, Query]]:
        """Only documents of this scope."""
        for each in (mark("kind", scope.kind), *scope.marks):
            only = self.term("marks", each)
            yield Occur.Must, only if scoring else Query.const_score_query(only, 0.0)
        if scope.upto is not None:
            kind = tantivy.FieldType.Unsigned
            yield Occur.Must, Query.range_query(self._schema, "order", kind, upper_bound=scope.upto)

    def written(self, term: Term, question: Question) -> Query:
        """Documents in which a term stands in any of its forms."""
        queries = [self._letters(form) for form in written(term, question)]
        return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, q) for q in queries])

    def _letters(self, text: str) -> Query:
        """These letters in this order: every second pair does, with the last one, at their places."""
        last = len(text) - 2
        if last < 0:  # every letter begins a pair, the last one of a text too
            known = self._index.searcher().terms_with_prefix("text", text, limit=MOST_PAIRS)
            return Query.term_set_query(self._schema, "text", [pair for pair, _ in known])
        if last == 0:
            return self.term("text", text)
        places = [*range(0, last, 2), last]
        return Query.phrase_query(self._schema, "text", [(at, text[at : at + 2]) for at in places])
