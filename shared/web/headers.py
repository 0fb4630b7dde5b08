"""ASGI: security headers on every answer (OWASP Secure Headers); no inline script, no inline style."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS: Final = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_HSTS: Final = {"strict-transport-security": "max-age=31536000; includeSubDomains"}
_PRIVATE: Final = (b"cache-control", b"private, no-cache")  # what is shown depends on who looks


class SecurityHeaders:
    """Adds the headers; HSTS only where `production`, since `ccms up` speaks plain HTTP."""

    def __init__(self, app: ASGIApp, production: bool) -> None:
        self._app = app
        named = _ALWAYS | _HSTS if production else _ALWAYS
        self._headers = [(name.encode(), value.encode()) for name, value in named.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on; the start of the answer gets the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def secure(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message.get("headers", ())
                kept = any(name == b"cache-control" for name, _value in own)
                message["headers"] = [*own, *self._headers, *(() if kept else (_PRIVATE,))]
            await send(message)

        await self._app(scope, receive, secure)
