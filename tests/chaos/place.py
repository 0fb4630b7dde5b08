"""A deployment as its clients reach it, however its processes and servers are run."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx

from shared.db.client import Mongo
from shared.runtime.settings import Settings
from tests.integration.processes import Deployment

SERVICES = ("intake", "alerts", "sharing")


@dataclass(frozen=True)
class Place:
    """`url` says where a process with the role `api` of a service listens now, or should; asked before every try."""

    deployment: Deployment
    url: Callable[[str], str]

    @property
    def settings(self) -> Settings:
        """Where Kafka and MongoDB are."""
        return self.deployment.settings

    def mongo(self, service: str) -> Mongo:
        """The database of a service, to be closed by who asks."""
        return self.deployment.mongo(service)

    def system(self) -> httpx.AsyncClient:
        """A program with an API key."""
        return self.deployment.client()

    def person(self, id: str) -> httpx.AsyncClient:
        """Somebody who is signed in."""
        return self.deployment.browser(id, "http://127.0.0.1")
