"""Complaints like one that is being written: candidates from the index, as they are now, compared closely."""

from collections.abc import Callable
from datetime import datetime

from services.intake.domain.complaint import Complaint
from services.intake.domain.lookalikes import Draft, Lookalike, LookalikeRules, text_of, weigh
from services.intake.domain.searching import KIND
from services.intake.repository.complaints import Complaints
from shared.search.index import Scope
from shared.search.search import Candidate, Search

Seen = Callable[[Complaint], Complaint]


class Lookalikes:
    """Asks the index of this process."""

    def __init__(self, search: Search, complaints: Complaints, rules: LookalikeRules) -> None:
        self._search, self._complaints, self._rules = search, complaints, rules

    async def of(self, draft: Draft, limit: int, seen: Seen, now: datetime, *, besides: str = "") -> list[Lookalike]:
        """At most `limit` that are likely the same, likeliest first; not the complaint `besides`.

        They are compared as the reader sees them: what is kept from somebody is no reason shown to them.
        """
        if len(draft.text.strip()) < self._rules.shortest:
            return []
        ids = await self._search.candidates(draft.text, Scope(KIND), self._rules.candidates)
        rows = await self._complaints.those([id for id in ids if id != besides], {})
        known = {id: seen(row) for id, row in rows.items()}
        texts = [Candidate(id, text_of(complaint)) for id, complaint in known.items()]
        compared = await self._search.compare(draft.text, texts)
        weighed = [
            weigh(draft, known[id], score, compared.rarity, self._rules, now) for id, score in compared.scores.items()
        ]
        found = [one for one in weighed if one is not None]
        return sorted(found, key=lambda one: (-one.score, -one.complaint.filed_at.timestamp(), one.complaint.id))[
            :limit
        ]
