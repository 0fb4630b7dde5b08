"""What was typed into a form, as a filing: one way for the public form, the employees' form and the call screen."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from services.intake.domain.filing import Filing
from services.intake.domain.public_form import Answers, circumstances
from shared.language.i18n import _
from shared.web.field_errors import OURS

KOREA_OFFSET: Final = "+09:00"
"""People write the time that a clock in Korea shows."""
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME: Final = re.compile(r"\d{2}:\d{2}")
_NO_DAY: Final = _("Write the day like 2026-11-22.")
_NO_TIME: Final = _("Write the time like 09:30.")
_CHOOSE: Final = _("Choose one.")
_ANSWER: Final = _("This needs an answer.")
_REACH: Final = _("Give a telephone number or an e-mail address, or choose that you will look here yourself.")
_CHOICES: Final = frozenset({"kind", "hurt", "for_whom", "representative.relation", "remedy_sought"})
_NEEDED: Final = {
    "consent.processing": _("We cannot take it without this."),
    "of_age": _("Who is younger than 14 has the legal guardian file it."),
}
MOMENTS: Final = {"occurred": "occurred_at", "known": "knowledge_at"}
"""Moments that forms ask for as a day and a time."""
OWN: Final = frozenset(
    {"occurred_on", "occurred_time", "known_on", "known_time", "hurt", "for_whom", "no_contact", "of_age"}
)
"""Fields of forms that stand in no filing as they are."""

Errors = Sequence[Mapping[str, Any]]


def read_answers(
    answers: Answers, files: Sequence[str] = (), more: Mapping[str, Any] | None = None
) -> tuple[Filing | None, list[Mapping[str, Any]]]:
    """The filing that the answers make, or everything that is wrong with them (in Pydantic's form, by field)."""
    said: dict[str, Any] = {}
    for field, text in answers.items():
        if text.strip() and field not in OWN:
            _put(said, field.split("."), text)
    wrong = [error for name in MOMENTS for error in _moment(name, answers, said)]
    _gather_persons(said, hurt=answers.get("hurt", "yes") == "yes")
    try:
        filing = Filing.model_validate({**said, "attachments": list(files), **(more or {})}, strict=False)
    except ValidationError as invalid:
        return None, [*wrong, *(_at_form(e) for e in invalid.errors(include_url=False, include_input=False))]
    return (None if wrong else filing), wrong


def error_at(field: str, text: str) -> dict[str, Any]:
    """One wrong field, in Pydantic's form."""
    return {"type": OURS, "loc": tuple(field.split(".")), "ctx": {"text": text}}


def unanswered(fields: Sequence[str]) -> list[Mapping[str, Any]]:
    """Errors of fields that need an answer."""
    return [error_at(field, _NEEDED.get(field) or (_CHOOSE if field in _CHOICES else _ANSWER)) for field in fields]


def no_way_to_reach(answers: Answers) -> list[Mapping[str, Any]]:
    """The error of one who can be reached in no way and did not say that this is meant."""
    ways = ("contact.phone", "contact.email", "representative.phone", "representative.email", "no_contact")
    needed = "card" in circumstances(answers, ()) or answers.get("kind") == "inquiry"
    return [error_at("contact.phone", _REACH)] if needed and not any(answers.get(way) for way in ways) else []


def _put(into: dict[str, Any], path: Sequence[str], text: str) -> None:
    first, *rest = path
    if not rest:
        into[first] = text
        return
    inner = into.setdefault(first, {})
    if isinstance(inner, dict):  # else the same name stands here as a text already
        _put(inner, rest, text)


def _moment(name: str, answers: Answers, said: dict[str, Any]) -> list[Mapping[str, Any]]:
    """Day and time of two fields as one moment; a day alone is its first minute, so that nothing lies in the future."""
    on, at = f"{name}_on", f"{name}_time"
    day, time = answers.get(on, "").strip(), answers.get(at, "").strip()
    wrong: list[Mapping[str, Any]] = []
    if (day or time) and not _DAY.fullmatch(day):
        wrong.append(error_at(on, _NO_DAY))
    if time and not _TIME.fullmatch(time):
        wrong.append(error_at(at, _NO_TIME))
    if day and not wrong:
        said[MOMENTS[name]] = f"{day}T{time or '00:00'}:00{KOREA_OFFSET}"
    return wrong


def _gather_persons(said: dict[str, Any], *, hurt: bool) -> None:
    """Persons come by number (`harm.persons.0.injury`); numbers may be missing where one was removed."""
    harm = said.get("harm")
    if not isinstance(harm, dict) or not isinstance(harm.get("persons"), dict):
        return
    persons = harm["persons"]
    if not hurt:
        del harm["persons"]
        return
    harm["persons"] = [persons[number] for number in sorted(persons, key=_number)]


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 4 else 999


def _at_form(error: Any) -> dict[str, Any]:
    """A moment stands in the form as two fields; the day is where to look."""
    days = {(moment,): (f"{name}_on",) for name, moment in MOMENTS.items()}
    return {**error, "loc": days.get(error["loc"][:1], error["loc"])}
