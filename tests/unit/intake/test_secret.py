"""The secret of a complaint is long, readable, and known to its holder alone."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.secret import BYTES, hash_of_secret, is_secret, write_secret


@given(st.binary(min_size=BYTES, max_size=BYTES))
def test_it_is_recognised_however_it_is_written(random: bytes) -> None:
    secret = write_secret(random)
    stored = hash_of_secret(secret)
    for written in (secret, secret.lower(), secret.replace("-", ""), f" {secret.replace('-', ' ')} "):
        assert is_secret(written, stored)
    assert is_secret(secret.replace("0", "O").replace("1", "l"), stored)


def test_it_has_a_hundred_and_thirty_bits_without_letters_that_look_alike() -> None:
    plain = write_secret(os.urandom(BYTES)).replace("-", "")
    assert len(plain) == 26
    assert not set(plain) & set("ILOU")


def test_every_bit_that_is_used_makes_a_difference() -> None:
    secrets = {write_secret((1 << bit).to_bytes(BYTES, "big")) for bit in range(130)}
    assert len(secrets) == 130


@pytest.mark.parametrize("written", ["", " ", "-", "0" * 26, "가" * 26, "x"])
def test_anything_else_is_refused(written: str) -> None:
    assert not is_secret(written, hash_of_secret(write_secret(os.urandom(BYTES))))
    assert not is_secret(written, None)


def test_no_secret_at_all_is_opened_by_nothing() -> None:
    assert not is_secret("", hash_of_secret(""))


@pytest.mark.parametrize("length", [0, 16, 18])
def test_it_needs_all_its_random_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="random bytes"):
        write_secret(bytes(length))
