"""Writes what was drawn as a request: bytes as a client sends them."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any, Final
from urllib.parse import quote, unquote

import httpx

from shared.privacy.vault import Vault
from tests.fuzz import horrors
from tests.fuzz.callers import Callers
from tests.fuzz.files import multipart
from tests.fuzz.filling import filled_in
from tests.fuzz.leafing import Form, Forms
from tests.fuzz.plans import Plan
from tests.fuzz.routes import PARAM, Route
from tests.fuzz.seen import Forged, Seen

UNSENDABLE: Final = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
"""No client can put these into a header."""
LONGEST_HEADER: Final = 40_000
LONGEST_ADDRESS: Final = 65_000


@dataclass
class Pen:
    """`urls`: where each service listens; `seen`, `forms`: what answers have told so far."""

    urls: Mapping[str, str]
    callers: Callers
    vault: Vault
    seen: Seen
    forms: Forms = field(default_factory=Forms)

    def write(self, route: Route, plan: Plan) -> httpx.Request:
        """The request."""
        url, path = self.urls[route.service], self._path(route, plan)
        pairs = [(name, self._said(value, path)) for name, value in plan.query]
        content, media_type = self._content(route, plan)
        kind = {"Content-Type": media_type} if media_type else {}
        headers = {**self._headers(route, plan), **kind, **plan.headers}
        address = f"{url}{path}{'?' if pairs else ''}{_joined(pairs)}"
        sendable = [(name.encode(), _sendable(value)) for name, value in headers.items()]
        return httpx.Request(plan.method, address[:LONGEST_ADDRESS], headers=sendable, content=content)

    def _path(self, route: Route, plan: Plan) -> str:
        form = self._form(route, plan)
        if form is not None and plan.visitor % 5:  # it belongs to what it was shown for
            return form.action
        params = {name: quoted(self.seen.settle(value)) for name, value in plan.params.items()}
        return PARAM.sub(lambda found: params[found[1]], route.rule.path)

    def _headers(self, route: Route, plan: Plan) -> dict[str, str]:
        url, visitor = self.urls[route.service], plan.visitor
        headers = {"X-Forwarded-For": f"10.{visitor >> 16 & 255}.{visitor >> 8 & 255}.{visitor & 255}"}
        if route.is_page:
            headers["Accept"] = "text/html"
        if plan.caller == "nobody":
            headers["Origin"] = url
            if plan.which % 4 and (cookies := self.seen.cookies()):
                headers["Cookie"] = cookies
        return headers | self.callers.all[plan.caller].headers(self.vault, url)

    def _said(self, value: Any, path: str) -> Any:
        return forge(value, unquote(path)) if isinstance(value, Forged) else self.seen.settle(value)

    def _content(self, route: Route, plan: Plan) -> tuple[bytes, str]:
        """The body and its media type."""
        match plan.kind:
            case "json":
                return horrors.json_bytes(self.seen.settle(plan.content), bool(plan.which % 3)), "application/json"
            case "spoilt json":
                value, how = plan.content
                return horrors.spoil_bytes(horrors.json_bytes(self.seen.settle(value)), how), "application/json"
            case "files":
                return multipart(*plan.content)
            case "file alone":
                content, media_type = plan.content
                return content, media_type
            case "form":
                fields = filled_in(self._form(route, plan), self.forms.names, plan)
                return _joined(fields).encode(), "application/x-www-form-urlencoded"
        return b"", ""

    def _form(self, route: Route, plan: Plan) -> Form | None:
        """One of the forms that go there."""
        shown = self.forms.of.get(route.rule.path) if plan.kind == "form" else None
        return shown[plan.which % len(shown)] if shown else None


def forge(cursor: Forged, path: str) -> str:
    """A cursor as somebody writes it who has read how: its key or its id is not what the list has."""
    body = horrors.json_bytes([cursor.key, cursor.id])
    check = blake2s(body, key=path.encode("utf-8", "surrogatepass")[:32], digest_size=6).digest()
    return urlsafe_b64encode(check + body).rstrip(b"=").decode()


def quoted(value: Any) -> str:
    """A value as it stands in an address or a form; nothing in it acts as a separator or a step up."""
    return quote(str(value), safe="", errors="surrogatepass").replace("..", "%2E%2E")


def _joined(pairs: list[tuple[str, Any]]) -> str:
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)


def _sendable(value: str) -> bytes:
    return UNSENDABLE.sub(b"", value.encode("utf-8", "surrogatepass"))[:LONGEST_HEADER].strip()
