"""Which timers alerts sets, and by which handler they fire; and how a rebuild settles what issues count."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

from services.alerts.domain.counting import Counts, together
from services.alerts.handlers.calling import ACTIONS_LATE, UNANSWERED, escalate_unanswered
from services.alerts.handlers.checklist import escalate_late_actions
from services.alerts.handlers.containment import CONTAINMENT_LATE, escalate_late_containment
from services.alerts.handlers.judging import SILENCE_OVER, let_silence_end
from services.alerts.handlers.notices import SEASON_TURNS, turn_season
from services.alerts.handlers.rebuilding import count_anew, place_case
from services.alerts.repository.counting import Counting
from services.alerts.repository.issues import Issues
from shared.contracts.issue import IssueClosed, IssueGrew, IssueLowered, IssueShrank
from shared.db.commit import commit_many
from shared.db.member import Member
from shared.db.store import Store
from shared.db.uow import Cause
from shared.obs import metrics
from shared.runtime.derived import Rebuilt
from shared.runtime.ids import random_id
from shared.runtime.service import Chore

PAGE = 500

TIMERS = {
    UNANSWERED: escalate_unanswered,
    ACTIONS_LATE: escalate_late_actions,
    CONTAINMENT_LATE: escalate_late_containment,
    SILENCE_OVER: let_silence_end,
    SEASON_TURNS: turn_season,
}


async def measure_calls(store: Store) -> None:
    """How many calls nobody has answered, and how long the oldest has rung. Silent issues ring nobody."""
    calls = await Issues(store.mongo).unanswered()
    for step, rung in calls.items():
        oldest = (store.clock.now() - min(rung)).total_seconds() if rung else 0.0
        metrics.CALLS_OPEN.labels(store.service, str(step)).set(len(rung))
        metrics.CALL_AGE.labels(store.service, str(step)).set(max(0.0, oldest))


CHORES = (Chore("figures of calls", timedelta(seconds=15), measure_calls),)


async def settle_issues(rebuilt: Rebuilt) -> int:
    """After a rebuild: cases that were lost are back in their issues, and issues count what is in them."""
    store = rebuilt.live
    counting = Counting(store.mongo)
    placed = await _place(rebuilt, counting)
    own, changed, after = await counting.by_issue(), 0, ""
    while issues := await counting.issues(after, PAGE):
        for issue in issues:
            counts = together(own.get(id, Counts()) for id in (issue.id, *issue.joined))
            if not counts.fits(issue):
                changed += await _commit(store, partial(count_anew, issue.id, issue.version, counts))
        after = issues[-1].id
    return placed + changed


async def _place(rebuilt: Rebuilt, counting: Counting) -> int:
    """Back into the issue that last told of each; a joined one has told through the issue that it counts in."""
    lost = await counting.without_issue()
    told = await _last_words(rebuilt) if lost else {}
    judged = await _judgements(rebuilt) if lost else {}
    placed = 0
    for case in lost:
        issue_id, at = told.get(case.id, (None, None))
        joined = await counting.with_series(case.series, issue_id) if issue_id else None
        issue_id = joined.id if joined else issue_id
        judgement = sum(at is not None and when <= at for when in judged.get(issue_id or "", ()))
        placed += await _commit(rebuilt.live, partial(place_case, case.id, issue_id, judgement))
    return placed


async def _last_words(rebuilt: Rebuilt) -> dict[str, tuple[str, datetime]]:
    """Which issue each complaint is in, and since when, as the issues themselves have told."""
    words: dict[tuple[str, str], tuple[int, bool, datetime]] = {}
    for model, inside in ((IssueGrew, True), (IssueShrank, False)):
        async for told in rebuilt.read(model):
            said = cast(IssueGrew | IssueShrank, told.data)
            place = said.complaint_id, said.issue_id
            if told.sequence > words.get(place, (0, False, told.time))[0]:
                words[place] = told.sequence, inside, told.time
    return {complaint: (issue, at) for (complaint, issue), (_, inside, at) in words.items() if inside}


async def _judgements(rebuilt: Rebuilt) -> dict[str, list[datetime]]:
    """When somebody judged each issue."""
    found: dict[str, list[datetime]] = defaultdict(list)
    for model in (IssueLowered, IssueClosed):
        async for told in rebuilt.read(model):
            found[cast(IssueLowered | IssueClosed, told.data).issue_id].append(told.time)
    return found


async def _commit(store: Store, handler: Callable[..., Awaitable[Any]]) -> bool:
    (outcome,) = await commit_many(store, [Member(Cause(f"settle:{random_id()}"), handler)])
    if outcome.error is not None:
        raise outcome.error
    return bool(outcome.result)
