"""Who may use which route, as a table that a stranger can read; `python -m tests.conformance.who_may` writes it anew.

The table is kept in `who_may.txt`: a change of who may do what is seen in it, by whoever reads the change.
"""

from collections.abc import Iterator
from pathlib import Path

from deploy import registry
from shared.identity.policy import PUBLIC, Rule
from shared.identity.principal import ANYONE, ROLES, Principal
from shared.runtime.app import stream_policy
from shared.web.docs import docs_policy

FILE = Path(__file__).with_suffix(".txt")
HEAD = """\
# Who may use which route: "anyone" needs no credentials, "staff" is everybody who works here but administrators,
# "readers" are staff and auditors; names with a colon are scopes of systems' API keys.
"""
STAFF = ROLES - {"consumer", "admin", "auditor"}
GROUPS = {"anyone": ROLES | {PUBLIC}, "readers": STAFF | {"auditor"}, "staff": STAFF}


def rules_of(name: str) -> list[Rule]:
    """All rows of a service, those of the kernel too."""
    return [*registry.service(name).policy, *stream_policy(name), *docs_policy(name)]


def person_with(role: str) -> Principal:
    """Somebody with one role alone."""
    return Principal(f"p-{role}", role, frozenset({role}), "person", "anywhere")


def system_with(scope: str) -> Principal:
    """A system with one scope alone."""
    return Principal("s-1", "system", frozenset({scope}), "system")


def admitted(rule: Rule) -> list[str]:
    """Roles, "public" and scopes that the rule admits, each tried for itself."""
    people = [role for role in sorted(ROLES) if rule.admits(person_with(role))]
    public = [PUBLIC] if rule.admits(ANYONE) else []
    scopes = sorted(name for name in rule.allowed if ":" in name and rule.admits(system_with(name)))
    return [*people, *public, *scopes]


def line_of(rule: Rule) -> str:
    """One line of the table, groups of roles by their name."""
    left, said = set(admitted(rule)), []
    for group, members in GROUPS.items():
        if members <= left:
            said.append(group)
            left -= members
    return f"{rule.method:6} {rule.path:72} {' '.join([*said, *sorted(left)])}"


def lines() -> Iterator[str]:
    """The table, a part for each service."""
    for name in registry.MODULES:
        yield f"\n[{name}]"
        yield from sorted((line_of(rule) for rule in rules_of(name)), key=lambda line: line[7:] + line[:6])


def table() -> str:
    """The file as it has to be."""
    return HEAD + "\n".join(lines()) + "\n"


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
