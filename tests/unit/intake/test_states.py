"""The table of states, walked whole: every state with every action, by everybody, guards held and not held."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deploy.states_page import PAGE, states_page
from services.intake.domain.card import CUSTOMER, SYSTEM, Actor, Card
from services.intake.domain.card_rules import CardRules
from services.intake.domain.complaint import Complaint
from services.intake.domain.guards import GUARDS, Brought
from services.intake.domain.moving import NotPossibleYet, NotYours, WrongState, check, move, state_on, whats_missing
from services.intake.domain.parts import Answer, Removal, SubCase, Verification
from services.intake.domain.states import DONE, TABLE, WHO, WORDS, Side, State, Transition, Who, states_of
from shared.identity.organisation import load_organisation

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
RULES = CardRules.load()
ORGANISATION = load_organisation()
ACTORS: dict[Who, Actor] = {
    "cs": Actor("p-034", "person", frozenset({"agent"}), "customer_satisfaction"),
    "cs_manager": Actor("p-001", "person", frozenset({"cs_manager"}), "customer_satisfaction"),
    "department": Actor("p-006", "person", frozenset({"assignee"}), "production"),
    "customer": CUSTOMER,
    "system": SYSTEM,
}
STRANGER = Actor("p-045", "person", frozenset({"employee"}), "logistics")
OWES = SubCase(department="production", assignee="p-006", called_at=NOW)
EVERYTHING = Brought(RULES, reason="까닭", recourse=("kca",), evidence="test_report", returns="production")

every_transition = pytest.mark.parametrize("transition", TABLE, ids=lambda transition: transition.name)


def a_complaint(**said: Any) -> Complaint:
    """One on which every guard would hold."""
    given = SubCase(
        department="production", assignee="p-006", called_at=NOW, cause="process", given_by="p-005", given_at=NOW
    )
    long_ago = datetime(2026, 1, 2, tzinfo=UTC)
    answer = Answer(id="a", stage="final", text="", drafted_at=long_ago, sent_by="p-002", sent_at=long_ago)
    facts: dict[str, Any] = {
        "id": "c", "number": "C-2026-000001", "kind": "complaint", "channel": "web", "title": "", "body": "",
        "language": "ko", "knowledge_at": NOW, "filed_at": NOW, "category": "quality", "category_name": {},
        "severity": "minor", "complexity": "low", "impact": "low", "immediate_action": False, "confidence": 1.0,
        "subcases": [given], "answers": [answer], "answered_at": long_ago,
        "removal": Removal(text="", effective_from="2026-01-02", by="p-005", at=NOW),
        "verification": Verification(by="p-002", at=NOW, evidence="document", effective_from="2026-01-02"),
    }  # fmt: skip
    return Complaint(**facts | said)


def in_state(side: Side, state: State, by: Actor, **said: Any) -> Card:
    field = "state" if side == "customer" else "cause_state"
    return Card(a_complaint(**{field: state}, **said), by, NOW, ORGANISATION, "customer_satisfaction")


def before(transition: Transition, state: State, by: Actor) -> Card:
    """A card on which every guard of this transition holds."""
    owes = {"subcases": [OWES]} if "nothing_given" in transition.guards else {}
    return in_state(transition.side, state, by, **owes)


def may(transition: Transition) -> Actor:
    return ACTORS[transition.who[0]]


@every_transition
def test_from_every_state_it_goes_where_the_table_says_or_is_refused(transition: Transition) -> None:
    for state in states_of(transition.side):
        card = before(transition, state, may(transition))
        if state not in transition.before:
            with pytest.raises(WrongState):
                move(card, transition.name, EVERYTHING)
            assert state_on(card, transition) == state
        else:
            move(card, transition.name, EVERYTHING)
            assert state_on(card, transition) == (transition.after or state)


@every_transition
def test_only_those_may_whom_the_table_names(transition: Transition) -> None:
    for who, actor in ACTORS.items():
        card = before(transition, transition.before[0], actor)
        allowed = who in transition.who or (who == "cs_manager" and "cs" in transition.who)
        if allowed:
            check(card, transition.name, EVERYTHING)
        else:
            with pytest.raises(NotYours):
                check(card, transition.name, EVERYTHING)
    with pytest.raises(NotYours):
        check(in_state(transition.side, transition.before[0], STRANGER), transition.name, EVERYTHING)


@every_transition
def test_every_guard_of_it_can_say_no_in_both_languages(transition: Transition) -> None:
    by = may(transition)
    own = Answer(id="a", stage="final", text="", drafted_at=NOW, sent_by=by.id, sent_at=NOW)
    nothing: dict[str, Any] = {
        "subcases": [OWES], "answers": [own], "answered_at": NOW, "verification": None,
        "removal": Removal(text="", effective_from="2026-11-19", by=by.id or "", at=NOW),
    }  # fmt: skip
    for name in transition.guards:
        said = nothing | ({"removal": None} if name == "removal_stated" else {})
        if name in ("not_own_answer", "nothing_given"):
            said["subcases"] = [OWES.model_copy(update={"given_by": by.id, "given_at": NOW})]
        if name == "called_on":
            said["subcases"], by = [], STRANGER
        card = in_state(transition.side, transition.before[0], by, **said)
        missing = list(GUARDS[name](card, Brought(RULES, returns="production")))
        assert missing, name
        for one in missing:
            assert one.in_("ko") != one.in_("en")
            assert "{" not in one.in_("ko") + one.in_("en")


def test_every_guard_of_the_table_is_there_and_every_guard_is_used() -> None:
    assert {guard for transition in TABLE for guard in transition.guards} == set(GUARDS)


def test_every_state_can_be_reached_and_left() -> None:
    starts: set[State] = {"received", "unknown", "none"}
    for side in ("customer", "cause"):
        table = [transition for transition in TABLE if transition.side == side]
        reached = {transition.after for transition in table} | starts
        for state in states_of(side):
            assert state in reached, state
            assert any(state in t.before and t.after not in (None, state) for t in table), state


def test_names_are_once_and_everything_has_words() -> None:
    assert len({transition.name for transition in TABLE}) == len(TABLE)
    for transition in TABLE:
        assert set(transition.who) <= set(WHO)
        assert {*transition.before, *([transition.after] if transition.after else [])} <= set(WORDS)


@pytest.mark.parametrize("state", [*states_of("customer")])
@pytest.mark.parametrize("cause", [*states_of("cause"), "none"])
def test_the_card_is_done_when_both_sides_are_and_else_says_what_is_missing(state: Any, cause: Any) -> None:
    card = Card(a_complaint(state=state, cause_state=cause), SYSTEM, NOW, ORGANISATION, "customer_satisfaction")
    done = state in DONE["customer"] and cause in DONE["cause"]
    assert (whats_missing(card) == []) == done


def test_a_refusal_names_all_that_is_missing_for_programs_too() -> None:
    card = in_state("cause", "found", ACTORS["cs_manager"], subcases=[OWES], removal=None)
    with pytest.raises(NotPossibleYet) as refused:
        check(card, "verify", replace(EVERYTHING, evidence=None))
    told: Any = refused.value.members(lambda text, **inputs: text)["missing"]
    assert [one["code"] for one in told] == ["cause_owed", "removal", "evidence"]
    assert told[0]["department"] == "production"


def test_the_page_is_that_of_the_table() -> None:
    assert Path(PAGE).read_text(encoding="utf-8") == states_page(), "python -m deploy.states_page writes it anew"
