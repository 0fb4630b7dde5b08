"""How every change of a card runs: its path, who may, the version that was expected, and the answer."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Request

from services.intake.api.complaints import found_complaint
from services.intake.handlers.cards import Changing, if_unchanged
from services.intake.schemas.cards import CardChanged
from shared.web.etags import Expected, IfMatch
from shared.web.run import Run, Runner
from shared.web.shapes import Id

CS: Final = ("agent", "cs_manager")
"""The customer office. Work of a department may be in anybody's hands: that is looked at with the card."""


@dataclass(frozen=True, slots=True)
class Work:
    """One change of one card."""

    run: Run
    expected: Expected
    id: str

    async def __call__(self, handler: Changing, *args: Any) -> CardChanged:
        """The card after the change, once it is durable with its events. Raises what the handler refuses."""
        return await self.run(if_unchanged, self.expected.check, handler, self.id, *args, out=CardChanged)


async def work_of(complaint_id: Id, request: Request, run: Runner, expected: IfMatch) -> Work:
    """The dependency behind `Working`; a number in the path stands for its id."""
    id = (await found_complaint(complaint_id, request)).id if complaint_id.startswith("C-") else complaint_id
    return Work(run, expected, id)


Working = Annotated[Work, Depends(work_of)]
"""A parameter of an endpoint that changes a card."""


def at(path: str) -> str:
    """A path below one complaint."""
    return f"/complaints/{{complaint_id}}{path}"
