"""Which services there are; each is loaded only when it is asked for."""

from importlib import import_module
from typing import Final

from shared.runtime.service import Service

MODULES: Final = {
    "intake": "services.intake.service",
    "alerts": "services.alerts.service",
    "sharing": "services.sharing.service",
}


class UnknownService(Exception):
    """There is no such service."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no service “{name}”; there are {', '.join(MODULES)}.")


def service(name: str) -> Service:
    """A service by name; raises `UnknownService`."""
    if name not in MODULES:
        raise UnknownService(name)
    found: Service = import_module(MODULES[name]).SERVICE
    return found
