"""Sentences that tell of a hazard, as customers write them, with the kinds that have to be found."""

import pytest

from shared.language.hazards import Severity
from tests.unit.language.dictionary import RULES, the, told

KOREAN = [
    ("전기장판에서 불이 나 손에 화상을 입었어요", {"fire", "burn"}),
    ("충전 중에 배터리에 불이 붙었습니다", {"fire"}),
    ("멀티탭에서 갑자기 불이 확 번졌어요", {"fire"}),
    ("자다가 일어나 보니 히터가 불에 타 있었고 벽까지 그을렸습니다", {"fire"}),
    ("불났어요 건조기 뒤쪽이요", {"fire"}),
    ("주방에서 화재가 발생해 소방차가 왔습니다", {"fire"}),
    ("콘센트가 까맣게 녹아 있었습니다", {"fire"}),
    ("믹서기에서 연기가 나고 타는 냄새가 진동했어요", {"fire"}),
    ("플러그를 꽂자 스파크가 튀었습니다", {"fire"}),
    ("전자레인지에 돌리다가 용기가 폭발했습니다", {"explosion"}),
    ("보조배터리가 폭팔했어요", {"explosion"}),
    ("압력솥이 갑자기 터져서 뚜껑이 천장까지 날아갔어요", {"explosion"}),
    ("냉장고 안에서 탄산수 병이 터졌습니다", {"explosion"}),
    ("강화유리 냄비 뚜껑이 저절로 산산조각 났어요", {"explosion"}),
    ("펑 소리가 나더니 전원이 나갔습니다", {"explosion"}),
    ("손을 데였어요", {"burn"}),
    ("국물이 튀어 손등을 데었습니다", {"burn"}),
    ("아이가 팔을 뎄어요", {"burn"}),
    ("온수매트 때문에 허벅지에 저온화상이 생겼습니다", {"burn"}),
    ("손에화상을 입어 병원에서 치료를 받았어요", {"burn", "injury"}),
    ("발등에 물집이 잡혔습니다", {"burn"}),
    ("드라이기를 쓰다가 감전됐습니다", {"electric_shock"}),
    ("만질 때마다 손끝이 찌릿합니다", {"electric_shock"}),
    ("정수기에서 누전이 되어 차단기가 내려갔어요", {"electric_shock"}),
    ("조립하다가 손가락을 베였습니다", {"injury"}),
    ("선반이 무너져서 아이가 다쳤어요", {"injury"}),
    ("뚜껑에 손을 찔려 피가 났습니다", {"injury"}),
    ("과자를 먹다가 치아가 깨졌어요", {"injury"}),
    ("돌을 씹어서 어금니가 부러졌습니다", {"injury"}),
    ("의자가 부러져 어머니가 넘어졌습니다", {"injury"}),
    ("문틈에 손가락이 끼여서 응급실에 갔습니다", {"injury"}),
    ("선반에서 떨어진 상자에 머리를 부딪혔어요", {"injury"}),
    ("발목이 골절되어 깁스를 했습니다", {"injury"}),
    ("이마를 세 바늘 꿰맸어요", {"injury"}),
    ("제품을 사용하던 손님이 다쳐서 입원 중입니다", {"injury"}),
    ("젤리를 먹다가 아이 목에 걸려서 하임리히를 했어요", {"choking"}),
    ("아기가 리모컨 건전지를 삼켰습니다", {"choking"}),
    ("떡이 기도를 막아 큰일 날 상황이었어요", {"choking"}),
    ("보일러에서 일산화탄소가 새어 나왔습니다", {"suffocation"}),
    ("스프레이를 쓰고 나서 호흡 곤란이 왔어요", {"suffocation"}),
    ("할머니가 의자에서 떨어져 사망하셨습니다", {"death"}),
    ("환자분이 결국 숨졌습니다", {"death"}),
    ("제품을 쓰던 아버지가 돌아가셨습니다", {"death"}),
    ("사료를 먹고 강아지가 죽었어요", {"death"}),
    ("과자에서 이물질이 나왔습니다", {"foreign_matter"}),
    ("라면 스프에 벌레가 들어 있었어요", {"foreign_matter"}),
    ("김치에서 머리카락이 발견됐습니다", {"foreign_matter"}),
    ("빵에서 유리 조각이 나왔어요", {"foreign_matter"}),
    ("분유에 쇳조각이 섞여 있습니다", {"foreign_matter"}),
    ("만두를 먹다가 딱딱한 게 씹혔는데 나사였어요", {"foreign_matter"}),
    ("생수에 이믈질이 둥둥 떠 있어요", {"foreign_matter"}),
    ("도시락을 먹고 온 가족이 식중독에 걸렸습니다", {"food_poisoning"}),
    ("우유를 마시고 밤새 설사를 했어요", {"food_poisoning"}),
    ("먹고 나서 구토와 복통이 심했습니다", {"food_poisoning"}),
    ("크림을 먹고 배탈이 났어요", {"food_poisoning"}),
    ("화장품을 바르고 두드러기가 올라왔어요", {"allergy"}),
    ("새우가 들어 있는 줄 모르고 먹었다가 아나필락시스로 실려 갔어요", {"allergy"}),
    ("물티슈를 쓴 뒤 아이 얼굴에 발진이 생겼습니다", {"allergy"}),
    ("알레르기 유발 물질 표시가 누락돼 있습니다", {"allergy"}),
    ("가스레인지에서 가스가 샜습니다", {"chemical"}),
    ("매트리스에서 라돈이 검출됐다고 합니다", {"chemical"}),
    ("생수에서 락스 냄새가 납니다", {"chemical"}),
    ("새 매트에서 나는 냄새 때문에 두통이 심해요", {"chemical"}),
    ("우유가 상했어요", {"spoilage"}),
    ("식빵에 곰팡이가 피었습니다", {"spoilage"}),
    ("유통기한이 두 달이나 지난 제품을 보냈네요", {"spoilage"}),
    ("봉지가 빵빵하게 부풀어 있었어요", {"spoilage"}),
    ("개인정보가 유출됐다는 문자를 받았습니다", {"data_leak"}),
    ("앱에서 다른 사람 주문내역이 보여요", {"data_leak"}),
    ("제 명의도용으로 가입이 되어 있습니다", {"data_leak"}),
]

ENGLISH = [
    ("The heating pad caught fire while I was asleep", {"fire"}),
    ("Flames came out, then it burst into flames", {"fire"}),
    ("The adapter started smoking and there was a burning smell", {"fire"}),
    ("The pressure cooker exploded in my kitchen", {"explosion"}),
    ("The glass door shattered all by itself", {"explosion"}),
    ("It burned my hand and I have a second degree burn", {"burn"}),
    ("My son got scalded by the kettle", {"burn"}),
    ("I got an electric shock from the toaster", {"electric_shock"}),
    ("The blade cut my finger and I needed stitches", {"injury"}),
    ("She was injured and taken to the hospital", {"injury"}),
    ("I chipped my tooth on a stone", {"injury"}),
    ("My baby choked on a small part", {"choking"}),
    ("Our daughter swallowed a button battery", {"choking"}),
    ("The heater leaked carbon monoxide", {"suffocation"}),
    ("My father died after using this product", {"death"}),
    ("We found a dead bug in it", {"foreign_matter"}),
    ("There were pieces of glass in the soup", {"foreign_matter"}),
    ("The whole family got food poisoning", {"food_poisoning"}),
    ("I vomited all night after eating it", {"food_poisoning"}),
    ("I broke out in hives", {"allergy"}),
    ("There is a gas leak at the stove", {"chemical"}),
    ("The bread was moldy", {"spoilage"}),
    ("My personal information was leaked", {"data_leak"}),
    ("I can see someone else's order in the app", {"data_leak"}),
]

HARDER = [
    ("불이났어요", {"fire"}),
    ("불이 낫습니다 전원 코드에서요", {"fire"}),
    ("보조배터리가 빵빵하게 부풀었어요", {"fire"}),
    ("발열이 너무 심해서 만질 수가 없어요", {"fire"}),
    ("멀리서도 폭발음이 들렸대요", {"explosion"}),
    ("유리가 깨지면서 발을 다쳤어요", {"injury"}),
    ("들다가 허리를 삐끗했어요", {"injury"}),
    ("무릎에 멍이 크게 들었습니다", {"injury"}),
    ("할머니께서 쓰시다가 실신하셨어요", {"injury"}),
    ("살갗이 까져서 진물이 나요", {"burn"}),
    ("연기를 마셔서 목이 아파요", {"suffocation", "chemical"}),
    ("가스 냄새가 심하게 나요", {"chemical"}),
    ("죽을 먹고 탈이 났어요", {"food_poisoning"}),
    ("손가락에서 피가 나요", {"injury"}),
    ("두드러기가 나요", {"allergy"}),
    ("불이 나요 빨리 와 주세요", {"fire"}),
    ("먹고 나니 속이 불편하네요", {"food_poisoning"}),
    ("벌레나왔어요", {"foreign_matter"}),
    ("다리가 부러져 수술했습니다", {"injury"}),
    ("It made my son very sick", {"food_poisoning"}),
    ("There was smoke and it shorted out", {"fire", "electric_shock"}),
    ("The shelf fell on my foot", {"injury"}),
    ("Metal shavings in my cereal", {"foreign_matter"}),
    ("My throat closed up", {"suffocation"}),
]

MIXED = [
    ("충전기 burst into flames 했어요", {"fire"}),
    ("ＦＯＯＤ　ＰＯＩＳＯＮＩＮＧ 걸렸습니다", {"food_poisoning"}),
    ("배송은 빨랐는데요😊 손을 베였어요ㅠㅠ", {"injury"}),
    ("식 중독인가 했는데 병원에서 식중독이래요", {"food_poisoning"}),
]


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
