"""The directory in memory: who may come in now, by what was told last."""

from datetime import UTC, datetime, timedelta

from shared.contracts.access import AccountFacts, EndedSession, KeyFacts
from shared.contracts.organisation import DepartmentFacts, PersonFacts
from shared.identity.api_keys import hash_of, write_key
from shared.identity.directory import Directory
from shared.identity.organisation import load_organisation, organisation_with
from shared.identity.sessions import Session

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KEY = write_key("shop", bytes(32))
SESSION = Session("s-1", "p-1", NOW)


def account(**other: object) -> AccountFacts:
    facts: dict[str, object] = {
        "holder": "p-1", "active": True, "roles": ["employee", "agent"], "sessions_from": NOW - timedelta(days=1),
    }  # fmt: skip
    return AccountFacts.model_validate(facts | other)


def key(**other: object) -> KeyFacts:
    facts: dict[str, object] = {
        "id": "shop", "hash": hash_of(KEY), "holder": "shop", "label": "Shop", "held_by": "system",
        "may": ["complaints:write"],
    }  # fmt: skip
    return KeyFacts.model_validate(facts | other)


def person(name: str = "김하린", order: int = 1, **other: object) -> PersonFacts:
    facts: dict[str, object] = {
        "id": "p-1", "name": name, "employment": "regular", "department": "sales", "roles": ["agent"],
        "call_order": order,
    }  # fmt: skip
    return PersonFacts.model_validate(facts | other)


def knowing(*facts: AccountFacts | KeyFacts | PersonFacts | DepartmentFacts) -> Directory:
    directory = Directory(organisation_with([], []))
    directory.take(facts)
    return directory


def test_a_session_is_its_persons_with_what_they_may_now() -> None:
    directory = knowing(account(), person())
    found = directory.holder_of_session(SESSION, NOW)
    assert found is not None
    assert (found.id, found.name, found.department, found.kind) == ("p-1", "김하린", "sales", "person")
    directory.take([account(roles=["employee"])])
    after = directory.holder_of_session(SESSION, NOW)
    assert after is not None
    assert after.roles == {"employee"}


def test_a_session_that_was_ended_is_nobodys_and_others_stay() -> None:
    directory = knowing(account(ended=[EndedSession(id="s-1", until=NOW + timedelta(hours=12))]))
    assert directory.holder_of_session(SESSION, NOW) is None
    assert directory.holder_of_session(Session("s-2", "p-1", NOW), NOW) is not None


def test_sessions_from_before_a_sign_out_everywhere_are_nobodys() -> None:
    directory = knowing(account(sessions_from=NOW))
    assert directory.holder_of_session(Session("s-1", "p-1", NOW - timedelta(milliseconds=1)), NOW) is None
    assert directory.holder_of_session(SESSION, NOW) is not None


def test_who_may_not_come_in_has_no_session_and_no_key() -> None:
    directory = knowing(account(active=False), key(held_by="person", holder="p-1", may=[]))
    assert directory.holder_of_session(SESSION, NOW) is None
    assert directory.holder_of_key(KEY) is None


def test_a_systems_key_opens_its_scopes_until_it_is_revoked() -> None:
    directory = knowing(key())
    found = directory.holder_of_key(KEY)
    assert found is not None
    assert (found.id, found.kind) == ("shop", "system")
    assert found.roles == {"complaints:write"}
    directory.take([key(revoked=True)])
    assert directory.holder_of_key(KEY) is None


def test_a_persons_key_follows_their_roles_and_opens_no_more_than_it_names() -> None:
    directory = knowing(account(), key(held_by="person", holder="p-1", may=["agent", "hr"]))
    found = directory.holder_of_key(KEY)
    assert found is not None
    assert found.roles == {"agent"}
    directory.take([account(roles=["employee"])])
    after = directory.holder_of_key(KEY)
    assert after is not None
    assert after.roles == frozenset()


def test_a_key_of_somebody_without_an_account_is_nobodys() -> None:
    assert knowing(key(held_by="person", holder="p-9", may=[])).holder_of_key(KEY) is None


def test_the_files_organisation_holds_until_the_first_person_or_department_is_told() -> None:
    directory = Directory(load_organisation())
    directory.take([account(), key()])
    assert directory.organisation.person("p-027") is not None
    directory.take([person()])
    assert directory.organisation.person("p-027") is None
    assert [found.name for found in directory.organisation.with_role("agent")] == ["김하린"]


def test_people_are_called_in_their_order_whatever_the_order_in_which_they_were_told() -> None:
    late, early = person("나중", 2, id="p-1"), person("먼저", 1, id="p-2")
    for told in ([late, early], [early, late]):
        assert [found.name for found in knowing(*told).organisation.with_role("agent")] == ["먼저", "나중"]


def test_a_level_that_nobody_holds_is_held_by_the_one_above() -> None:
    told = DepartmentFacts(code="sales", names={"ko": "영업", "en": "Sales"}, head="p-1", executive="p-9")
    department = knowing(told).organisation.department("sales")
    assert department is not None
    assert department.levels == ("p-1", "p-1", "p-1")
