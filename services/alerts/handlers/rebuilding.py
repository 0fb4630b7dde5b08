"""What alerts knows of complaints is made again from what intake has told, and issues count them anew."""

from services.alerts.domain.case import Case
from services.alerts.domain.counting import Counts
from services.alerts.domain.issue import Issue
from services.alerts.repository.uow import AlertsUow

PLACED = {"issue_id", "judgement"}
"""In which issue a complaint counts, and under which judgement: people have a say in that."""
CATEGORY = {"category", "category_name", "category_sequence", "has_card"}


async def mend_case(told: Case, uow: AlertsUow) -> bool:
    """Have the case say what the topics tell, in the issue where it is; whether that changed anything."""
    case = await uow.get(Case, told.id)
    if case is None:
        uow.add(Case.model_validate(told.model_dump(exclude=PLACED)))
        return True
    newer = CATEGORY if case.category_sequence > told.category_sequence else set()
    facts = told.model_dump(exclude=PLACED | newer)
    changed = [name for name in facts if getattr(case, name) != getattr(told, name)]
    for name in changed:
        setattr(case, name, getattr(told, name))
    return bool(changed)


async def place_case(complaint_id: str, issue_id: str | None, judgement: int, uow: AlertsUow) -> bool:
    """Put a case that was lost back into its issue: the one that has told of it, else that of its series."""
    case = await uow.get(Case, complaint_id)
    if case is None or case.issue_id is not None:
        return False
    issue = await uow.get(Issue, issue_id) if issue_id else None
    issue = issue or await uow.behind(case.series) or await uow.closed(case.series)
    if issue is None:
        return False
    case.issue_id, case.judgement = issue.id, judgement
    return True


async def count_anew(issue_id: str, version: int, counts: Counts, uow: AlertsUow) -> bool:
    """Have an issue count its complaints as they are, unless somebody has just changed it; nobody is told."""
    issue = await uow.get(Issue, issue_id, decide=True)
    if issue is None or issue.version != version:
        return False
    counts.put(issue)
    return True
