"""What can be refused or not be served: the errors of every service, free of HTTP and of any driver.

A service makes its own by a subclass whose `text` is a message id with `{name}` places:

    class CauseNotVerified(Refused):
        text = "The card closes only when the cause is verified as removed."

`shared/web/problem.py` turns them into problem details in the reader's language.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

Say = Callable[..., str]
"""Puts a message id with its inputs into the reader's language."""


class Point(NamedTuple):
    """One of several fields that are wrong: its dotted path, a message id, and what fills its places."""

    field: str
    text: str
    inputs: dict[str, object]


class Refused(Exception):
    """The domain says no. `field` is the dotted path of what was wrong; `inputs` fill the places in `text`.

    Inputs are limits, states and names of things, never what a person typed: they are shown and logged.
    """

    text: ClassVar[str] = "This is not accepted."
    status: ClassVar[int] = 422

    def __init__(self, field: str | None = None, **inputs: object) -> None:
        super().__init__(type(self).__name__, field)
        self.field = field
        self.inputs = inputs

    @property
    def points(self) -> Sequence[Point]:
        """Field by field what was wrong."""
        return [Point(self.field, self.text, self.inputs)] if self.field else []

    def members(self, say: Say) -> dict[str, object]:
        """Further members of the problem (RFC 9457, 3.2) for programs; `say` translates."""
        return {}


class NotFound(Refused):
    """There is no such thing, or the reader may not know of it."""

    text: ClassVar[str] = "There is nothing here under this name or number."
    status: ClassVar[int] = 404


class Conflict(Refused):
    """It contradicts what has happened in the meantime."""

    text: ClassVar[str] = "This contradicts what has happened in the meantime; look at the newest state."
    status: ClassVar[int] = 409


class StaleVersion(Refused):
    """Someone else changed it first (HTTP: `If-Match` names an older version)."""

    text: ClassVar[str] = "Someone else changed this first. Load it again and repeat your change."
    status: ClassVar[int] = 412


class Forbidden(Refused):
    """The reader is known and may not do this."""

    text: ClassVar[str] = "Your roles do not allow this."
    status: ClassVar[int] = 403


class Unauthenticated(Refused):
    """The reader is unknown."""

    text: ClassVar[str] = "Sign in, or send an API key as “Authorization: Bearer …”."
    status: ClassVar[int] = 401


class Unavailable(Exception):
    """A part that is needed does not answer; try again after `retry_after` seconds (HTTP: 503)."""

    def __init__(self, retry_after: int = 2) -> None:
        super().__init__(f"not available, try again after {retry_after} s")
        self.retry_after = retry_after
