"""The passwords of the services, each in a file of its own that was made beforehand."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from deploy.preparing.errors import NoPassword
from shared.runtime.credentials import read_secret


def passwords_in(folder: Path, server: Literal["kafka", "mongo"], services: Iterable[str]) -> dict[str, str]:
    """By service: what stands in `<server>-<service>`. Raises `NoPassword`."""
    return {service: _password(folder / f"{server}-{service}") for service in services}


def _password(file: Path) -> str:
    try:
        return read_secret(file)
    except ValueError as error:
        raise NoPassword(reason=str(error)) from None
