"""Static files under `/assets/`, with their content's hash in the name: browsers keep them for ever."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.web.reader import header_of

PREFIX: Final = "/assets/"

_TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOREVER: Final = "public, max-age=31536000, immutable"
_STATIC: Final = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class _File:
    url: str
    media_type: str
    plain: bytes
    packed: bytes


class Assets:
    """The files of `shared/web/static` and `libraries` (name → content). A page asks for `url(name)`."""

    def __init__(self, libraries: Mapping[str, bytes]) -> None:
        own = {path.name: path.read_bytes() for path in sorted(_STATIC.iterdir())}
        self._by_name = {name: _file(name, content) for name, content in {**libraries, **own}.items()}
        self._by_url = {file.url: file for file in self._by_name.values()}

    def url(self, name: str) -> str | None:
        """The address of a file, None when it is not there (a library that was never fetched)."""
        file = self._by_name.get(name)
        return file.url if file else None

    def answer(self, scope: Scope) -> Response:
        """The file, packed if the reader takes that; raises the framework's 404 and 405."""
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET"})
        file = self._by_url.get(scope["path"])
        if file is None:
            raise HTTPException(404)
        headers = {"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
        if "gzip" in header_of(scope, b"accept-encoding"):
            return Response(file.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=file.media_type)
        return Response(file.plain, headers=headers, media_type=file.media_type)


class ServeAssets:
    """ASGI: answers `/assets/…` before anyone is asked who they are."""

    def __init__(self, app: ASGIApp, assets: Assets) -> None:
        self._app, self._assets = app, assets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on everything else."""
        if scope["type"] == "http" and scope["path"].startswith(PREFIX):
            await self._assets.answer(scope)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _file(name: str, content: bytes) -> _File:
    stem, _dot, suffix = name.rpartition(".")
    url = f"{PREFIX}{stem}.{sha256(content).hexdigest()[:12]}.{suffix}"
    return _File(url, _TYPES[f".{suffix}"], content, gzip.compress(content, mtime=0))
