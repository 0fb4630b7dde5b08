"""A reason in a list is short; where there is nothing else to say, its rule is named all the same."""

from shared.contracts.because import Because
from shared.language.reasons import sentence

BURN = Because(rule="playbook.critical-hazard", version="7", inputs={}, words=["손을", "데었"])


def test_in_a_list_it_says_what_decided_without_the_rule() -> None:
    whole, brief = (sentence(BURN, "en", "Critical hazard", brief=brief) for brief in (False, True))
    assert brief == "Critical hazard · words: “손을”, “데었”"
    assert whole == f"{brief} · rule playbook.critical-hazard, version 7"


def test_it_never_says_nothing() -> None:
    assert (
        sentence(Because(rule="unheard.of", version="1", inputs={}), "en", brief=True) == "rule unheard.of, version 1"
    )
