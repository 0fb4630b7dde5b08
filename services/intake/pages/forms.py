"""Forms of a card, read: their fields checked by the same shapes as the API's, and what they were drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, get_origin

from fastapi import Request
from pydantic import ValidationError

from services.intake.domain.changes import Drawn
from shared.web.field_errors import FieldError, field_errors
from shared.web.form_refusals import NulInText
from shared.web.shapes import In

MOST_FIELDS: Final = 300
DRAWN: Final = "drawn."
"""Before the name of a hidden field that holds what the form showed."""

T = TypeVar("T", bound=In)


@dataclass(frozen=True, slots=True)
class Form:
    """What came: every field with its values, none of them empty."""

    fields: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """The last value of a field, empty when there is none."""
        values = self.fields.get(name, ())
        return values[-1] if values else ""

    @property
    def typed(self) -> dict[str, str]:
        """What is shown again when the form is refused; several values of a field stand in one line."""
        return {name: ", ".join(values) for name, values in self.fields.items()}

    @property
    def drawn(self) -> Drawn | None:
        """What the form was drawn from."""
        version = self.one("version")
        values = {n.removeprefix(DRAWN): v[-1] or None for n, v in self.fields.items() if n.startswith(DRAWN)}
        return Drawn(int(version), values) if version.isdecimal() and len(version) < 10 else None

    def read(self, shape: type[T], language: str) -> tuple[T | None, list[FieldError]]:
        """The shape in it, or what is wrong, by field. Fields that the shape does not know are left aside."""
        said: dict[str, Any] = {}
        for name, field in shape.model_fields.items():
            values = [value for value in self.fields.get(name, ()) if value]
            if values:
                said[name] = values if get_origin(field.annotation) is list else values[-1]
        try:
            return shape.model_validate(said, strict=False), []
        except ValidationError as wrong:
            return None, field_errors(wrong.errors(include_url=False, include_input=False), language)


async def form_of(request: Request) -> Form:
    """The fields of a posted form. Raises `NulInText`."""
    posted = await request.form(max_files=0, max_fields=MOST_FIELDS)
    fields: dict[str, list[str]] = {}
    for name, value in posted.multi_items():
        if "\x00" in name or "\x00" in str(value):
            raise NulInText(name.replace("\x00", "")[:60])
        if isinstance(value, str):
            fields.setdefault(name, []).append(value.replace("\r\n", "\n").strip())
    return Form(fields)
