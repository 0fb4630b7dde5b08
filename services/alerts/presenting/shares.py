"""Read receipts by department: "생산본부 7/9 읽음"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.alerts.domain.notice import Notice, confirms
from shared.identity.organisation import Organisation, Person


@dataclass(frozen=True, slots=True)
class Share:
    """One department: who has read, who has not yet, both as people."""

    code: str
    read: list[Person] = field(default_factory=list)
    left: list[Person] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many are asked."""
        return len(self.read) + len(self.left)


def shares(notice: Notice, readers: Mapping[str, datetime], organisation: Organisation) -> list[Share]:
    """Every department that is asked, in the directory's order; those who left it are not counted."""
    found = {d.code: Share(d.code) for d in organisation.departments if d.active and notice.is_for(d.code)}
    for person in organisation.people:
        share = found.get(person.department)
        if share is not None and person.active and confirms(person.roles):
            (share.read if person.id in readers else share.left).append(person)
    return [share for share in found.values() if share.people]
