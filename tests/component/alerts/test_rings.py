"""Who was rung and who comes next, as the issue's page tells it."""

from datetime import timedelta

from services.alerts.handlers.calling import acknowledge_issue
from services.alerts.handlers.complaints import weigh_complaint
from services.alerts.handlers.judging import silence_issue
from services.alerts.presenting.speaker import Speaker
from services.alerts.presenting.work import rings_of
from shared.identity.directory import Directory
from shared.identity.organisation import organisation_with
from shared.testing.fake import Desk
from tests.component.alerts.sample import (
    BURN,
    CS_MANAGER,
    OFFICER,
    OTHER_OFFICER,
    RULES,
    WORKER,
    a_complaint,
    a_desk,
    late_deliveries,
    let_time_pass,
    the_issue,
)

STEP_3 = RULES.playbook.rule(3)


def told(desk: Desk) -> list[tuple[str, str]]:
    speaker = Speaker(RULES, desk.directory.organisation, "ko", WORKER)
    return [(ring.person, ring.answer) for ring in rings_of(the_issue(desk), speaker)]


def names(desk: Desk) -> list[str]:
    call = the_issue(desk).call
    assert call is not None
    return [Speaker(RULES, desk.directory.organisation, "ko", WORKER).name(id) for id in call.chain]


async def test_those_of_the_chain_stand_in_its_order_with_what_came_of_each() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    await let_time_pass(desk, STEP_3.patience)
    chain = names(desk)
    assert told(desk) == list(zip(chain, ["silent", "rings", *["next"] * (len(chain) - 2)], strict=True))


async def test_the_chain_comes_next_again_while_rounds_are_left_and_then_nobody() -> None:
    desk = a_desk()
    await desk.handle(weigh_complaint, a_complaint(BURN))
    chain = names(desk)
    await let_time_pass(desk, STEP_3.patience * (len(chain) - 1))
    assert told(desk)[len(chain) - 1 :] == [(chain[-1], "rings"), *((name, "next") for name in chain)]
    await let_time_pass(desk, STEP_3.patience * len(chain) * STEP_3.rounds)
    assert told(desk) == [(name, "silent") for name in chain * STEP_3.rounds]


async def test_who_answers_is_told_from_a_namesake_who_was_rung() -> None:
    desk = a_desk()
    company = desk.directory.organisation
    namesakes = [
        each.model_copy(update={"name": "김민준"}) if each.id in (OFFICER.id, OTHER_OFFICER.id, CS_MANAGER.id) else each
        for each in company.people
    ]
    desk.directory = Directory(organisation_with(namesakes, company.departments))
    await desk.handle(weigh_complaint, a_complaint(BURN))
    call = the_issue(desk).call
    assert call is not None
    other = OTHER_OFFICER if call.person == OFFICER.id else OFFICER
    await desk.handle(acknowledge_issue, the_issue(desk).id, None, None, by=other)
    assert [answer for _, answer in told(desk)] == ["silent", "acknowledged"]


async def test_who_is_rung_again_after_a_silence_stands_there_once() -> None:
    desk = a_desk()
    issue = await late_deliveries(desk)
    chain = names(desk)
    await desk.handle(silence_issue, issue.id, desk.now + timedelta(hours=1), "물류사 답을 기다림", None, by=CS_MANAGER)
    await let_time_pass(desk, timedelta(hours=2))
    assert told(desk) == [(chain[0], "rings"), *((name, "next") for name in chain[1:])]
