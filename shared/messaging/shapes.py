"""Requests that the client library lacks, in Kafka's own shapes (https://kafka.apache.org/protocol)."""

from typing import Any

from aiokafka.protocol.admin import CreateAclsRequest_v1, DeleteAclsRequest_v1
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import CompactArray, CompactBytes, CompactString, Int8, Int16, Int32, Schema, TaggedFields

Row = tuple[int, str, int, str, str, int, int]
"""A right: kind of thing, name, kind of pattern, principal, host, operation, permission."""


class _AlterUsersAnswer(Response):  # type: ignore[misc]
    API_KEY, API_VERSION = 51, 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "results",
            CompactArray(
                ("user", CompactString("utf-8")),
                ("error_code", Int16),
                ("error_message", CompactString("utf-8")),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class _AlterUsersAsSent(RequestStruct):  # type: ignore[misc]
    API_KEY, API_VERSION, FLEXIBLE_VERSION = 51, 0, True
    RESPONSE_TYPE = _AlterUsersAnswer
    SCHEMA = Schema(
        (
            "deletions",
            CompactArray(("name", CompactString("utf-8")), ("mechanism", Int8), ("tags", TaggedFields)),
        ),
        (
            "upsertions",
            CompactArray(
                ("name", CompactString("utf-8")),
                ("mechanism", Int8),
                ("iterations", Int32),
                ("salt", CompactBytes),
                ("salted_password", CompactBytes),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class AlterUsers(Request[_AlterUsersAsSent]):  # type: ignore[misc]
    """Passwords of SCRAM: users that go, and users that come or change."""

    API_KEY = 51

    def __init__(self, deletions: list[Any], upsertions: list[Any]) -> None:
        self._rows = deletions, upsertions

    def build(self, request_struct_class: type[_AlterUsersAsSent]) -> _AlterUsersAsSent:
        """The only version there is."""
        return request_struct_class(*self._rows, {})


class CreateRights(Request[CreateAclsRequest_v1]):  # type: ignore[misc]
    """Many rights at once."""

    API_KEY = 30

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows

    def build(self, request_struct_class: type[CreateAclsRequest_v1]) -> CreateAclsRequest_v1:
        """The only version that is spoken."""
        return request_struct_class(self._rows)


class DropRights(Request[DeleteAclsRequest_v1]):  # type: ignore[misc]
    """Many rights at once, each by all that it is."""

    API_KEY = 31

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows

    def build(self, request_struct_class: type[DeleteAclsRequest_v1]) -> DeleteAclsRequest_v1:
        """The only version that is spoken."""
        return request_struct_class(self._rows)
