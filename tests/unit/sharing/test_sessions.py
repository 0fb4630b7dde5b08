"""Session cookies: what they say, how long they hold, and that nobody else can write one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.identity.sessions import SESSION_AGE, Session, read_session, write_session
from shared.privacy.vault import Vault

NOW = datetime(2026, 11, 20, 9, 0, 0, 123000, tzinfo=UTC)
VAULT = Vault(bytes(range(32)))
SESSION = Session("s-1", "p-027", NOW)


def test_a_cookie_says_again_what_was_written() -> None:
    assert read_session(write_session(SESSION, VAULT), VAULT) == SESSION


def test_a_cookie_shows_nothing_of_whom_it_is_about() -> None:
    assert "p-027" not in write_session(SESSION, VAULT)
    assert write_session(SESSION, VAULT) != write_session(SESSION, VAULT)


@given(st.integers(0, 10_000), st.integers(0, 63))
def test_a_cookie_of_which_one_letter_is_changed_is_nobodys(place: int, letter: int) -> None:
    cookie = write_session(SESSION, VAULT)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    at = place % (len(cookie) - 1)  # the last letter holds fewer bits
    changed = cookie[:at] + letters[letter] + cookie[at + 1 :]
    assert changed == cookie or read_session(changed, VAULT) is None


@given(st.text())
def test_any_other_text_is_nobodys(text: str) -> None:
    assert read_session(text, VAULT) is None


def test_a_cookie_of_another_deployment_or_purpose_is_nobodys() -> None:
    assert read_session(write_session(SESSION, Vault(bytes(32))), VAULT) is None
    sealed = VAULT.seal(b'["s-1","p-027",1]', "idempotency").hex()
    assert read_session(sealed, VAULT) is None


@pytest.mark.parametrize(
    ("after", "over"),
    [
        (timedelta(0), False),
        (SESSION_AGE - timedelta(milliseconds=1), False),
        (SESSION_AGE, True),
        (-timedelta(minutes=6), True),
    ],
)
def test_a_session_holds_for_twelve_hours(after: timedelta, over: bool) -> None:
    assert SESSION.is_over(NOW + after) is over
