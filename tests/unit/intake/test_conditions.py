"""What rules answer from memory is what they would say anew."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.classify import ClassificationRules
from services.intake.domain.condition import Condition, Conditions, Known
from services.intake.service import rules_of
from shared.contracts.because import Because

RULES: ClassificationRules = rules_of(SimpleNamespace(rules=None, calendar="KR")).classification  # type: ignore[arg-type]
CATEGORIES = [category.code for category in RULES.taxonomy.file.categories]

known = st.builds(
    Known,
    st.fixed_dictionaries(
        {
            "deaths": st.integers(0, 2),
            "injured": st.integers(0, 3),
            "weeks": st.integers(0, 8),
            "departments": st.integers(0, 4),
            "characters": st.integers(0, 3000),
        }
    ),
    st.fixed_dictionaries(
        {
            "category": st.sampled_from(CATEGORIES).map(lambda code: frozenset({code})),
            "product_line": st.sampled_from(["food", "appliance", "unknown"]).map(lambda line: frozenset({line})),
            "hazards": st.frozensets(st.sampled_from(["fire", "burn", "allergy", "data_leak"])),
            "topics": st.frozensets(st.sampled_from(["taste", "repeated", "shop"])),
            "severity": st.sampled_from(["minor", "serious", "critical"]).map(lambda severity: frozenset({severity})),
        }
    ),
)


def why(condition: Condition, facts: Known) -> Because:
    return Because(rule="rule", version="1", inputs=condition.inputs(facts))


def anew(conditions: list[Any], facts: Known, because: Callable[[Any, Known], Because]) -> list[tuple[Any, Because]]:
    return [(one, because(one, facts)) for one in conditions if one.holds(facts)]


@given(st.lists(known, min_size=2, max_size=8))
def test_remembered_answers_are_those_that_would_be_given_anew(many: list[Known]) -> None:
    assessment = RULES.assessment
    for rules in (RULES.routing.routes, assessment.severity, assessment.complexity, assessment.impact):
        remembering = Conditions(rules, why)
        for facts in many * 2:
            assert list(remembering.holding(facts)) == anew(list(rules), facts, why)


def test_a_reason_tells_the_number_of_this_very_complaint() -> None:
    rule = Condition(at_least={"injured": 2})
    remembering = Conditions([rule], why)
    told = [next(remembering.holding(Known({"injured": injured}, {})))[1].inputs for injured in (2, 7)]
    assert told == [{"injured": 2}, {"injured": 7}]


def test_what_no_rule_asks_for_takes_no_place_in_memory() -> None:
    remembering = Conditions([Condition(any_of={"category": ["delivery"]})], why)
    facts = [Known({"characters": n}, {"product_code": frozenset({f"P-{n}"})}) for n in range(100)]
    assert all(not list(remembering.holding(one)) for one in facts)
    assert len(remembering._answers) == 1
