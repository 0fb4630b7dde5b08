"""Coming in: the same for every name, locked after too many failures, over everywhere when it is ended."""

from datetime import timedelta
from typing import Any

import pytest

from services.sharing.domain.attempts import Attempts
from services.sharing.domain.entries import PersonFields
from services.sharing.domain.refusals.coming_in import Locked, NoAccount, SignInFailed
from services.sharing.domain.session import SessionRecord, browser_of
from services.sharing.handlers.accounts import end_everywhere, end_one, give_password, set_blocked
from services.sharing.handlers.founding import keep_administrator
from services.sharing.handlers.people import change_person
from services.sharing.handlers.signing_in import (
    Attempt,
    begin_attempt,
    change_password,
    note_failure,
    sign_in,
    sign_out,
)
from shared.contracts.access import AccessChanged, AccountFacts
from shared.errors import NotFound
from shared.identity.sessions import SESSION_AGE, Session
from tests.component.sharing.office import Office, an_office, whatever

MINUTE = timedelta(minutes=1)


async def an_open_office() -> Office:
    office = await an_office()
    await office.do(change_person, "kim", PersonFields(name="김하린"), whatever)
    await office.account("kim", "kept-of-kim")
    return office


async def fails(office: Office, name: str, times: int = 1) -> None:
    for _ in range(times):
        await office.handle(note_failure, await office.handle(begin_attempt, name))


async def comes_in(office: Office, name: str = "kim") -> Session:
    session: Session = await office.handle(sign_in, await office.handle(begin_attempt, name), "Firefox")
    return session


def access(office: Office) -> AccountFacts:
    (*_, last) = [e.about for e in office.emitted(AccessChanged) if isinstance(e.about, AccountFacts)]
    return last


def counts(office: Office, session: Session) -> bool:
    """Whether the session counts, by what was told last."""
    office.directory.take([access(office)])
    return office.directory.holder_of_session(session, office.now) is not None


@pytest.mark.parametrize("name", ["kim", "KIM", " kim ", "김하린", "김하린".replace("김", "\u1100\u1175\u11b7")])
async def test_a_person_is_known_by_id_or_name(name: str) -> None:
    office = await an_open_office()
    attempt: Attempt = await office.handle(begin_attempt, name)
    assert (attempt.person, attempt.password) == ("kim", "kept-of-kim")


async def test_a_name_that_two_have_is_nobodys() -> None:
    office = await an_open_office()
    await office.do(change_person, "lee", PersonFields(name="김하린"), whatever)
    await office.account("lee")
    assert (await office.handle(begin_attempt, "김하린")).person is None


@pytest.mark.parametrize(
    "given", [(give_password, "kim", "new", True), (keep_administrator, "kim", "kim", "new", True)]
)
async def test_whoever_is_given_a_new_password_need_not_wait_for_the_lock(given: tuple[Any, ...]) -> None:
    office = await an_open_office()
    await fails(office, "kim", 5)
    await office.do(*given)
    assert (await office.handle(begin_attempt, "kim")).password == "new"


@pytest.mark.parametrize("name", ["kim", "nobody", "head", ""])
async def test_after_five_failures_a_name_is_locked_whether_anybody_has_it_or_not(name: str) -> None:
    office = await an_open_office()
    await fails(office, name, 5)
    with pytest.raises(Locked) as refusal:
        await office.handle(begin_attempt, name)
    assert refusal.value.inputs == {"minutes": 15}
    office.now += 14 * MINUTE
    with pytest.raises(Locked):
        await office.handle(begin_attempt, name)
    office.now += MINUTE
    await office.handle(begin_attempt, name)


async def test_five_guesses_at_once_are_five_guesses() -> None:
    """Each is counted before its password is looked at."""
    office = await an_open_office()
    for _ in range(5):
        await office.handle(begin_attempt, "kim")
    with pytest.raises(Locked):
        await office.handle(begin_attempt, "kim")


async def test_a_person_who_is_locked_by_name_is_locked_by_id() -> None:
    office = await an_open_office()
    await fails(office, "김하린", 3)
    await fails(office, "kim", 2)
    with pytest.raises(Locked):
        await office.handle(begin_attempt, "kim")


async def test_the_right_password_forgets_the_failures() -> None:
    office = await an_open_office()
    await fails(office, "kim", 4)
    await comes_in(office)
    await fails(office, "kim", 4)
    await comes_in(office)
    assert office.stored(Attempts) == []


async def test_failures_of_long_ago_do_not_count() -> None:
    office = await an_open_office()
    await fails(office, "kim", 4)
    office.now += 16 * MINUTE
    await fails(office, "kim", 4)
    await comes_in(office)


async def test_nothing_that_was_typed_is_kept_for_an_unknown_name() -> None:
    office = await an_open_office()
    await fails(office, "my secret password")
    assert "secret" not in repr(office.stored(Attempts))


@pytest.mark.parametrize("person", ["kim", "head", "nobody"])
async def test_who_may_not_come_in_does_not(person: str) -> None:
    office = await an_open_office()
    await office.do(set_blocked, "kim", True)
    attempt = await office.handle(begin_attempt, person)
    assert attempt.person is None
    with pytest.raises(SignInFailed):
        await office.handle(sign_in, attempt, "")


async def test_a_session_counts_until_it_is_ended_and_others_go_on() -> None:
    office = await an_open_office()
    one, other = await comes_in(office), await comes_in(office)
    await office.handle(sign_out, one)
    assert not counts(office, one)
    assert counts(office, other)


async def test_sign_out_everywhere_ends_all_and_the_next_sign_in_counts() -> None:
    office = await an_open_office()
    sessions = [await comes_in(office) for _ in range(3)]
    office.now += MINUTE
    await office.do(end_everywhere, "kim")
    assert not any(counts(office, session) for session in sessions)
    assert counts(office, await comes_in(office))
    assert len(office.stored(SessionRecord)) == 1


BLOCK: Any = (set_blocked, "kim", True)
RENEW: Any = (give_password, "kim", "x", True)


@pytest.mark.parametrize("act", [BLOCK, RENEW], ids=["block", "new password"])
async def test_blocking_and_a_new_password_end_every_session(act: Any) -> None:
    office = await an_open_office()
    session = await comes_in(office)
    office.now += MINUTE
    await office.do(*act)
    assert not counts(office, session)


async def test_a_new_password_of_ones_own_ends_every_other_session() -> None:
    office = await an_open_office()
    other = await comes_in(office)
    office.now += MINUTE
    own: Session = await office.handle(change_password, "kim", "new", "Firefox")
    assert counts(office, own)
    assert not counts(office, other)
    assert office.of("kim").password == "new"


async def test_a_person_ends_no_session_but_their_own() -> None:
    office = await an_open_office()
    session = await comes_in(office)
    await office.account("lee")
    with pytest.raises(NotFound):
        await office.do(end_one, "lee", session.id)
    with pytest.raises(NoAccount):
        await office.do(end_everywhere, "head")


async def test_what_is_told_of_ended_sessions_stays_short() -> None:
    """Beyond a number those that began before are over together; what is past its time is not told."""
    office = await an_open_office()
    ended = []
    for _ in range(60):
        session = await comes_in(office)
        office.now += MINUTE
        await office.handle(sign_out, session)
        ended.append(session)
    assert len(access(office).ended) <= 40
    assert not any(counts(office, session) for session in ended)
    office.now += SESSION_AGE
    await office.handle(sign_out, await comes_in(office))
    assert len(access(office).ended) == 1


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/27.0 Chrome/125 Safari/537", "Samsung Internet · Android"),
        ("curl/8.5", ""),
        ("<script>", ""),
    ],
)  # fmt: skip
def test_of_a_browser_only_its_kind_is_kept(header: str, said: str) -> None:
    assert browser_of(header) == said
