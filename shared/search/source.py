"""What of a service is searched: a kind of documents, and how one of them is found."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.db.aggregate import Aggregate, Document
from shared.search.index import Entry


@dataclass(frozen=True, slots=True)
class Source:
    """One collection. `entry` reads a stored document as it is; `newest` is the indexed field that is read downwards
    when the index is made, so that what is asked for most is found first ("" for the order of ids)."""

    kind: str
    model: type[Aggregate]
    entry: Callable[[Document], Entry]
    newest: str = ""

    @property
    def collection(self) -> str:
        """Where the documents are."""
        return self.model.collection
