"""What a request says about its reader: headers, language, whether they want a page or data."""

from typing import Final, cast
from urllib.parse import parse_qs

from starlette.types import Scope

from shared.language.i18n import Language, pick_language

LANGUAGE_NAME: Final = "lang"
"""The query parameter and the cookie that hold a chosen language."""


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """The request's headers by lower-case name; of repeated ones the last. Made once per request."""
    headers = scope.get("ccms.headers")
    if headers is None:
        headers = scope["ccms.headers"] = dict(scope["headers"])
    return cast(dict[bytes, bytes], headers)


def header_of(scope: Scope, name: bytes) -> str:
    """One header's text, empty when absent."""
    return headers_of(scope).get(name, b"").decode("latin-1")


def cookie_of(scope: Scope, name: str) -> str | None:
    """One cookie's value (ours are never quoted), None when absent."""
    pairs = (pair.strip().partition("=") for pair in header_of(scope, b"cookie").split(";"))
    return next((value for key, _equals, value in pairs if key == name), None)


def chosen_language(scope: Scope) -> str | None:
    """The language that this very request asks for in its query, None when it asks for none."""
    query: bytes = scope["query_string"]
    if LANGUAGE_NAME.encode() not in query:
        return None
    return parse_qs(query.decode("latin-1")).get(LANGUAGE_NAME, [None])[-1]


def language_of(scope: Scope, default: str) -> Language:
    """The reader's language: query, cookie, `Accept-Language`, `default`, in this order."""
    chosen = chosen_language(scope) or cookie_of(scope, LANGUAGE_NAME)
    return pick_language(header_of(scope, b"accept-language"), chosen, default)


def is_part(scope: Scope) -> bool:
    """Whether htmx asks, for a part of a page."""
    return b"hx-request" in headers_of(scope)


def wants_page(scope: Scope) -> bool:
    """Whether a person looks at this in a browser; a program gets JSON."""
    in_browser = is_part(scope) or "text/html" in header_of(scope, b"accept")
    return in_browser and not scope["path"].startswith("/api/")
