"""Where a browser's request comes from: Fetch Metadata and Origin close CSRF without tokens in forms."""

import re
from typing import Final
from urllib.parse import urlsplit

from starlette.types import Scope

from shared.web.reader import header_of

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})

_LOCAL: Final = re.compile(r"(localhost|([a-z0-9-]+\.)*localhost|127(\.[0-9]{1,3}){3}|\[::1\])(:\d+)?", re.IGNORECASE)


def comes_from_here(scope: Scope) -> bool:
    """Whether a page of this very origin (or the person's own address bar) sends it.

    `Sec-Fetch-Site` decides where the browser sends it, else `Origin` against `Host`. A request with neither
    is believed only where it changes nothing: every browser sends `Origin` with a POST.
    """
    site = header_of(scope, b"sec-fetch-site")
    if site:
        return site in {"same-origin", "none"} or (scope["method"] in SAFE and _is_followed_link(scope))
    origin = header_of(scope, b"origin")
    if origin:
        return urlsplit(origin).netloc == header_of(scope, b"host")
    return scope["method"] in SAFE


def is_cross_site_change(scope: Scope) -> bool:
    """Whether a page of another site tries to change something here."""
    told = header_of(scope, b"sec-fetch-site") or header_of(scope, b"origin")
    return scope["method"] not in SAFE and bool(told) and not comes_from_here(scope)


def is_local_host(scope: Scope) -> bool:
    """Whether the host is this very machine: any other name may be rebound to it by DNS."""
    return _LOCAL.fullmatch(header_of(scope, b"host")) is not None


def _is_followed_link(scope: Scope) -> bool:
    return header_of(scope, b"sec-fetch-mode") == "navigate"
