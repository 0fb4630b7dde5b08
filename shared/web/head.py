"""ASGI: HEAD is GET without the body (RFC 9110 9.3.2), for every route that knows GET."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Head:
    """Lets the app answer a GET and keeps only the headers of its answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on everything else."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, without_body)
