"""Three years of alerts, put into the database at once: issues, the complaints behind them, their stories, notices."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from services.alerts.domain.acting import add_actions
from services.alerts.domain.case import Case
from services.alerts.domain.growing import add_case, open_issue
from services.alerts.domain.issue import Issue
from services.alerts.domain.judgement import End
from services.alerts.domain.message import Message
from services.alerts.domain.moment import Moment
from services.alerts.domain.notice import Notice, NoticeText, Reading
from services.alerts.domain.playbook import Playbook, as_step
from services.alerts.domain.publishing import read
from shared.db.aggregate import Aggregate
from shared.db.client import Mongo
from shared.identity.organisation import Organisation

ISSUES, COMPLAINTS, BIG = 5_000, 100_000, 5_000
LIVE_SHARE = 0.4
NOTICES, MESSAGES, STORY = 300, 3_000, 2_000
BATCH = 2_000
PROBLEMS = ("delivery", "quality", "defect", "billing", "packaging")


async def fill(
    mongo: Mongo, playbook: Playbook, organisation: Organisation, issues: int = ISSUES, complaints: int = COMPLAINTS
) -> Issue:
    """Put everything in; returns the issue with the most complaints and the longest story."""
    now = datetime.now(UTC)
    biggest: Issue | None = None
    rows: list[Aggregate] = []
    for n in range(issues):
        count = BIG if n == 0 else (complaints - BIG) // (issues - 1) + (n % 2)
        issue, cases = _issue(n, count, playbook, now)
        if n >= LIVE_SHARE * issues:
            _close(issue, n, now)
        biggest = biggest or issue
        rows += [issue, *cases, *issue.take_happened()]
        if len(rows) > BATCH:
            await _insert(mongo, rows)
            rows = []
    rows += list(_story(biggest or issue, now))
    await _insert(mongo, [*rows, *_notices(organisation, now), *_messages(biggest or issue, organisation, now)])
    return biggest or issue


def _issue(n: int, count: int, playbook: Playbook, now: datetime) -> tuple[Issue, list[Case]]:
    """One issue of every fifth product, its deadlines spread over the coming days."""
    cases = [_case(n, k, now - timedelta(hours=3 * k + n % 24)) for k in range(count)]
    issue = open_issue(f"issue-{n}", f"I-2026-{n:06d}", cases[0], cases[-1].filed_at)
    for case in cases:
        add_case(issue, case)
    issue.take_events()
    issue.step = as_step(n % 4)
    if issue.step:
        add_actions(issue, issue.step, playbook, now + timedelta(minutes=n % 3_000))
    for _ in range(8):
        issue.write("called", now, person="p-027")
    return issue, cases


def _close(issue: Issue, n: int, now: datetime) -> None:
    """Three of five are over."""
    issue.end = End(at=now - timedelta(hours=n), by="p-001", finding="real", reason="조치를 마침")
    issue.free_series()


def _case(n: int, k: int, filed_at: datetime) -> Case:
    problem = PROBLEMS[n % len(PROBLEMS)]
    return Case(
        id=f"case-{n}-{k}",
        number=f"C-2026-{(n * 31 + k) % 999_999:06d}",
        title="주문한 제품이 사흘 늦게 왔고 상자가 찢어져 있었습니다",
        product_code=f"P-{n // len(PROBLEMS)}",
        product_name=f"제품 {n // len(PROBLEMS)}",
        category=problem,
        category_name={"ko": problem, "en": problem},
        category_sequence=1,
        filed_at=filed_at,
    )


def _story(issue: Issue, now: datetime) -> Iterator[Aggregate]:
    for n in range(issue.moments + 1, STORY):
        yield Moment(id=f"moment-{n}", issue_id=issue.id, n=n, at=now, what="called", step=3, person="p-027")


def _notices(organisation: Organisation, now: datetime) -> Iterator[Aggregate]:
    for n in range(NOTICES):
        at = now - timedelta(hours=n)
        text = NoticeText(title=f"안전경보 {n}", hazard="위험 " * 40, rule="요령 " * 40, consequence="결과 " * 40)
        notice = Notice(
            id=f"notice-{n}",
            number=f"N-2026-{n:06d}",
            text=text,
            state="published" if n % 3 else "withdrawn",
            edition=1,
            drafted_by="p-027",
            drafted_at=at,
            shown_at=at,
            published_by="p-027",
            published_at=at,
        )
        yield notice
        if notice.state == "published":
            yield from (_read(notice, person.id, person.department, now) for person in organisation.people[n % 7 :: 2])


def _read(notice: Notice, person: str, department: str, now: datetime) -> Reading:
    reading = read(notice, person, department, now)
    reading.take_events()
    return reading


def _messages(issue: Issue, organisation: Organisation, now: datetime) -> Iterator[Aggregate]:
    for n in range(MESSAGES):
        person, at = organisation.people[n % 5].id, now - timedelta(minutes=n)
        yield Message(id=f"message-{n}", person=person, issue_id=issue.id, number=issue.number, step=3, at=at)


async def _insert(mongo: Mongo, rows: Sequence[Aggregate]) -> None:
    by_collection: dict[str, list[Aggregate]] = {}
    for row in rows:
        by_collection.setdefault(row.collection, []).append(row)
    for collection, some in by_collection.items():
        await mongo.insert(collection, [row.to_document(1) for row in some])
