"""A hazard is found by the words that customers use for it, and weighed."""

import pytest

from shared.language.hazards import Severity
from tests.unit.language.dictionary import RULES, the, told
from tests.unit.language.sentences import ENGLISH, HARDER, KOREAN, MIXED


@pytest.mark.parametrize(("sentence", "kinds"), KOREAN + ENGLISH + HARDER + MIXED)
def test_a_sentence_tells_of_its_hazards(sentence: str, kinds: set[str]) -> None:
    assert told(sentence) == kinds


@pytest.mark.parametrize(
    ("sentence", "kind", "severity"),
    [
        ("손에 화상을 입었어요", "burn", "critical"),
        ("손가락을 베였습니다", "injury", "serious"),
        ("갈비뼈가 부러졌습니다", "injury", "critical"),
        ("국에서 벌레가 나왔어요", "foreign_matter", "serious"),
        ("국에서 바늘이 나왔어요", "foreign_matter", "critical"),
        ("강아지가 사료를 먹고 죽었어요", "death", "serious"),
        ("식빵에 곰팡이가 있어요", "spoilage", "minor"),
        ("땅콩 알레르기가 있는 고객입니다", "allergy", "minor"),
    ],
)
def test_severity_is_that_of_the_rule_or_its_kind(sentence: str, kind: str, severity: Severity) -> None:
    assert the(kind, sentence).severity == severity


def test_the_worst_hazard_comes_first() -> None:
    hazards = RULES.weigh("우유가 상했고 손가락을 베였고 결국 불이 났어요")
    assert hazards.worst is not None
    assert hazards.worst.kind == "fire"
    assert hazards.kinds == ("fire", "injury", "spoilage")


def test_a_text_without_hazards_has_no_worst() -> None:
    assert RULES.weigh("배송이 하루 늦었습니다").worst is None
