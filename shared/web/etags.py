"""Versions over HTTP: `ETag`, `If-Match` (412 when someone else was first), `If-None-Match` (304)."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response

from shared.errors import StaleVersion


class NotModified(Exception):
    """The reader has this version already; becomes a 304."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


def etag_of(version: int | str) -> str:
    """The strong tag of a version."""
    return f'"{version}"'


def mark_version(request: Request, response: Response, version: int | str) -> None:
    """Sets `ETag`; raises `NotModified` when `If-None-Match` names this version."""
    etag = etag_of(version)
    if etag in _tags(request.headers.get("if-none-match", "")):
        raise NotModified(etag)
    response.headers["ETag"] = etag


@dataclass(frozen=True, slots=True)
class Expected:
    """What `If-Match` says: the tags that are expected; None when the header is absent."""

    tags: frozenset[str] | None

    def check(self, version: int | str) -> None:
        """Raises `StaleVersion` unless the present version is expected (or nothing was stated)."""
        if self.tags is not None and "*" not in self.tags and etag_of(version) not in self.tags:
            raise StaleVersion("If-Match")


async def expected_version(request: Request) -> Expected:
    """The dependency behind `IfMatch`."""
    header = request.headers.get("if-match")
    return Expected(None if header is None else _tags(header))


IfMatch = Annotated[Expected, Depends(expected_version)]
"""A parameter of an endpoint where two people may edit: `expected.check(issue.version)`."""


def _tags(header: str) -> frozenset[str]:
    # If-None-Match compares weakly (RFC 9110 13.1.2); a proxy may have made ours weak by compressing.
    return frozenset(tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip())
