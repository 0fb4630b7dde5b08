"""Sentences with the letters of a hazard that tell of none."""

import pytest

from tests.unit.language.dictionary import RULES

HARMLESS = [
    "화상 통화가 자꾸 끊겨요",
    "화상회의 중에 마이크가 안 됩니다",
    "화상 강의용 카메라를 주문했습니다",
    "문화상품권으로 결제가 안 돼요",
    "전화상으로는 된다고 하셨잖아요",
    "설비 노후화상태가 궁금합니다",
    "폭발적 인기라더니 별로네요",
    "문의가 폭발해서 연결이 안 된답니다",
    "감정이 폭발했습니다",
    "분통이 터집니다",
    "웃음이 터졌어요",
    "불이 켜지지 않아요",
    "불만이 많습니다",
    "환불이 나왔는데 금액이 달라요",
    "선불이 나은가요 후불이 나은가요",
    "전구 불이 나갔어요",
    "이불 나눔 행사에 당첨됐습니다",
    "카드 일시불 났다는 문자가 왔어요",
    "문화재 도록을 주문했습니다",
    "화재보험 가입을 문의합니다",
    "화재경보기를 반품하고 싶어요",
    "전화통에 불이 나게 전화했어요",
    "입에서 불이 나게 맵네요",
    "열불 나서 글 남깁니다",
    "새로고침하다 손가락에 불나는 줄",
    "감전된 듯 짜릿한 맛이라더니",
    "해킹 사이트인 줄 알았네요",
    "전복죽이 맛있어요",
    "배터리가 죽었어요",
    "화면이 죽어 버렸습니다",
    "배고파서 죽을 뻔했어요",
    "아이가 좋아 죽어요",
    "매워서 죽겠어요",
    "기사님이 그냥 돌아가셨어요",
    "가격 폭탄이네요",
    "사람 기죽이는 말투였어요",
    "상담원 말에 상처받았습니다",
    "마음을 다쳤습니다",
    "그렇다치고 환불은 언제 되나요",
    "부상으로 받은 상품권이 안 왔어요",
    "시장 강자로 급부상한 회사",
    "이상한 소리가 납니다",
    "속상했어요",
    "기분이 상했습니다",
    "보상했다고 하는데 못 받았어요",
    "가격 상한선이 있나요",
    "설사 그렇더라도 너무하네요",
    "여러 번 검토했습니다",
    "마감전에 주문했어요",
    "목에 걸린 목걸이가 끊어졌어요",
    "이물건을 왜 보냈나요",
    "실이 풀려서 반품합니다",
    "못 나온다고 연락이 왔어요",
    "나사가 들어있지 않아요",
    "급발진하는 장난감이에요",
    "자동차는 매도용 서류가 필요합니다",
    "아이가 죽을 먹는데 맛있대요",
    "의자 다리가 부러졌어요",
    "팔걸이가 부러진 채로 왔습니다",
    "다리미가 금이 가 있어요",
    "그릇 이가 나갔어요",
    "칼 이가 빠졌습니다",
    "서버가 마비됐나 봐요",
    "화상 밴드를 주문했는데 안 와요",
    "손잡이가 부러졌습니다",
    "제 입맛에 맞아요",
    "커피가 나왔는데 식었어요",
    "피난 가방을 주문했습니다",
    "피나는 노력을 했습니다",
    "데이터가 사라졌어요",
    "데일리 세트를 주문했습니다",
    "베이컨이 안 왔어요",
    "발전소 견학 상품을 취소합니다",
    "포인트가 죽었다고 하네요",
    "영수증 발견이 늦었습니다",
    "우리 사이가 깨졌어요",
    "커피포트 뚜껑이 안 닫혀요",
    "방송에서 반응이 폭발적이었다고 했잖아요",
    "연기 요청을 했는데 배송이 왔어요",
    "사무실 이전 비용 청구가 잘못됐습니다",
    "The video call froze on my laptop",
    "I got fired from the job",
    "The phone battery died after a week",
    "It hurt my credit score",
    "They blew up my phone with calls",
    "My Kindle Fire will not start",
    "The card expired last month",
    "The alarm kept going off",
    "I am shocked by this service",
    "This is a rash decision",
    "I burned through my savings",
    "A fatal error appeared on the screen",
    "I received a piece of paper",
    "The deadline passed",
    "Her personal injury lawyer called you",
]


@pytest.mark.parametrize("sentence", HARMLESS)
def test_a_harmless_sentence_tells_of_no_hazard(sentence: str) -> None:
    assert RULES.weigh(sentence).found == ()


def test_a_homonym_is_set_aside_with_the_longer_word_that_says_so() -> None:
    (aside,) = RULES.weigh("화상 통화가 자꾸 끊겨요").dismissed
    assert (aside.kind, aside.words, aside.reason, aside.by) == ("burn", ("화상",), "homonym", "화상 통화")


def test_a_hazard_beside_a_homonym_is_still_found() -> None:
    hazards = RULES.weigh("화상 통화를 하다가 충전기에 손을 데었어요")
    assert [hazard.kind for hazard in hazards.found] == ["burn"]
    assert [hazard.reason for hazard in hazards.dismissed] == ["homonym"]
