"""Why a machine decided: the one shape that every automatic decision carries."""

from pydantic import BaseModel, ConfigDict, Field


class Because(BaseModel):
    """The rule and version that decided, what it saw, its threshold and the words as they were written."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    rule: str
    version: str
    inputs: dict[str, str | int | float | bool]
    threshold: str | int | float | None = None
    # By a factory, because a plain default would be copied deeply for each of the many reasons of a complaint.
    words: list[str] = Field(default_factory=list, json_schema_extra={"default": []})
