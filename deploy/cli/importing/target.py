"""Which system the rows go to, and by whose key."""

import json
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from shared.language.i18n import _

ROLE: Final = "cs_manager"
"""The sample account by which a file is imported into the system on this machine."""


class NoTarget(Exception):
    """It is not known where to; `text` is a message id."""

    def __init__(self, text: str, **inputs: object) -> None:
        super().__init__(text)
        self.text, self.inputs = text, inputs


NOTHING_RUNS: Final = _(
    "No running system is known in {folder}: start one with “ccms up”, name its folder with --data, "
    "or give the address with --url and --api-key."
)
NO_KEY: Final = _("Give the API key for {url} with --api-key, or in CCMS_API_KEY.")
BAD_KEY: Final = _("This is no API key: it has characters that no key has.")
NO_ADDRESS: Final = _("“{url}” is no web address; it has to look like https://ccms.example.com.")


class Target:
    """Address and API key; those of a system on this machine are read anew when it has been restarted."""

    def __init__(self, url: str, api_key: str, run_file: Path | None = None) -> None:
        self.url, self.api_key, self._run_file = url, api_key, run_file

    def look_again(self) -> None:
        """A system that was restarted may listen on another port."""
        found = _read(self._run_file) if self._run_file is not None else None
        if found is not None:
            self.url = found[0]


def target_of(url: str | None, api_key: str | None, data: Path) -> Target:
    """Where the options point. Raises `NoTarget`."""
    if api_key is not None and not (api_key.isascii() and api_key.isprintable()):
        raise NoTarget(BAD_KEY)
    if url is not None:
        if not _is_address(url):
            raise NoTarget(NO_ADDRESS, url=url)
        if not api_key:
            raise NoTarget(NO_KEY, url=url)
        return Target(url, api_key)
    run_file = data / "run.json"
    found = _read(run_file)
    if found is None:
        raise NoTarget(NOTHING_RUNS, folder=data.resolve())
    key = api_key or found[1]
    if not key:
        raise NoTarget(NO_KEY, url=found[0])
    return Target(found[0], key, run_file)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _read(run_file: Path) -> tuple[str, str] | None:
    """Address and key of the system that runs there; without the sample company the key is empty."""
    try:
        said = json.loads(run_file.read_bytes())
        return str(said["url"]), str(said["accounts"].get(ROLE, {}).get("api_key", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
