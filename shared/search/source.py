"""What of a service is searched: a kind of documents, and how one of them is found."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.db.aggregate import Aggregate, Document
from shared.search.index import Entry


@dataclass(frozen=True, slots=True)
class Source:
    """One collection. `entry` reads a stored document as it is, of which only `fields` are fetched if any are named.

    `newest` is the indexed field that is read downwards when the index is made, so that what is asked for most is found
    first ("" for the order of ids).
    """

    kind: str
    model: type[Aggregate]
    entry: Callable[[Document], Entry]
    newest: str = ""
    fields: tuple[str, ...] = ()

    @property
    def collection(self) -> str:
        """Where the documents are."""
        return self.model.collection
