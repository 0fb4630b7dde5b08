"""Complaints that answer a question: the index says which, MongoDB how they are now, the reader what of it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from services.intake.domain.complaint import Complaint
from services.intake.domain.searching import KIND, name_in, names_of, texts_of
from services.intake.repository.complaints import Complaints
from shared.search.index import Scope, mark
from shared.search.matching import answers
from shared.search.question import Question, read_question
from shared.search.search import Search

MOST_ROUNDS: Final = 4
"""How often more is asked for when what was found may not be shown to this reader."""

Seen = Callable[[Complaint], Complaint]


@dataclass(frozen=True, slots=True)
class Found:
    """A complaint as it is seen, and its place in the results."""

    complaint: Complaint
    place: int


class Finding:
    """Asks the index of this process."""

    def __init__(self, search: Search, complaints: Complaints) -> None:
        self._search, self._complaints = search, complaints

    async def page(
        self, typed: str, filters: Mapping[str, str], after: tuple[int, str] | None, limit: int, seen: Seen
    ) -> list[Found]:
        """At most `limit` complaints behind a place, newest first, those of that very number before them.

        What was found in a part that the reader does not see is left out. Raises `Unavailable`.
        """
        question, found = read_question(typed), list[Found]()
        if not question:
            return found
        scope = Scope(KIND, [mark(name, value) for name, value in filters.items()])
        name = name_in(typed, question)
        for _ in range(MOST_ROUNDS):
            hits = await self._search.find(question, scope, limit, after=after, name=name)
            rows = await self._complaints.those([hit.id for hit in hits], filters)
            found += [
                Found(complaint, int(hit.place))
                for hit in hits
                if (row := rows.get(hit.id)) and _shows(complaint := seen(row), question, name)
            ]
            if len(hits) < limit or len(found) >= limit:
                break
            after = int(hits[-1].place), hits[-1].id
        return found[:limit]


def _shows(complaint: Complaint, question: Question, name: str) -> bool:
    """Whether what was asked for stands in what is seen of it; a number may be written in ways that no text has."""
    return name in names_of(complaint.number) or answers(question, texts_of(complaint))
