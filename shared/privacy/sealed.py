"""Which stored fields are sealed under the master key, so that a new one can take them over."""

import dataclasses
from collections.abc import Mapping
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Sealed:
    """A field of a collection, sealed for a purpose; `only` in the rows that match, where others hold it plain."""

    collection: str
    field: str
    purpose: str
    only: Mapping[str, Any] = dataclasses.field(default_factory=dict)
