"""The way to the sign-in page and back: where a page sends whoever is not known, and where they go on afterwards."""

from typing import Final
from urllib.parse import quote, urlsplit

from starlette.types import Scope

SIGN_IN: Final = "/sign-in"
HOME: Final = "/"
_LONGEST: Final = 2000


def sign_in_address(scope: Scope) -> str:
    """The sign-in page that leads back to the page which was asked for."""
    query = scope["query_string"].decode("latin-1")
    wanted = quote(scope["path"]) + (f"?{query}" if query else "")
    return f"{SIGN_IN}?next={quote(wanted, safe='/')}" if wanted != HOME else SIGN_IN


def safe_next(wanted: str | None) -> str:
    """A page of this very origin to go on to; the first page for anything else.

    Browsers read `//host` and `/\\host` as another site, and drop tabs and line ends inside an address.
    """
    if not wanted or len(wanted) > _LONGEST or not wanted.isascii() or not wanted.isprintable():
        return HOME
    if not wanted.startswith("/") or wanted[1:2] in ("/", "\\") or "\\" in wanted or wanted.startswith(SIGN_IN):
        return HOME
    parts = urlsplit(wanted)
    return HOME if parts.scheme or parts.netloc or parts.path.startswith("/api/") else wanted
