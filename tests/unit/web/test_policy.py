"""One row of the policy table."""

import pytest

from shared.identity.policy import EVERYONE, PUBLIC, PolicyError, Rule
from shared.identity.principal import ANYONE, Principal


def person(*roles: str) -> Principal:
    return Principal("p", "", frozenset(roles), "person")


def test_everyone_reads_but_neither_consumers_nor_administrators_do() -> None:
    row = Rule("GET", "/cases", EVERYONE)
    assert row.admits(person("employee"))
    assert row.admits(person("auditor"))
    assert row.admits(person("admin", "employee"))
    for outside in (person("consumer"), person("admin"), person(), ANYONE):
        assert not row.admits(outside)


def test_the_auditor_changes_nothing_by_that_role() -> None:
    row = Rule("POST", "/cases", EVERYONE)
    assert not row.admits(person("auditor"))
    assert row.admits(person("auditor", "employee"))


def test_a_system_is_no_employee_whatever_its_scopes_are_called() -> None:
    system = Principal("s", "", frozenset({"employee", "cases:read"}), "system")
    assert not Rule("GET", "/cases", EVERYONE).admits(system)
    assert Rule("GET", "/cases", "cases:read").admits(system)


def test_the_public_row_admits_anyone() -> None:
    assert Rule("POST", "/cases", PUBLIC).admits(ANYONE)


@pytest.mark.parametrize("name", ["manger", "cases:delete", "Cases:read", ":read", "everybody"])
def test_a_name_that_is_no_role_and_no_scope_is_refused(name: str) -> None:
    with pytest.raises(PolicyError, match=f"GET /cases: “{name}” is neither a role nor a scope"):
        Rule("GET", "/cases", name)


def test_a_row_for_nobody_is_refused() -> None:
    with pytest.raises(PolicyError, match="GET /cases: name at least one role"):
        Rule("GET", "/cases")
