"""As whom a process speaks to Kafka and MongoDB: secrets out of their files, never out of the environment."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote_plus

from pydantic_core import PydanticCustomError

Mechanism = Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"]
_PASSWORD: Final = re.compile(r"://[^/@]*:[^/@]*@")


@dataclass(frozen=True, slots=True)
class Brokers:
    """`servers` are host:port, comma separated. Without a `user` nobody is asked who they are, as on the embedded one.

    `tls`: encrypted, and the brokers' certificates have to come from `ca`, or from an authority that the system trusts.
    """

    servers: str
    user: str = ""
    password: str = field(default="", repr=False)
    mechanism: Mechanism = "SCRAM-SHA-512"
    tls: bool = False
    ca: Path | None = None


def read_secret(file: Path) -> str:
    """The one line of a secret's file; raises `ValueError` that says what is wrong with it."""
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not text"
        raise PydanticCustomError(
            "secret_file", "{file} cannot be read ({why})", {"file": str(file), "why": why}
        ) from None
    if not secret:
        raise PydanticCustomError("secret_file", "{file} is empty", {"file": str(file)})
    return secret


def has_password(address: str) -> bool:
    """Whether a URL holds a password."""
    return _PASSWORD.search(address) is not None


def with_credentials(address: str, user: str, password: str) -> str:
    """A MongoDB address with a user of the database `admin` in it."""
    scheme, _, rest = address.partition("://")
    hosts, _, options = rest.partition("?")
    said = "&".join(filter(None, [options, "authSource=admin"]))
    return f"{scheme}://{quote_plus(user)}:{quote_plus(password)}@{hosts.rstrip('/')}/?{said}"
