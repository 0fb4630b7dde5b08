"""Shapes of what comes in: nothing unknown, nothing converted, nothing endless."""

from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, field_validator

from shared.language.i18n import _
from shared.web.field_errors import wrong

LONGEST_TEXT: Final = 20_000

NUL_TEXT: Final = _("This contains a NUL character; remove it.")


class In(BaseModel):
    """A JSON body: unknown fields are refused, types not converted (`"5"` is no number), texts trimmed."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        str_strip_whitespace=True,
        str_max_length=LONGEST_TEXT,
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )


class FormIn(BaseModel):
    """The fields of an HTML form: as `In`, but text is read as the field's type; an empty field is absent."""

    model_config = ConfigDict(
        extra="forbid", str_strip_whitespace=True, str_max_length=LONGEST_TEXT, hide_input_in_errors=True
    )

    @field_validator("*", mode="before")
    @classmethod
    def _no_nul(cls, value: Any) -> Any:
        return without_nul(value) if isinstance(value, str) else value


def without_nul(text: str) -> str:
    """The text itself; refuses U+0000, which databases and files treat in their own ways."""
    if "\x00" in text:
        raise wrong(NUL_TEXT)
    return text


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""A title or a name."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]
"""A text of several lines."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(without_nul)]
"""Words of a search, from a query parameter."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""An id or a readable number in a path."""
