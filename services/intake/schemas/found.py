"""Shapes of a search among complaints."""

from typing import Self

from pydantic import Field

from services.intake.domain.complaint import Complaint
from services.intake.schemas.complaints import ComplaintOut
from shared.search.marking import as_html, is_in, marked
from shared.search.question import Question
from shared.web.paging import Page

SNIPPET = 160
FIELDS = ("title", "body", "product_name", "product_code", "lot")


class FoundComplaint(ComplaintOut):
    """A complaint in a list."""

    found: dict[str, str] = Field(
        default_factory=dict,
        description="Where the words stand, by field: escaped mark-up with `<mark>`; empty without `q`",
    )

    @classmethod
    def answering(cls, complaint: Complaint, question: Question) -> Self:
        """The complaint with the places of what was asked for."""
        texts = {name: text for name in FIELDS if (text := getattr(complaint, name)) and is_in(text, question)}
        places = {name: as_html(marked(text, question, SNIPPET)) for name, text in texts.items()}
        return cls.of(complaint).model_copy(update={"found": places})


class FoundPage(Page[FoundComplaint]):
    """One page of complaints."""

    index_percent: int | None = Field(
        None, description="With `q`: how much of the complaints is searched; below 100 soon after a start only"
    )
