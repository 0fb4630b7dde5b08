"""The sample people who stand for the roles."""

from shared.identity.organisation import Organisation, Person
from shared.identity.principal import ROLES


def one_per_role(organisation: Organisation) -> dict[str, Person]:
    """One person a role: whoever has the fewest other roles shows best what the role alone may do."""
    found = {}
    for role in sorted(ROLES):
        person = min(organisation.with_role(role), key=lambda p: len(p.roles), default=None)
        if person is not None:
            found[role] = person
    return found
