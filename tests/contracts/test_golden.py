"""Every event version has a golden example and a stored schema, and today's models keep to both."""

from typing import Any

import pytest

from shared.contracts.asyncapi import schema_of
from shared.contracts.catalogue import CATALOGUE, ENTRIES, Entry
from shared.contracts.cloudevents import from_record
from shared.testing.golden import FOLDER, golden, stem
from tests.contracts.compatibility import broken
from tests.contracts.stored import path_of, stored

every_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.topic)


@every_entry
def test_it_has_an_example_and_a_schema(entry: Entry) -> None:
    for path in (FOLDER / f"{stem(entry)}.json", path_of(entry)):
        assert path.is_file(), f"write {path.name}: python -m tests.contracts.stored makes the schema"


def test_no_file_belongs_to_nobody() -> None:
    names = {f"{stem(entry)}{end}" for entry in ENTRIES for end in (".json", ".schema.json")}
    assert {path.name for path in FOLDER.iterdir()} == names


@every_entry
def test_todays_model_reads_the_example(entry: Entry) -> None:
    example = golden(entry)
    envelope = from_record(entry, example.raw_headers(), example.body())
    assert type(envelope.data) is entry.model
    assert envelope.subject
    assert envelope.source


@every_entry
def test_the_example_shows_every_field_and_todays_model_gives_back_each(entry: Entry) -> None:
    example = golden(entry).data
    assert paths(entry.model.model_validate(example).model_dump(mode="json")) == paths(example)


@every_entry
def test_the_example_fills_every_field(entry: Entry) -> None:
    assert set(golden(entry).data) == set(entry.model.model_fields)
    assert not [name for name, value in golden(entry).data.items() if value in (None, "", [], {})]


@every_entry
def test_todays_schema_is_compatible_with_the_stored_one(entry: Entry) -> None:
    assert broken(stored(entry), schema_of(entry)) == []


@every_entry
def test_additions_are_written_down(entry: Entry) -> None:
    assert stored(entry) == schema_of(entry), "python -m tests.contracts.stored writes compatible additions down"


def test_the_examples_tell_one_story() -> None:
    """What one event names, another tells of: the examples can be read in a row."""
    told = {topic: golden(CATALOGUE[topic]).data for topic in CATALOGUE}
    assert told["complaint.classified"]["complaint_id"] == told["complaint.created"]["complaint_id"]
    assert told["issue.opened"]["complaint_id"] == told["complaint.created"]["complaint_id"]
    assert told["issue.acknowledged"]["issue_id"] == told["issue.escalated"]["issue_id"]


def paths(value: Any, at: str = "") -> set[str]:
    """The places of all values in a JSON value."""
    if isinstance(value, dict):
        return {path for name, inner in value.items() for path in paths(inner, f"{at}.{name}")} or {at}
    if isinstance(value, list):
        return {path for number, inner in enumerate(value) for path in paths(inner, f"{at}.{number}")} or {at}
    return {at}
