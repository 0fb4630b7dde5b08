"""Problem details (RFC 9457): the shape of every refusal, in the reader's language, without what was sent."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from shared.errors import Refused, Unavailable
from shared.language.i18n import _, translate
from shared.obs.context import correlation_id
from shared.web.field_errors import FieldError, field_errors

_TITLES: Final[dict[int, str]] = {
    400: _("This cannot be read"),
    401: _("Sign-in needed"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Not possible here"),
    408: _("Too slow"),
    409: _("Not possible as things stand"),
    412: _("Changed in the meantime"),
    413: _("Too large"),
    414: _("Too large"),
    415: _("Wrong kind of content"),
    422: _("Not accepted"),
    429: _("Too many requests"),
    431: _("Too large"),
    500: _("Something went wrong here"),
    503: _("Not available now"),
}
_DETAILS: Final[dict[int, str]] = {
    404: _("There is no such page or address."),
    405: _("This address takes other methods only: {allowed}."),
    500: _("It is not your mistake. It was written down under the correlation id; tell it to whoever helps you."),
    503: _("A part that is needed does not answer. Try again in {seconds} seconds."),
}
_FIELDS: Final = _("Some fields are not accepted; each one says what would be right.")
_OTHER: Final = _("The request was not carried out.")


class Problem(BaseModel):
    """What every refusal looks like, `application/problem+json`; some kinds have members of their own."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="The kind of problem, `/problems/<name>`; stable, for programs")
    title: str = Field(description="The kind of problem in the reader's words")
    status: int
    detail: str = Field(description="What was wrong and what would be right")
    errors: list[FieldError] = Field(description="Field by field, where fields were wrong")
    correlation_id: str = Field(description="Quote it when asking for help; logs and events carry it too")


def refused(error: Refused, language: str) -> Problem:
    """The problem behind a refusal of the domain."""

    def say(message_id: str, /, **inputs: object) -> str:
        return translate(message_id, language, **inputs)

    errors = [FieldError(field=point.field, message=say(point.text, **point.inputs)) for point in error.points]
    found = _problem(type(error).__name__, error.status, say(error.text, **error.inputs), language, errors)
    return found.model_copy(update=error.members(say))


def invalid(errors: Sequence[Any], language: str) -> Problem:
    """The problem behind Pydantic's errors of a request."""
    detail = translate(_FIELDS, language)
    return _problem("InvalidFields", 422, detail, language, field_errors(errors, language))


def unavailable(error: Unavailable, language: str) -> Problem:
    """The problem behind a part that does not answer."""
    detail = translate(_DETAILS[503], language, seconds=error.retry_after)
    return _problem("Unavailable", 503, detail, language)


def of_status(error: HTTPException, language: str) -> Problem:
    """The problem behind the framework's own errors; their texts are not shown, they are not translated."""
    allowed = (error.headers or {}).get("Allow", "")
    detail = translate(_DETAILS.get(error.status_code, _OTHER), language, allowed=allowed)
    name = HTTPStatus(error.status_code).phrase.title().replace(" ", "")
    return _problem(name, error.status_code, detail, language)


def unexpected(language: str) -> Problem:
    """The problem behind any other error: nothing of its inside."""
    return _problem("InternalError", 500, translate(_DETAILS[500], language), language)


def _problem(name: str, status: int, detail: str, language: str, errors: Sequence[FieldError] = ()) -> Problem:
    return Problem(
        type=f"/problems/{_kebab(name)}",
        title=translate(_TITLES.get(status, _OTHER), language),
        status=status,
        detail=detail,
        errors=list(errors),
        correlation_id=correlation_id.get(),
    )


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
