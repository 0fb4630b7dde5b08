"""Pydantic's errors as sentences."""

from typing import Any

import pytest
from pydantic_core._pydantic_core import list_all_errors

from shared.language.i18n import _
from shared.web.field_errors import OURS, field_errors

KINDS: dict[str, dict[str, Any]] = {e["type"]: e.get("example_context") or {} for e in list_all_errors()}
LANGUAGES = ("ko", "en")


def error(kind: str, *place: str | int, **context: Any) -> dict[str, Any]:
    return {"type": kind, "loc": place, "ctx": context}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_error_is_a_whole_sentence(kind: str, language: str) -> None:
    (said,) = field_errors([error(kind, "body", "x", **KINDS[kind])], language)
    assert said.message
    assert "{" not in said.message


def test_a_place_is_a_dotted_path_without_where_it_came_from() -> None:
    errors = [
        error("missing", "body", "unit", "code"),
        error("missing", "query", "limit"),
        error("missing", "body"),
    ]
    assert [each.field for each in field_errors(errors, "en")] == ["unit.code", "limit", "body"]
    assert field_errors([error("missing", "tags", 3, "name")], "en")[0].field == "tags.3.name"


def test_what_a_validator_says_is_translated_and_filled() -> None:
    ours = error(OURS, "body", "x", text=_("This may have at most {max_length} characters."), max_length=7)
    assert field_errors([ours], "ko")[0].message == "7자까지 쓸 수 있습니다."
    assert field_errors([ours], "en")[0].message == "This may have at most 7 characters."


def test_many_errors_and_long_names_are_cut() -> None:
    said = field_errors([error("missing", "body", "x" * 1000)] * 1000, "en")
    assert (len(said), len(said[0].field)) == (50, 120)
