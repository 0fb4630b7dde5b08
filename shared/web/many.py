"""From one request to many uses of a handler, each for itself: `await run_each(handler, uses, out=Shape)`.

Every use is a member of its own in the group commit: one that fails spoils none of the others, and one that came
before, a moment or years ago, is not done again but told as it was.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Generic, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel

from shared.db.aggregate import Document
from shared.db.committer import Committer
from shared.db.member import LASTING, Member, Outcome
from shared.db.uow import Cause
from shared.errors import Refused, Unavailable
from shared.identity.principal import Principal
from shared.language.i18n import _
from shared.obs.context import traceparent
from shared.web.gate import Viewer

FIELD: Final = "key"
"""The field of a use that names it, for errors."""

S = TypeVar("S", bound=BaseModel)


class CameBefore(Refused):
    """The same name came before with other content."""

    text = _("This key came before with another text. Another complaint needs a key, or a source, of its own.")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a handler. `id` names it for ever; `content` has to be the same when it comes again.

    `by` names who hands it in: what the same one hands in again is told as the first time, not as `again`.
    """

    id: str
    content: str
    by: str
    args: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Ended(Generic[S]):
    """What became of a use: its result, of now or (`again`) of an earlier time, or the error it failed with."""

    result: S | None = None
    again: bool = False
    error: Exception | None = None


class RunEach:
    """Runs a handler many times for one request."""

    def __init__(self, committer: Committer, viewer: Principal) -> None:
        self._committer, self._viewer = committer, viewer

    async def __call__(
        self, handler: Callable[..., Awaitable[Any]], uses: Sequence[Use], out: type[S], *, dry: bool = False
    ) -> list[Ended[S]]:
        """What became of each use, in order; `dry`: what would become of it, with nothing written.

        Raises `Unavailable` when the database let not all of them through: handing in the same again is safe.
        """
        members = [self._member(handler, use, out) for use in uses]
        outcomes = await (self._committer.rehearse(members) if dry else self._commit(members))
        for outcome in outcomes:
            if isinstance(outcome.error, Unavailable):
                raise outcome.error
        return [_ended(outcome, use, out) for outcome, use in zip(outcomes, uses, strict=True)]

    async def _commit(self, members: Sequence[Member]) -> list[Outcome]:
        done = await self._committer.done_before(members)
        left = [member for member in members if member.cause.id not in done]
        outcomes = await asyncio.gather(*(self._committer.run(member, patient=True) for member in left))
        late = iter(outcomes)
        return [done.get(member.cause.id) or next(late) for member in members]

    def _member(self, handler: Callable[..., Awaitable[Any]], use: Use, out: Any) -> Member:
        async def handle(uow: Any) -> Any:
            return out.of(await handler(*use.args, uow))

        def answer(result: BaseModel) -> Document:
            return {"content": use.content, "by": use.by, "answer": result.model_dump_json()}

        return Member(self._cause(use.id), handle, LASTING, answer=answer)

    def _cause(self, id: str) -> Cause:
        return Cause(
            f"command:{id}",
            event_id=id,
            correlation_id=id,  # not the request's: the rows of a file have nothing to do with each other
            traceparent=traceparent.get(),
            principal=self._viewer,
        )


def _ended(outcome: Outcome, use: Use, out: type[S]) -> Ended[S]:
    if outcome.done is None:
        return Ended(outcome.result, error=outcome.error)
    if outcome.done["content"] != use.content:
        return Ended(error=CameBefore(FIELD))
    return Ended(out.model_validate_json(outcome.done["answer"]), again=outcome.done["by"] != use.by)


async def _run_each_of(request: Request, viewer: Viewer) -> RunEach:
    return RunEach(request.app.state.running.committer, viewer)


EachRunner = Annotated[RunEach, Depends(_run_each_of)]
"""A parameter of an endpoint: runs its handler many times."""
