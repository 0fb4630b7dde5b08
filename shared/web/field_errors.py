"""Pydantic's errors as sentences: which field, what was wrong, what would be right; never what was sent."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from shared.language.i18n import _, translate

_MOST: Final = 50
_LONGEST_PATH: Final = 120
OURS: Final = "ccms"
"""The type of errors that bring their own message id, in `ctx["text"]`."""

_PLACES: Final = frozenset({"body", "query", "path", "header", "cookie"})

_TEXT: Final = _("This has to be text.")
_WHOLE: Final = _("This has to be a whole number.")
_NUMBER: Final = _("This has to be a number.")
_YES_NO: Final = _("This has to be true or false.")
_LIST: Final = _("This has to be a list.")
_OBJECT: Final = _("This has to be an object with named fields.")
_MOMENT: Final = _("This has to be a date and time with its time zone, such as 2026-11-22T09:30:00+09:00.")
_DATE: Final = _("This has to be a date, such as 2026-11-22.")
_PAST: Final = _("This has to lie in the past.")
_FUTURE: Final = _("This has to lie in the future.")
_ONE_OF: Final = _("This has to be one of {expected}.")
_UUID: Final = _("This has to be a UUID, such as 3f0c1a52-7b1e-4f6e-9a55-0c6d0a7c0c35.")
_URL: Final = _("This has to be a web address, such as https://example.com/a.")
_OTHER: Final = _("This value is not accepted here; the documentation shows what is.")

_SENTENCES: Final[dict[str, str]] = {
    "missing": _("This field is required."),
    "extra_forbidden": _("There is no such field here; remove it or correct its name."),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_short": _("This needs {min_length} or more characters."),
    "string_too_long": _("This may have at most {max_length} characters."),
    "string_pattern_mismatch": _("This has to have the form {pattern}."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "greater_than": _("This has to be greater than {gt}."),
    "greater_than_equal": _("This has to be {ge} or more."),
    "less_than": _("This has to be less than {lt}."),
    "less_than_equal": _("This has to be {le} or less."),
    "multiple_of": _("This has to be a multiple of {multiple_of}."),
    "enum": _ONE_OF,
    "literal_error": _ONE_OF,
    "union_tag_invalid": _("This has to be one of {expected_tags}."),
    "list_type": _LIST,
    "set_type": _LIST,
    "tuple_type": _LIST,
    "too_long": _("This may have at most {max_length} entries."),
    "too_short": _("This needs {min_length} or more entries."),
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "timezone_aware": _MOMENT,
    "datetime_past": _PAST,
    "datetime_future": _FUTURE,
    "date_past": _PAST,
    "date_future": _FUTURE,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "uuid_type": _UUID,
    "uuid_parsing": _UUID,
    "url_type": _URL,
    "url_parsing": _URL,
    "url_scheme": _URL,
}


class FieldError(BaseModel):
    """One wrong field: its dotted path (`product.code`, `tags.0`) and a sentence."""

    field: str
    message: str


def wrong(message_id: str, **inputs: str | int | float) -> PydanticCustomError:
    """What a validator raises: a message id with `{name}` places and what fills them (never values sent)."""
    return PydanticCustomError(OURS, "{text}", {"text": message_id, **inputs})


def field_errors(errors: Sequence[Mapping[str, Any]], language: str) -> list[FieldError]:
    """Sentences for Pydantic's errors (`ValidationError.errors()`), at most 50."""
    return [FieldError(field=_path(error["loc"]), message=_sentence(error, language)) for error in errors[:_MOST]]


def _path(location: Sequence[str | int]) -> str:
    steps = location[1:] if location and location[0] in _PLACES else location
    return ".".join(str(step) for step in steps)[:_LONGEST_PATH] or "body"


def message_of(error: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The message id of one of Pydantic's errors, and what fills its places."""
    inputs = dict(error.get("ctx") or {})
    ours = inputs.pop("text", None) if error["type"] == OURS else None
    return ours or _SENTENCES.get(error["type"], _OTHER), inputs


def _sentence(error: Mapping[str, Any], language: str) -> str:
    message_id, inputs = message_of(error)
    return translate(message_id, language, **inputs)
