"""Scenes in which somebody complains: by the public form, a call, an employee, the shop's program, a topic."""

from dataclasses import replace
from typing import Final

from deploy.demo.filing import filing_of
from deploy.demo.material import Told, Way
from deploy.demo.portal import Json, Unexpected
from deploy.demo.seen import Decided, Filed
from deploy.demo.stage import INTAKE, Stage, expected
from shared.contracts.submission import ComplaintSubmitted

BY_ROLE: Final[dict[Way, str]] = {"phone": "agent", "staff": "employee", "shop": "system"}
WITH_CARD: Final = ("complaint", "damage")
"""Kinds that belong to an issue."""


async def file(told: Told, stage: Stage) -> Filed:
    """Hand a complaint in, once; what it was filed as. A play that goes on gets the same answer again."""
    if told.id in stage.journal.done:
        return stage.filed(told.id)
    filing, once = filing_of(told, stage.teller.products, stage.journal.monday), stage.journal.key(told.id)
    filed = await (_by_topic(filing, once, stage) if told.way == "topic" else _over_http(told, filing, once, stage))
    stage.keep(told.id, filed)
    return filed


async def _over_http(told: Told, filing: Json, once: str, stage: Stage) -> Filed:
    if told.way == "form":
        path, caller = f"{INTAKE}/public/complaints", stage.customer(told.id)
    else:
        path, caller = f"{INTAKE}/complaints", stage.caller(BY_ROLE[told.way])
    said = expected(await stage.portal.post(path, caller, filing, once=once), path)
    return Filed(said["id"], said["number"], said.get("secret"))


async def _by_topic(filing: Json, once: str, stage: Stage) -> Filed:
    since = len(stage.topics.heard)
    command = ComplaintSubmitted(idempotency_key=once, complaint=filing)
    id = await stage.topics.tell(command, once, once)
    answer = await stage.topics.first(
        lambda heard: heard.caused_by == id and heard.topic.startswith("submission."), since=since
    )
    if answer is None or answer.topic != "submission.accepted":
        raise Unexpected(f"complaint.submitted: {answer.data if answer else 'no answer'}")
    return Filed(answer.data["complaint_id"], answer.data["number"])


async def show(told: Told, filed: Filed, decided: Decided, stage: Stage) -> None:
    """Tell of a complaint that was filed: what was decided, and what it did to its issue."""
    stage.teller.filed(told, filed, decided)
    if told.note is not None:
        stage.teller.note(told.note)
    await stage.pace.rest("complaint")
    if told.kind in WITH_CARD:
        await _issue(told, filed, decided.issue or await _joined(filed, stage), stage)


async def _joined(filed: Filed, stage: Stage) -> str:
    """The issue that a new complaint is put to, as soon as alerts tells."""
    joined = await stage.topics.first(
        lambda heard: heard.topic == "issue.grew" and heard.data["complaint_id"] == filed.id
    )
    if joined is None:
        raise Unexpected(f"{filed.number}: no issue took it")
    return str(joined.data["issue_id"])


async def _issue(told: Told, filed: Filed, issue: str, stage: Stage) -> None:
    problem = await stage.problem(issue)
    stage.keep(told.id, replace(filed, issue=problem.id))
    before = stage.steps.get(problem.id, 0)
    stage.steps[problem.id] = problem.step
    if problem.step > before:
        stage.teller.risen(problem, stage.address(f"/alerts/{problem.number}"))
        await stage.pace.rest("alarm")
    elif problem.complaints > 1:
        stage.teller.alike(problem)
        await stage.pace.rest("notice")
