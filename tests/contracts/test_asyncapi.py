"""The AsyncAPI document and the JSON Schemas: whole, valid, and silent about who may not read."""

from collections.abc import Iterator
from typing import Any

import pytest

from shared.contracts.asyncapi import asyncapi, schema_of
from shared.contracts.catalogue import CATALOGUE, ENTRIES, Entry
from shared.testing.golden import golden

JSON_TYPES = {"object", "array", "string", "integer", "number", "boolean", "null"}


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)


def at(document: dict[str, Any], pointer: str) -> Any:
    """What a reference points to; `KeyError` when there is nothing."""
    assert pointer.startswith("#/")
    for step in pointer[2:].split("/"):
        document = document[step]
    return document


def unresolved(document: dict[str, Any]) -> list[str]:
    wrong = []
    for part in parts(document):
        try:
            at(document, part.get("$ref", "#/" + next(iter(document))))
        except KeyError:
            wrong.append(part["$ref"])
    return wrong


def test_every_reference_leads_somewhere() -> None:
    assert any("$ref" in part for part in parts(asyncapi()))
    assert unresolved(asyncapi()) == []
    assert unresolved({"a": {"$ref": "#/b"}}) == ["#/b"]


def test_every_topic_has_a_channel_with_its_own_address() -> None:
    addresses = {channel["address"] for channel in asyncapi()["channels"].values()}
    assert addresses == set(CATALOGUE)
    assert {c["address"] for c in asyncapi(namespace="t1-")["channels"].values()} == {f"t1-{t}" for t in CATALOGUE}


def test_owner_and_consumers_are_its_operations() -> None:
    said = {(o["action"], o["channel"]["$ref"]) for o in asyncapi()["operations"].values()}
    for entry in ENTRIES:
        channel = f"#/channels/{entry.topic.replace('.', '_')}"
        assert (("send", channel) in said) == (not entry.command)
        assert (("receive", channel) in said) == bool(entry.consumers)


def test_who_may_read_is_said_and_nobody_reads_contact_data() -> None:
    for entry in ENTRIES:
        description = asyncapi()["channels"][entry.topic.replace(".", "_")]["description"]
        assert f"Class {entry.kind};" in description
        if entry.kind == "contact" or entry.topic == "access.changed":  # who may come in is told to services alone
            assert entry.readers == ()
            assert description.endswith("readers: its consumers only.")
        else:
            assert entry.readers


def test_a_part_of_the_catalogue_is_described_by_itself() -> None:
    (only,) = [e for e in ENTRIES if e.topic == "issue.opened"]
    document = asyncapi([only])
    assert list(document["channels"]) == ["issue_opened"]
    assert unresolved(document) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.topic)
def test_a_schema_is_one_and_the_example_fits_it(entry: Entry) -> None:
    schema = schema_of(entry)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == golden(entry).headers["ce_dataschema"]
    assert unresolved(schema) == []
    for part in parts(schema.get("properties", {})):
        if isinstance(kind := part.get("type"), str):
            assert kind in JSON_TYPES
    assert misfits(golden(entry).data, schema, schema) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.topic)
def test_a_schema_says_what_an_event_is(entry: Entry) -> None:
    assert schema_of(entry)["description"] == (entry.model.__doc__ or "").strip().replace("\n    ", "\n")


def misfits(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "data") -> list[str]:
    """Where a value does not fit a schema, for the few keywords that our schemas use."""
    if "$ref" in schema:
        return misfits(value, at(root, schema["$ref"]), root, path)
    if "anyOf" in schema:
        return min((misfits(value, one, root, path) for one in schema["anyOf"]), key=len)
    if not isinstance(value, KINDS[schema.get("type", "any")]) or value not in schema.get("enum", [value]):
        return [path]
    wrong: list[str] = []
    if isinstance(value, dict):
        wrong += [f"{path}.{name}" for name in schema.get("required", ()) if name not in value]
        for name, inner in value.items():
            rest = schema.get("additionalProperties")
            known = schema.get("properties", {}).get(name, rest if isinstance(rest, dict) else {})
            wrong += misfits(inner, known, root, f"{path}.{name}")
    if isinstance(value, list):
        for number, inner in enumerate(value):
            wrong += misfits(inner, schema.get("items", {}), root, f"{path}.{number}")
    return wrong


KINDS: dict[str, Any] = {
    "any": object,
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def test_a_value_that_does_not_fit_would_be_seen() -> None:
    entry = CATALOGUE["issue.escalated"]
    data = {name: value for name, value in golden(entry).data.items() if name != "number"}
    wrong = misfits({**data, "step": 4, "called": [1], "because": [{"rule": 1}]}, schema_of(entry), schema_of(entry))
    assert {"data.number", "data.step", "data.called.0", "data.because.0.rule"} <= set(wrong)
