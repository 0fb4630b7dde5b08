"""The master key's file: one key, or several of which the first seals and all open."""

from pathlib import Path

import pytest

from shared.privacy.vault import Vault, VaultError, read_master_keys

OLD, NEW = bytes(range(32)), bytes(range(32, 64))


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        (OLD, [OLD]),
        (OLD.hex().encode(), [OLD]),
        (OLD.hex().upper().encode() + b"\n", [OLD]),
        (f"{NEW.hex()}\n\n{OLD.hex()}\r\n".encode(), [NEW, OLD]),
    ],
    ids=["bytes", "digits", "large digits and an end of line", "two lines"],
)
def test_a_file_holds_one_key_or_a_line_for_each(content: bytes, keys: list[bytes], tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(content)
    assert read_master_keys(file) == keys


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "neither 32 bytes nor lines of 64 hex digits."),
        (b"\xff" * 31, "neither 32 bytes"),
        (b"ab" * 31, "neither 32 bytes"),
        (f"{NEW.hex()}\nabc".encode(), r"\(line 2\)"),
    ],
    ids=["nothing", "too few bytes", "too few digits", "a broken second line"],
)
def test_a_file_that_holds_no_key_says_what_would_be_right(content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(content)
    with pytest.raises(VaultError, match=said):
        read_master_keys(file)


def test_what_a_former_key_sealed_is_opened_and_nothing_is_sealed_under_it() -> None:
    sealed = Vault(OLD).seal(b"text", "note")
    both = Vault(NEW, OLD)
    assert both.open(sealed, "note") == b"text"
    assert Vault(NEW).open(both.seal(b"text", "note"), "note") == b"text"
    with pytest.raises(VaultError):
        Vault(NEW).open(sealed, "note")
    with pytest.raises(VaultError):
        both.open(sealed, "another purpose")


def test_it_is_renewed_once() -> None:
    both, sealed = Vault(NEW, OLD), Vault(OLD).seal(b"text", "note")
    renewed = both.renew(sealed, "note")
    assert renewed is not None
    assert Vault(NEW).open(renewed, "note") == b"text"
    assert both.renew(renewed, "note") is None
    with pytest.raises(VaultError):
        Vault(NEW).renew(sealed, "note")


def test_every_key_has_its_length() -> None:
    with pytest.raises(VaultError, match="31 bytes"):
        Vault(NEW, OLD[:31])
