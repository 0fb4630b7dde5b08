"""What the words around a hazard make of it: taken back, nearly happened, feared or asked about."""

import pytest

from tests.unit.language.dictionary import RULES, the, told

NOT_SO = [
    ("다친 사람은 없었습니다", "injury"),
    ("다행히 아이가 다치지는 않았어요", "injury"),
    ("안 다쳤으니 걱정 마세요", "injury"),
    ("하나도 안 다쳐서 다행입니다", "injury"),
    ("다친 데는 없어요", "injury"),
    ("화상은 없었습니다", "burn"),
    ("화상이나 부상은 전혀 없었습니다", "burn"),
    ("화상을 입지는 않았지만 놀랐어요", "burn"),
    ("불이 나지는 않았습니다", "fire"),
    ("화재로 이어지지 않았습니다", "fire"),
    ("화재 위험은 없다고 들었습니다", "fire"),
    ("폭발하지 않았어요", "explosion"),
    ("이물질은 없었습니다", "foreign_matter"),
    ("사망자는 없었습니다", "death"),
    ("설사는 안 했어요", "food_poisoning"),
    ("곰팡이가 핀 것은 아니고 얼룩이었어요", "spoilage"),
    ("이물질이 아니라 원료 덩어리였습니다", "foreign_matter"),
    ("There was no injury", "injury"),
    ("No one was hurt", "injury"),
    ("Nobody was seriously injured", "injury"),
    ("It did not catch fire", "fire"),
    ("The battery didn't explode", "explosion"),
    ("It did not smoke or catch fire", "fire"),
    ("No burns or injuries", "injury"),
    ("It stopped without anyone getting hurt", "injury"),
    ("벌레가 나온 적은 없습니다", "foreign_matter"),
    ("It hasn’t exploded", "explosion"),
]

NEARLY = [
    ("배터리가 폭발할 뻔했어요", "explosion"),
    ("하마터면 불이 날 뻔했습니다", "fire"),
    ("화재로 번질 뻔한 일입니다", "fire"),
    ("아이가 크게 다칠 뻔했어요", "injury"),
    ("손에 화상을 입을 뻔 했네요", "burn"),
    ("부품이 빠져서 아기가 삼킬 뻔했습니다", "choking"),
    ("가시가 목에 걸릴 뻔했어요", "choking"),
    ("간신히 화재를 면했습니다", "fire"),
    ("질식해서 죽을 뻔했어요", "death"),
    ("The charger almost caught fire", "fire"),
    ("My daughter was nearly injured", "injury"),
    ("It could have exploded", "explosion"),
]

FEARED = [
    ("화상 위험이 있나요?", "burn"),
    ("폭발할까 봐 걱정이에요", "explosion"),
    ("불이 날 수도 있나요?", "fire"),
    ("혹시 이물질인가요?", "foreign_matter"),
    ("아이가 다치면 누가 책임지나요", "injury"),
    ("화재가 발생할 수 있다는 안내를 받았습니다", "fire"),
    ("감전될까 무서워서 못 쓰겠어요", "electric_shock"),
    ("누가 다쳐야 조치를 하나요", "injury"),
    ("불이 난 줄 알았어요", "fire"),
    ("해킹당한 줄 알았어요", "data_leak"),
    ("식중독에 걸리면 어떡하나요", "food_poisoning"),
    ("Could it explode?", "explosion"),
    ("이 제품은 화재가 나나요?", "fire"),
    ("아이가 다치나요?", "injury"),
    ("이거 먹어도 배탈 안 나나요?", "food_poisoning"),
    ("Is there a risk of injury?", "injury"),
    ("I am afraid it might catch fire", "fire"),
    ("This is a fire hazard", "fire"),
]

STILL_SO = [
    ("화상을 입었는데 아무 연락이 없었어요", "burn"),
    ("화재가 났는데 보상이 없습니다", "fire"),
    ("화상 흉터가 없어지지 않아요", "burn"),
    ("불이 나서 죽을 뻔했어요", "fire"),
    ("다쳤는데 사과 한마디 없네요", "injury"),
    ("매장 안 화재로 옷이 탔습니다", "fire"),
    ("집 안에서 불이 났어요", "fire"),
    ("불이 나면서 벽지가 탔어요", "fire"),
    ("다친 곳은 손이고 병원에 갔습니다", "injury"),
    ("다치지 않은 사람이 없을 정도로 다 다쳤습니다", "injury"),
    ("화상을 입어 걱정입니다", "burn"),
    ("불이 났는데 어떻게 해야 하나요?", "fire"),
    ("화상도 입었어요", "burn"),
    ("I was injured and there was no apology", "injury"),
    ("It caught fire, not once but twice", "fire"),
    ("No reply although I was burned", "burn"),
]


@pytest.mark.parametrize(("sentence", "kind"), NOT_SO)
def test_a_hazard_that_is_taken_back_is_set_aside_with_the_words_that_say_so(sentence: str, kind: str) -> None:
    hazards = RULES.weigh(sentence)
    assert kind not in {hazard.kind for hazard in hazards.found}
    aside = [hazard for hazard in hazards.dismissed if hazard.kind == kind]
    assert aside
    assert all(hazard.reason == "negated" and hazard.by for hazard in aside)


@pytest.mark.parametrize(("sentence", "kind"), NEARLY)
def test_what_nearly_happened_counts_with_a_lower_severity(sentence: str, kind: str) -> None:
    hazard = the(kind, sentence)
    assert (hazard.near_miss, hazard.concern) == (True, False)
    assert hazard.severity != "critical"


@pytest.mark.parametrize(("sentence", "kind"), FEARED)
def test_what_is_feared_or_asked_counts_as_a_concern(sentence: str, kind: str) -> None:
    hazard = the(kind, sentence)
    assert (hazard.near_miss, hazard.concern) == (False, True)
    assert hazard.severity != "critical"


@pytest.mark.parametrize(("sentence", "kind"), STILL_SO)
def test_what_is_missing_afterwards_does_not_take_the_hazard_back(sentence: str, kind: str) -> None:
    assert kind in told(sentence)


def test_what_did_not_happen_leaves_what_did() -> None:
    hazards = RULES.weigh("불이 났지만 다친 사람은 없었습니다")
    assert [hazard.kind for hazard in hazards.found] == ["fire"]
    assert [hazard.kind for hazard in hazards.dismissed] == ["injury"]


def test_the_reason_names_rule_version_words_and_context() -> None:
    because = the("explosion", "배터리가 폭발할 뻔했어요").because
    assert because.rule == "explosion.said"
    assert because.version == RULES.version
    assert because.words == ["폭발"]
    assert because.inputs["read_as"] == "near_miss"
    assert because.inputs["context"] == "할 뻔했"
