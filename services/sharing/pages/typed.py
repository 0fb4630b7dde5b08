"""What people type into the forms of the directory: judged by the domain's shapes, refused field by field."""

from datetime import date
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from services.sharing.presenting.people import Presenter
from services.sharing.presenting.sign_in import reading, sentence_of
from services.sharing.repository.people import People
from services.sharing.views.people import Refusal
from shared.errors import Refused
from shared.identity.principal import Principal
from shared.runtime.clock import KOREA
from shared.web.etags import Expected, etag_of
from shared.web.field_errors import field_errors

M = TypeVar("M", bound=BaseModel)


class NotSaid(Exception):
    """A form does not make an entry; `refusal` says why, field by field."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__("form refused")
        self.refusal = refusal


def entry_of(shape: type[M], said: dict[str, Any], language: str) -> M:
    """The entry that a form makes. Raises `NotSaid`."""
    try:
        return shape.model_validate(said, strict=False)
    except ValidationError as invalid:
        errors = field_errors(invalid.errors(include_url=False, include_input=False), language)
        raise NotSaid(Refusal("", {_field(error.field): error.message for error in errors})) from None


def _field(path: str) -> str:
    """The form's field: its names are one field each."""
    return {"names.ko": "name_ko", "names.en": "name_en", "names": "name_ko"}.get(path, path.split(".")[0])


def refusal_of(refused: Refused, language: str) -> Refusal:
    """Why a handler refused a form."""
    sentence = sentence_of(refused, language)
    return Refusal("", {refused.field: sentence}) if refused.field else Refusal(sentence)


def presenter_of(request: Request) -> Presenter:
    """Speaks the reader's language."""
    return Presenter(request.app.state.running.store.directory.organisation, reading(request), today_of(request))


def today_of(request: Request) -> date:
    """The day in Korea."""
    day: date = request.app.state.running.store.clock.now().astimezone(KOREA).date()
    return day


def administers(viewer: Principal) -> bool:
    """Whether the viewer may change the directory; an auditor reads it."""
    return "admin" in viewer.roles


def expecting(version: int) -> Expected:
    """What a page of this version expects: 0 where it does not matter."""
    return Expected(frozenset({etag_of(version)}) if version else None)


async def person_typed(typed: str, people: People) -> str | None:
    """The id of whom a person typed: an id, or a name that only one has; else what was typed, which is refused."""
    if not typed:
        return None
    found = await people.named(typed)
    return found[0] if len(found) == 1 else typed
