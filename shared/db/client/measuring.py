"""What the driver tells of its commands, as metrics and spans."""

from typing import Any, Final

from pymongo import monitoring

from shared.obs import metrics
from shared.obs.context import traceparent
from shared.obs.spans import command

_TOLD: Final = {
    "aggregate": "aggregate",
    "commitTransaction": "commit",
    "delete": "delete",
    "find": "find",
    "findAndModify": "change",
    "insert": "insert",
    "update": "update",
}
"""Commands that are measured, and as what. Of the others some wait on purpose (`getMore` of a change stream)."""


class Commands(monitoring.CommandListener):
    """Measures how long the server takes for each command, and whether it fails."""

    def __init__(self, database: str) -> None:
        self._database, self._service = database, service_of(database)
        self._seconds = {name: metrics.MONGO_SECONDS.labels(self._service, told) for name, told in _TOLD.items()}
        self._on: dict[int, str] = {}

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        """Remembers the collection, where the command is in a trace; the answer does not tell it."""
        if event.command_name in _TOLD and traceparent.get():
            self._on[event.request_id] = str(event.command.get(event.command_name))

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """It was carried out."""
        if event.command_name in _TOLD:
            self._seconds[event.command_name].observe(event.duration_micros / 1e6)
            self._trace(event, "")

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """It was not."""
        if event.command_name in _TOLD:
            metrics.MONGO_FAILED.labels(self._service, _TOLD[event.command_name]).inc()
            self._trace(event, str(event.failure.get("codeName") or "failed"))

    def _trace(self, event: Any, failed: str) -> None:
        collection = self._on.pop(event.request_id, None)
        if collection is not None:
            name, nanoseconds = event.command_name, event.duration_micros * 1000
            named = collection if name != "commitTransaction" else ""
            command(self._service, self._database, name, named, traceparent.get(), nanoseconds, failed)


def service_of(database: str) -> str:
    """The service that a database belongs to, whatever namespace it is in."""
    return database.rpartition("ccms_")[2]
