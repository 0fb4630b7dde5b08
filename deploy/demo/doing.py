"""Does what the screenplay says: calls the API in somebody's name, tells an event, and shows what came of it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from deploy.demo.acts import Act
from deploy.demo.material import DAYS, day_of
from deploy.demo.portal import Unexpected
from deploy.demo.stage import Stage, expected
from shared.contracts.catalogue import CATALOGUE

PLACE: Final = re.compile(r"\{([a-z][a-z0-9.-]*)\}")
KEPT: Final = ("id", "number")
FOLLOW: Final = "/complaints/follow"
SEE_OTHER: Final = 303
"""What a form that was taken answers with."""


async def do(act: Act, stage: Stage) -> None:
    """Do it once, and tell of it; what it brought about is kept for later scenes. Raises `Unexpected`."""
    stage.teller.act(act.at, stage.actor(act.by), act.says.in_(stage.teller.language))
    came: dict[str, Any] = {}
    try:
        came = await _done(act, stage)
    except Unexpected as otherwise:
        if not stage.journal.is_again:
            raise
        stage.teller.otherwise(str(otherwise))
    if act.note is not None:
        stage.teller.note(act.note)
    stage.journal.note(act.id, came)
    await stage.pace.rest("act")


async def _done(act: Act, stage: Stage) -> dict[str, Any]:
    known = _known(act, stage)
    body, came = _filled(act.body, known), dict[str, Any]()
    if act.event is not None:
        await _tell(act, body, known, stage)
    elif act.page is not None:
        await _follow(act, body, known, stage)
    else:
        came = await _call(act, body, known, stage)
    if act.awaits is not None and act.then is not None:
        await _followed(act, stage)
        stage.teller.followed(act.then, stage.address(f"/intake/complaints/{known['number']}"))
    return came


async def _call(act: Act, body: Any, known: Mapping[str, str], stage: Stage) -> dict[str, Any]:
    path = _filled(act.call, known)
    answer = await stage.portal.post(path, stage.caller(act.by), body or None, stage.journal.key(act.id))
    if not act.refused:
        return _kept(expected(answer, act.id))
    if answer.is_done:
        raise Unexpected(f"{act.id}: {path} was not refused")
    stage.teller.refused(answer.missing or [answer.problem()])
    return {}


async def _follow(act: Act, body: Mapping[str, str], known: Mapping[str, str], stage: Stage) -> None:
    """The customer opens the follow page with number and secret, and sends one of its forms."""
    customer = stage.customer(act.of)
    opened = await stage.portal.fill_in(FOLLOW, customer, {name: known[name] for name in ("number", "secret")})
    answer = await stage.portal.fill_in(act.page or FOLLOW, customer, body, opened.cookies)
    if answer.status != SEE_OTHER:
        raise Unexpected(f"{act.id}: {act.page}: {answer.status}")


async def _tell(act: Act, body: Any, known: Mapping[str, str], stage: Stage) -> None:
    event = CATALOGUE[act.event or ""].model.model_validate(body)
    await stage.topics.tell(event, known["issue"] or known["complaint"], stage.journal.key(act.id))


async def _followed(act: Act, stage: Stage) -> None:
    """Wait for what the system makes of it."""
    id = stage.filed(act.of).id
    heard = await stage.topics.first(lambda h: h.topic == act.awaits and h.data.get("complaint_id") == id)
    if heard is None:
        raise Unexpected(f"{act.id}: {act.awaits} did not follow")


def _known(act: Act, stage: Stage) -> dict[str, str]:
    """What the act may speak of: its complaint and issue, days of the week, and what earlier acts brought about."""
    filed = stage.filed(act.of)
    known = {"complaint": filed.id, "number": filed.number, "secret": filed.secret or "", "issue": filed.issue or ""}
    known |= {f"day.{day}": day_of(day, stage.journal.monday).isoformat() for day in DAYS}
    for scene, came in stage.journal.done.items():
        known |= {f"{scene}.{name}": str(value) for name, value in came.items()}
    return known


def _filled(value: Any, known: Mapping[str, str]) -> Any:
    """The same with every place filled. Raises `Unexpected` for one that nothing came before for."""
    if isinstance(value, str):
        return PLACE.sub(lambda place: _one(place[1], known), value)
    if isinstance(value, dict):
        return {name: _filled(inner, known) for name, inner in value.items()}
    return [_filled(inner, known) for inner in value] if isinstance(value, list) else value


def _one(name: str, known: Mapping[str, str]) -> str:
    if not known.get(name):
        raise Unexpected(f"nothing is known of {{{name}}} yet")
    return known[name]


def _kept(body: Mapping[str, Any]) -> dict[str, Any]:
    """What later scenes may need of an answer."""
    kept = {name: body[name] for name in KEPT if body.get(name)}
    orders = body.get("containments") or []
    return kept | ({"order": orders[-1]["id"]} if orders else {})
