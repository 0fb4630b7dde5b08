"""The shipped rules judge the sample week as a careful person would: nothing serious is missed, no false alarm."""

from collections import defaultdict
from functools import cache

import pytest

from deploy.demo.filing import filing_of
from deploy.demo.material import Told
from services.alerts.domain.case import RANK, Case, weigh
from services.intake.domain.classify import Classification, ComplaintFacts, classify
from services.intake.domain.filing import Filing
from shared.contracts.complaint import ComplaintCreated
from shared.privacy.masking import mask
from shared.runtime.clock import SystemClock
from tests.unit.demo.test_week import MONDAY, PRODUCTS, TOLD
from tests.unit.intake.rules import ORGANISATION, RULES

WITH_CARD = ("complaint", "damage")
ONE_PROBLEM = ("dumpling-plastic", "blanket-burning", "blanket-burn", "pie-label", "rice", "leak", "pots-late")
SERIOUS = {name: told for name, told in TOLD.items() if told.expect.serious}
HARMLESS = {n: t for n, t in TOLD.items() if t.kind in WITH_CARD and not t.expect.serious}
TRAPS = {name: told for name, told in TOLD.items() if told.expect.trap}
NOW = SystemClock().now()


@cache
def judged(name: str) -> Classification:
    """What intake decides, from masked text as it does."""
    told = TOLD[name]
    filing = Filing.model_validate(filing_of(told, PRODUCTS, MONDAY), strict=False)
    facts = ComplaintFacts(
        mask(told.title), mask(told.body), told.kind, filing.product.code, filing.product.name,
        harm=filing.harm.summary(),
    )  # fmt: skip
    return classify(facts, RULES, ORGANISATION)


@cache
def weighed(name: str) -> Case:
    """What alerts makes of it."""
    told, decided = TOLD[name], judged(name)
    filing = Filing.model_validate(filing_of(told, PRODUCTS, MONDAY), strict=False)
    created = ComplaintCreated(
        complaint_id=name, number=name, kind=told.kind, channel="web", title=mask(told.title), body=mask(told.body),
        language="ko", product_code=filing.product.code, category=decided.category, severity=decided.severity,
        harm=filing.harm.summary(), knowledge_at=NOW, filed_at=NOW,
    )  # fmt: skip
    return weigh(created, 1, RULES.hazards)


@pytest.mark.parametrize("name", SERIOUS)
def test_what_is_serious_is_seen_by_its_hazards(name: str) -> None:
    assert judged(name).severity in ("serious", "critical")
    assert RANK[weighed(name).severity] >= RANK["serious"]
    assert set(TOLD[name].expect.hazards) <= set(judged(name).hazards)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_not_serious_alarms_nobody(name: str) -> None:
    assert judged(name).severity in ("minor", "moderate"), judged(name).because
    assert RANK[weighed(name).severity] < RANK["serious"]


@pytest.mark.parametrize("name", TRAPS)
def test_words_that_only_sound_like_a_hazard_are_not_taken_for_one(name: str) -> None:
    told = TOLD[name]
    assert told.expect.trap
    assert told.expect.trap in f"{told.title} {told.body}"
    assert not told.expect.serious
    assert RANK[weighed(name).severity] < RANK["serious"]


def test_there_are_enough_serious_ones_and_enough_traps() -> None:
    assert len(SERIOUS) >= 25
    assert len(TRAPS) >= 20
    assert sum(TOLD[name].kind in WITH_CARD for name in TRAPS) >= 12, "praise alarms nobody anyway"


@pytest.mark.parametrize("name", TOLD)
def test_its_category_is_one_that_a_person_would_choose(name: str) -> None:
    assert judged(name).category in TOLD[name].expect.category


def test_the_best_three_nearly_always_hold_the_first_choice() -> None:
    """The three are offered to the CS office, which takes one of them with a key."""
    chosen = {name: told for name, told in TOLD.items() if told.kind in WITH_CARD}
    missed = [
        name
        for name, told in chosen.items()
        if told.expect.category[0] not in [candidate.category for candidate in judged(name).candidates]
    ]
    assert len(missed) <= 0.12 * len(chosen), missed


def groups_of(attribute: str) -> dict[str, list[Told]]:
    """Complaints that a person would put together."""
    found: dict[str, list[Told]] = defaultdict(list)
    for told in TOLD.values():
        if group := getattr(told.expect, attribute):
            found[group].append(told)
    return found


@pytest.mark.parametrize("group", ONE_PROBLEM)
def test_customers_who_say_the_same_thing_differently_come_to_one_issue(group: str) -> None:
    alike = groups_of("alike")[group]
    assert len(alike) >= 2
    assert len({weighed(told.id).series for told in alike}) == 1, {t.id: weighed(t.id).series for t in alike}


@pytest.mark.parametrize("group", ["humidifier-noise", "fridge-rattle"])
def test_a_defect_that_came_back_is_seen_as_repeated(group: str) -> None:
    """The same fault after a repair is graver than a first one, and goes to the service or stays with the CS office."""
    for told in groups_of("again")[group]:
        assert judged(told.id).severity == "moderate", told.id
        called = {routed.department for routed in judged(told.id).departments}
        assert called & {"field_service", "customer_satisfaction"}, told.id
