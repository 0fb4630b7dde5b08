"""AsyncAPI 3.0 and JSON Schemas of every topic, out of the catalogue."""

from collections.abc import Iterable
from typing import Any

from shared.contracts.catalogue import CATALOGUE, Entry

HEADERS: dict[str, Any] = {
    "type": "object",
    "required": ["content-type", "ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time"],
    "properties": {
        "content-type": {"type": "string", "const": "application/json"},
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {"type": "string", "description": "The event's id; the same id is the same event"},
        "ce_type": {"type": "string", "description": "noun.verb, the topic's name without a version"},
        "ce_source": {"type": "string", "description": "The service that told it"},
        "ce_subject": {"type": "string", "description": "The aggregate's id; also the record's key"},
        "ce_time": {"type": "string", "format": "date-time"},
        "ce_dataschema": {"type": "string", "description": "Name of the JSON Schema: its `$id`"},
        "ce_sequence": {"type": "string", "description": "Counts the aggregate's events from 1"},
        "ce_correlationid": {
            "type": "string",
            "description": "Joins everything that followed from one request",
        },
        "ce_causationid": {"type": "string", "description": "The event or command that caused this one"},
        "traceparent": {"type": "string", "description": "W3C Trace Context"},
    },
}


def schema_of(entry: Entry) -> dict[str, Any]:
    """JSON Schema (2020-12) of an event's data."""
    schema = entry.model.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": entry.schema_id, **schema}


def asyncapi(entries: Iterable[Entry] | None = None, namespace: str = "") -> dict[str, Any]:
    """The whole description; `namespace` prefixes the addresses."""
    chosen = list(entries if entries is not None else CATALOGUE.values())
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "CCMS events", "version": "1", "description": _ABOUT},
        "defaultContentType": "application/json",
        "channels": {_key(e): _channel(e, namespace) for e in chosen},
        "operations": {
            **{f"{e.owner}_sends_{_key(e)}": _operation(e, "send", e.owner) for e in chosen if not e.command},
            **{f"{c}_receives_{_key(e)}": _operation(e, "receive", c) for e in chosen for c in e.consumers},
        },
        "components": {
            "messages": {_key(e): _message(e) for e in chosen},
            "schemas": {"headers": HEADERS, **_schemas(chosen)},
        },
    }


_ABOUT = (
    "One topic per event type, CloudEvents 1.0 in Kafka's binary mode, key = the aggregate's id. The same event may "
    "stand twice with the same ce_id; there is no order across topics. Unknown fields are to be ignored."
)


def _key(entry: Entry) -> str:
    return entry.topic.replace(".", "_")


def _channel(entry: Entry, namespace: str) -> dict[str, Any]:
    readers = ", ".join(entry.readers) or "its consumers only"
    return {
        "address": f"{namespace}{entry.topic}",
        "title": entry.type,
        "description": f"{(entry.model.__doc__ or '').strip()} Class {entry.kind}; readers: {readers}.",
        "messages": {_key(entry): {"$ref": f"#/components/messages/{_key(entry)}"}},
        "bindings": {"kafka": {"partitions": entry.partitions, "topicConfiguration": _configuration(entry)}},
    }


def _configuration(entry: Entry) -> dict[str, Any]:
    policy = ["compact"] if entry.compacted else ["delete"]
    return {"cleanup.policy": policy, "retention.ms": int(entry.retention.total_seconds() * 1000)}


def _message(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.type,
        "title": entry.type,
        "summary": (entry.model.__doc__ or "").strip().splitlines()[0],
        "contentType": "application/json",
        "headers": {"$ref": "#/components/schemas/headers"},
        "payload": {"$ref": f"#/components/schemas/{_key(entry)}"},
        "bindings": {"kafka": {"key": {"type": "string", "description": "The aggregate's id"}}},
    }


def _operation(entry: Entry, action: str, service: str) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{_key(entry)}"},
        "summary": f"{service} {action}s {entry.type}",
        "messages": [{"$ref": f"#/channels/{_key(entry)}/messages/{_key(entry)}"}],
    }


def _schemas(entries: Iterable[Entry]) -> dict[str, Any]:
    """Schemas of all payloads; what they share stands once, beside them."""
    schemas: dict[str, Any] = {}
    for entry in entries:
        schema = entry.model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schemas[_key(entry)] = schema
    return schemas
