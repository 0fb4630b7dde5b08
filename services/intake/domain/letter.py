"""What was really written to a customer, or by them later: sealed under the customer's own key, like the original."""

from typing import ClassVar, Literal

from services.intake.domain.complaint import Contact
from shared.db.aggregate import Aggregate, Document, index
from shared.privacy.vault import Vault

SEALED_FOR = "letter"


class Letter(Aggregate):
    """One text; an answer's has the answer's id. Whoever destroys the customer's key has destroyed it."""

    collection: ClassVar[str] = "letters"
    indexes: ClassVar[tuple[Document, ...]] = (index("complaint_id"),)

    complaint_id: str
    kind: Literal["answer", "reply"]
    text: bytes


def seal(text: str, contact: Contact, vault: Vault) -> bytes:
    """A text under the key of the one who complained."""
    return vault.person(contact.key).seal(text.encode(), SEALED_FOR)


def read_letter(letter: Letter, contact: Contact, vault: Vault) -> str:
    """The text as it was written. Raises `VaultError` when the key was destroyed."""
    return vault.person(contact.key).open(letter.text, SEALED_FOR).decode()
