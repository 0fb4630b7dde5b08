"""Passwords: kept as hashes that tell nothing, refused when everybody would guess them."""

from pathlib import Path

import pytest

from services.sharing.domain.password import Cost, check_password, hash_password, is_password
from services.sharing.domain.refusals.coming_in import CommonPassword, PasswordTooLong, WeakPassword
from services.sharing.domain.rules import SignInRules
from services.sharing.pages.coming_in import NOBODYS
from services.sharing.service import FOLDER
from shared.rules import load_rules

CHEAP = Cost(n=2**4, r=1, p=1)
RULES = load_rules(Path(FOLDER) / "rules" / "sign_in.yaml", SignInRules).password
NAMES = ("p-027", "강이현")


def test_the_password_is_known_again_and_no_other_is() -> None:
    kept = hash_password("우산 자전거 새벽 감자", b"salt" * 4, CHEAP)
    assert is_password("우산 자전거 새벽 감자", kept)
    assert not is_password("우산 자전거 새벽 감자 ", kept)
    assert not is_password("", kept)


def test_the_same_password_is_kept_differently_under_another_salt() -> None:
    assert hash_password("x" * 12, bytes(16), CHEAP) != hash_password("x" * 12, bytes(15) + b"1", CHEAP)


def test_a_password_typed_on_another_system_is_the_same() -> None:
    """Macs send Korean syllables taken apart."""
    kept = hash_password("\uac00\uac01\uac02", bytes(16), CHEAP)
    assert is_password("\u1100\u1161\u1100\u1161\u11a8\u1100\u1161\u11a9", kept)


def test_what_is_looked_at_for_an_unknown_name_costs_as_much_and_is_nobodys_password() -> None:
    _, n, r, p, *_ = NOBODYS.split("$")
    assert Cost(int(n), int(r), int(p)) == Cost()
    assert not is_password("", NOBODYS)


@pytest.mark.parametrize(
    "good", ["우산 자전거 새벽 감자", "correct horse battery staple", "Zx8-qwLm-20fK", "가나다라마바사아자차카"]
)
def test_a_good_password_is_taken(good: str) -> None:
    check_password(good, NAMES, RULES)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("짧다", WeakPassword), ("123456789", WeakPassword), ("a" * 129, PasswordTooLong), ("a" * 12, CommonPassword),
        ("Password123", CommonPassword), ("qwertyuiop1", CommonPassword), ("강이현강이현강이현", WeakPassword),
        ("p-027-p-027", CommonPassword), ("1111111111111", CommonPassword), ("강이현 2026!", WeakPassword),
    ],
)  # fmt: skip
def test_a_password_that_is_guessed_soon_is_refused(bad: str, why: type[Exception]) -> None:
    with pytest.raises(why):
        check_password(bad, NAMES, RULES)
