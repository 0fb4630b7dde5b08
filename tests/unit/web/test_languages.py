"""Which language a reader gets, and how a message is filled."""

import pytest

from shared.language.i18n import pick_language, translate


@pytest.mark.parametrize(
    ("accept", "chosen", "default", "expected"),
    [
        ("en", "ko", "en", "ko"),
        ("en-US,en;q=0.9", None, "ko", "en"),
        ("fr, en;q=0.5, ko;q=0.7", None, "en", "ko"),
        ("ko;q=0, en;q=0.1", None, "ko", "en"),
        ("fr,de", None, "en", "en"),
        (None, None, "en", "en"),
        ("", "xx", "ko", "ko"),
        ("en;q=x", None, "ko", "ko"),
        (";;;,,,q=", None, "en", "en"),
        ("en", "xx", "yy", "en"),
        (None, None, "yy", "ko"),
    ],
)
def test_choice_then_browser_then_default(accept: str | None, chosen: str | None, default: str, expected: str) -> None:
    assert pick_language(accept, chosen, default) == expected


def test_english_is_its_own_message_id_and_korean_is_in_the_catalogue() -> None:
    assert translate("Not found", "en") == "Not found"
    assert translate("Not found", "ko") == "찾을 수 없음"


def test_an_unknown_message_stays_readable() -> None:
    assert translate("Nobody ever wrote this {name}.", "ko", name="x") == "Nobody ever wrote this x."


def test_places_are_filled_and_a_missing_input_does_no_harm() -> None:
    text = "This may have at most {max_length} characters."
    assert translate(text, "ko", max_length=7) == "7자까지 쓸 수 있습니다."
    assert translate(text, "en", other=7) == text


def test_an_input_is_never_read_as_a_place() -> None:
    assert translate("{what}: the time is up", "en", what="{secret}") == "{secret}: the time is up"
