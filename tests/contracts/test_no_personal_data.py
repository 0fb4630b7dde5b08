"""No event can hold what tells who complained: there is no field for it."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from shared.contracts.catalogue import ENTRIES, Entry
from shared.contracts.event import Event

PERSONAL = {
    "name", "phone", "mobile", "tel", "email", "mail", "address", "contact", "birth", "birthday", "gender", "age",
    "resident", "rrn", "passport", "card", "account", "ip", "customer", "consumer", "person", "complainant", "victim",
    "patient", "caller", "sender", "secret", "password",
}  # fmt: skip
THINGS = {"product_name", "category_name", "problem_name"}
"""Names of things, not of people."""


def fields(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Every field of a model and of those inside it."""
    for name, field in model.model_fields.items():
        yield f"{path}{name}"
        for inner in models_in(field.annotation):
            yield from fields(inner, f"{path}{name}.")


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def personal(model: type[BaseModel]) -> list[str]:
    """Fields whose name says that they hold something about a person."""
    names = [(path, path.rpartition(".")[2]) for path in fields(model)]
    return [path for path, name in names if name not in THINGS and set(name.split("_")) & PERSONAL]


PUBLIC = [entry for entry in ENTRIES if entry.kind != "contact"]
OF_STAFF = {"organisation.changed": {"about.name"}}
"""Names of staff travel on one topic, and nothing else about a person does."""


@pytest.mark.parametrize("entry", PUBLIC, ids=lambda entry: entry.topic)
def test_no_field_is_for_a_consumers_personal_data(entry: Entry) -> None:
    assert set(personal(entry.model)) == OF_STAFF.get(entry.topic, set())


def test_only_what_is_handed_in_may_hold_personal_data_and_nobody_else_reads_it() -> None:
    for entry in ENTRIES:
        if entry not in PUBLIC:
            assert entry.command
            assert entry.readers == ()
            assert entry.consumers == (entry.owner,)


def test_a_field_for_personal_data_would_be_seen() -> None:
    class Caller(BaseModel):
        """Somebody."""

        home_address: str

    class Called(Event):
        """An event that tells too much."""

        product_name: str
        customer_phone: str
        callers: list[Caller] | None = None

    assert personal(Called) == ["customer_phone", "callers.home_address"]
