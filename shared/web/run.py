"""From HTTP to a handler and back: `await run(handler, …, out=Shape)` in one transaction with its neighbours.

With an `Idempotency-Key` the answer is kept, encrypted, for 48 hours: the same key and content give the same answer
again, other content is refused, and a twin that arrives meanwhile waits for the first.
"""

import json
import re
from collections.abc import Awaitable, Callable, Set
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Annotated, Any, Final, Protocol, Self, TypeVar

import orjson
from fastapi import Depends, Request
from pydantic import BaseModel

from shared.db.aggregate import Aggregate, Document
from shared.db.committer import Committer
from shared.db.member import COMMANDS, Member, Outcome
from shared.db.uow import Cause, Uow
from shared.errors import Refused
from shared.identity.principal import Principal
from shared.language.i18n import _
from shared.obs.context import correlation_id, traceparent
from shared.privacy.vault import Vault
from shared.runtime.ids import random_id
from shared.web.gate import Viewer

_KEY: Final = re.compile(r"[\x21-\x7e]{1,200}")
SEALED_FOR: Final = "idempotency"


class KeyUsedBefore(Refused):
    """The same Idempotency-Key came with other content."""

    text = _("This Idempotency-Key was used with other content; take a new key for a new request.")


class KeyMalformed(Refused):
    """The Idempotency-Key is no key."""

    text = _("An Idempotency-Key has 1 to 200 visible ASCII characters.")
    status = 400


class Shape(Protocol):
    """An answer's shape, which can be made of what a handler returns."""

    @classmethod
    def of(cls, result: Any) -> Self: ...


S = TypeVar("S", bound=BaseModel)


class Run:
    """Runs handlers for one request."""

    def __init__(self, committer: Committer, vault: Vault, viewer: Principal, route: str, key: str | None) -> None:
        self._committer, self._vault = committer, vault
        self._viewer, self._route, self._key = viewer, route, key

    async def __call__(self, handler: Callable[..., Awaitable[Any]], *args: Any, out: type[S]) -> S:
        """The handler's result as `out`, once it is durable with its events. Raises what the handler refuses."""
        content = self._content(args)
        outcome = await self._committer.run(self._member(handler, args, out, content))
        if outcome.error is not None:
            raise outcome.error
        if outcome.done is not None:
            return self._kept(outcome, out, content)
        return outcome.result  # type: ignore[no-any-return]

    def keyed(self, key: str | None) -> "Run":
        """The same under a key of the page's own (a form that is sent twice is filed once), or under none."""
        return Run(self._committer, self._vault, self._viewer, self._route, key)

    def _member(self, handler: Callable[..., Awaitable[Any]], args: Any, out: Any, content: str) -> Member:
        async def handle(uow: Any) -> Any:
            result = await handler(*args, uow)
            return _as_stored(out.of(result), result, uow)  # at once: a neighbour may change it later

        def answer(result: BaseModel) -> Document:
            sealed = self._vault.seal(result.model_dump_json().encode(), SEALED_FOR)
            return {"content": content, "answer": sealed}

        return Member(self._cause(), handle, COMMANDS, answer=answer if self._key else None)

    def _cause(self) -> Cause:
        id = random_id() if self._key is None else self._scoped(self._key)
        return Cause(
            f"command:{id}",
            event_id=id,
            correlation_id=correlation_id.get(),
            traceparent=traceparent.get(),
            principal=self._viewer,
        )

    def _scoped(self, key: str) -> str:
        return sha256(f"{self._viewer.id}\n{self._route}\n{key}".encode()).hexdigest()

    def _content(self, args: tuple[Any, ...]) -> str:
        if self._key is None:
            return ""
        said = [a for a in args if not callable(a) and not isinstance(a, Principal)]  # who asks is in the key's scope
        return sha256(json.dumps(said, default=_plain).encode()).hexdigest()

    def _kept(self, outcome: Outcome, out: type[S], content: str) -> S:
        row = outcome.done or {}
        if row.get("content") != content:
            raise KeyUsedBefore("Idempotency-Key")
        return out.model_validate_json(self._vault.open(row["answer"], SEALED_FOR))


def _plain(value: object) -> Any:
    """What was said, the same in every process. Raises `TypeError` for what has no such form."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_unset=True)  # null takes away, what is left out does not
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    if isinstance(value, Set):
        return sorted(map(str, value))
    if is_dataclass(value):
        return {part.name: getattr(value, part.name) for part in fields(value)}
    return orjson.loads(orjson.dumps(value))  # a time, an id


def _as_stored(answer: BaseModel, result: Any, uow: Uow) -> BaseModel:
    """An answer that names a version names the one under which the change will stand: the ETag of the next one."""
    if isinstance(result, Aggregate) and "version" in type(answer).model_fields:
        return answer.model_copy(update={"version": uow.workspace.version_after(result)})
    return answer


async def _run_of(request: Request, viewer: Viewer) -> Run:
    key = request.headers.get("idempotency-key")
    if key is not None and not _KEY.fullmatch(key):
        raise KeyMalformed("Idempotency-Key")
    running = request.app.state.running
    route = f"{request.method} {request.scope['path']}"
    return Run(running.committer, running.vault, viewer, route, key)


Runner = Annotated[Run, Depends(_run_of)]
"""A parameter of an endpoint: runs its handler."""
