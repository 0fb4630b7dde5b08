"""Who sees what of a complaint, as a table: every role on every kind of thing, on pages, over the API, in lists.

`all`: everything, `kind`: of health its kind, of a complaint about an employee that there is one, `–`: nothing at all.
"""

from datetime import date

import pytest

from services.intake.domain.complaint import Complaint
from services.intake.domain.entry import Entry
from services.intake.domain.filing import Filing
from services.intake.domain.selection import Selection
from services.intake.handlers.customer_side import comment_on
from services.intake.handlers.filing import file_complaint
from services.intake.presenting.card_page import CardPagePresenter
from services.intake.presenting.looking import Looking
from services.intake.presenting.queue import QueuePresenter
from services.intake.schemas.cards import EntryOut
from services.intake.schemas.complaints import ComplaintOut
from shared.identity.organisation import Leave, organisation_with
from shared.identity.principal import ANYONE, ROLES, Principal
from tests.component.intake.card_desk import AGENT, MONDAY, ORGANISATION, RULES, CardDesk, person

TABLE = """
who                             words   health  conduct  original  contact  changes
agent                           all     all     all      yes       yes      yes
cs_manager                      all     all     all      yes       yes      yes
safety_officer                  all     all     kind     no        no       yes
auditor                         all     all     all      yes       no       no
hr                              all     kind    all      no        no       yes
dept_manager                    all     kind    kind     no        no       yes
assignee                        all     kind    kind     no        no       yes
executive                       all     kind    kind     no        no       yes
committee                       all     kind    kind     no        no       yes
cco                             all     kind    kind     no        no       yes
ceo                             all     kind    kind     no        no       yes
employee                        all     kind    kind     no        no       yes
admin                           –       –       –        no        no       no
consumer                        –       –       –        no        no       no
nobody                          –       –       –        no        no       no
system                          all     kind    kind     no        no       no
head of the department          all     kind    all      no        no       yes
who stands in for the head      all     kind    all      no        no       yes
assignee of the department      all     kind    kind     no        no       yes
to whom the head handed it      all     kind    all      no        no       yes
head of another department      all     kind    kind     no        no       yes
who wrote it down               all     all     all      no        no       yes
"""
FILER = "p-044"
HEALTH = "압력밥솥 김에 손을 데여 병원에서 2주 치료를 받았어요. 교환해 주세요."
CONDUCT = "상담원이 반말을 하고 욕을 했습니다. 태도가 무례했습니다."
TODAY = date(2026, 11, 23)
YES = {"yes": True, "no": False}


def viewer(who: str) -> Principal:
    """Somebody with one role alone, of a department that was not called on; or one who stands in a relation to it."""
    relations = {
        "nobody": ANYONE,
        "system": Principal("s-1", "BI", frozenset({"complaints:read"}), "system"),
        "head of the department": person("p-001"),
        "who stands in for the head": person("p-002"),
        "assignee of the department": person("p-003"),
        "to whom the head handed it": person("p-045"),
        "head of another department": person("p-022"),
        "who wrote it down": person(FILER),
    }
    if who in relations:
        found = relations[who]
        plain = frozenset({"employee"}) if found.kind == "person" else found.roles
        return Principal(found.id, found.name, plain, found.kind, found.department)
    assert who in ROLES
    return Principal("p-999", who, frozenset({who}), "person", "marketing")


ROWS = [line.rsplit(maxsplit=6) for line in TABLE.strip().splitlines()[1:]]
AWAY = Leave(start=TODAY, end=TODAY, deputy="p-002")


def looking(who: str) -> Looking:
    """A reader; the head of the customer office is away while somebody stands in."""
    people = [p.model_copy(update={"leaves": [AWAY]}) if p.id == "p-001" else p for p in ORGANISATION.people]
    company = organisation_with(people, ORGANISATION.departments) if "stands in" in who else ORGANISATION
    return Looking(viewer(who), "ko", MONDAY, RULES, company)


async def filed(body: str) -> tuple[Complaint, list[Entry]]:
    """A complaint that an employee wrote down, with a comment on it that says the same."""
    desk = CardDesk()
    harm = {"persons": [{"treated": True, "weeks": 2}]} if body == HEALTH else {}
    filing = Filing.model_validate({"body": body, "harm": harm, "product": {"code": "RC-880"}}, strict=False)
    complaint: Complaint = await desk.handle(file_complaint, filing, by=person(FILER))
    await desk.do(comment_on, complaint, body, by=AGENT)
    if complaint.category in RULES.sight.about_conduct:
        complaint.subcases[0].assignee = "p-045"
    return complaint, desk.stored(Entry)


def test_the_table_has_every_role() -> None:
    assert {who for who, *_ in ROWS} >= ROLES


def test_what_is_filed_here_is_what_it_should_be() -> None:
    assert RULES.sight.about_conduct == {"staff"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]).replace(" ", "-"))
async def test_what_is_decided(row: list[str]) -> None:
    who, words, health, conduct, original, contact, changes = row
    reader, (ill, _), (rude, _) = looking(who), await filed(HEALTH), await filed(CONDUCT)
    assert rude.category == "staff"
    sight, other = reader.eyes(ill).sight, reader.eyes(rude).sight
    assert sight.content == {"all": "all", "–": "nothing"}[words]
    assert sight.health is (health == "all")
    assert other.content == {"all": "all", "kind": "kind", "–": "nothing"}[conduct]
    assert (sight.original, sight.contact, sight.changes) == (YES[original], YES[contact], YES[changes])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]).replace(" ", "-"))
async def test_what_is_shown_of_health_on_the_page_in_lists_and_over_the_api(row: list[str]) -> None:
    who, words, health, *_ = row
    reader, (complaint, entries) = looking(who), await filed(HEALTH)
    shown = everything_shown(reader, complaint, entries)
    for detail in ("데여", "병원", "2주", "치료"):
        assert (detail in shown) is (health == "all"), detail
    assert ("교환해 주세요" in shown) is (words == "all")
    assert ("[건강 정보: 화상]" in shown) is (health == "kind")
    assert ("인명 피해 신고" in shown) is (health == "kind")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]).replace(" ", "-"))
async def test_what_is_shown_of_an_employees_conduct(row: list[str]) -> None:
    who, _, _, conduct, *_ = row
    reader, (complaint, entries) = looking(who), await filed(CONDUCT)
    shown = everything_shown(reader, complaint, entries)
    for detail in ("반말", "욕을", "무례", "RC-880"):
        assert (detail in shown) is (conduct == "all"), detail
    assert ("직원 응대에 관한 불만" in shown) is (conduct == "kind")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]).replace(" ", "-"))
async def test_progress_is_open_to_all_staff(row: list[str]) -> None:
    who, words, *_ = row
    if words == "–":
        return  # the policy lets them nowhere near
    reader, (complaint, entries) = looking(who), await filed(CONDUCT)
    shown = CardPagePresenter(reader, "/", "k").card(complaint, entries, None)
    assert (shown.number, shown.state.word, len(shown.clocks)) == (complaint.number, "Assigned", 5)
    assert [one.name for one in shown.subcases] == ["고객만족실"]
    assert len(shown.timeline) == len(entries)


async def test_what_a_reader_sees_is_a_copy_and_never_the_complaint_itself() -> None:
    complaint, _ = await filed(HEALTH)
    before = complaint.model_dump_json()
    for who, *_ in ROWS:
        looking(who).eyes(complaint).complaint(complaint)
    assert complaint.model_dump_json() == before


def everything_shown(reader: Looking, complaint: Complaint, entries: list[Entry]) -> str:
    """All that reaches this reader: the page with its timeline, a row of the queue, the answers of the API."""
    eyes = reader.eyes(complaint)
    page = CardPagePresenter(reader, "/", "k").card(complaint, entries, None)
    row = QueuePresenter(reader, Selection()).row(complaint)
    api = ComplaintOut.of(eyes.complaint(complaint)).model_dump_json()
    timeline = [EntryOut.of(entry).model_dump_json() for entry in eyes.entries(complaint, entries)]
    return " ".join([repr(page), repr(row), api, *timeline])
