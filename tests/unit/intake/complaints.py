"""Complaints as customers write them: title, body, the category and the departments they belong to."""

from typing import Final

Belongs = list[tuple[str, str, str, list[str]]]

KOREAN: Final[Belongs] = [
    (
        "전기장판에서 불이 났어요",
        "자다가 전기장판에서 불이 나 손에 화상을 입었습니다",
        "product_safety",
        ["quality_safety", "development"],
    ),
    ("압력솥 폭발", "압력솥이 폭발해서 뚜껑이 날아갔습니다", "product_safety", ["quality_safety", "development"]),
    (
        "충전기 감전",
        "충전기를 꽂다가 감전됐어요. 안전 인증을 받은 제품 맞나요",
        "product_safety",
        ["quality_safety", "development"],
    ),
    (
        "젤리가 목에 걸렸어요",
        "아이가 젤리를 먹다 목에 걸려 위험했습니다",
        "product_safety",
        ["quality_safety", "production"],
    ),
    (
        "과자에서 벌레가 나왔어요",
        "봉지를 뜯었더니 벌레가 나왔습니다",
        "foreign_matter",
        ["production", "quality_safety"],
    ),
    ("라면에 머리카락", "라면 스프에서 머리카락이 나왔습니다", "foreign_matter", ["production", "quality_safety"]),
    ("우유가 상했어요", "유통기한이 남았는데 쉰내가 나고 변질됐습니다", "quality", ["production"]),
    ("식빵 곰팡이", "산 지 하루 만에 곰팡이가 피었어요", "quality", ["production"]),
    ("주스 맛이 이상해요", "주스 맛이 예전과 다르고 색도 이상합니다", "quality", ["production", "research"]),
    (
        "배탈이 났습니다",
        "도시락을 먹고 온 가족이 배탈이 났고 설사를 합니다",
        "health_effect",
        ["quality_safety", "research"],
    ),
    (
        "두드러기가 났어요",
        "크림을 바르고 두드러기가 나서 알레르기 반응이라고 합니다",
        "health_effect",
        ["quality_safety", "research"],
    ),
    (
        "청소기가 고장났어요",
        "산 지 한 달 된 청소기가 전원이 안 켜지고 작동이 안 됩니다",
        "defect",
        ["development", "production"],
    ),
    ("믹서기 소음", "소음이 너무 크고 흔들림이 심합니다. 불량품 같아요", "defect", ["development", "production"]),
    ("가습기에서 물이 새요", "하자가 있는지 물이 샙니다", "defect", ["development", "production"]),
    ("배송이 안 와요", "일주일째 배송 조회가 멈춰 있고 택배가 도착하지 않았습니다", "delivery", ["logistics"]),
    ("다른 물건이 왔어요", "주문한 것과 다른 상품이 왔습니다. 오배송이에요", "delivery", ["logistics"]),
    ("택배 분실", "문 앞에 두었다는데 택배가 없습니다", "delivery", ["logistics"]),
    (
        "환불해 주세요",
        "반품한 지 2주가 지났는데 환불이 안 됐습니다",
        "exchange_refund",
        ["customer_satisfaction", "sales"],
    ),
    (
        "교환 요청",
        "사이즈 교환을 신청했는데 수거를 안 해 갑니다",
        "exchange_refund",
        ["customer_satisfaction", "sales"],
    ),
    ("이중 결제", "같은 금액이 카드로 이중 결제 되었습니다", "payment", ["sales"]),
    ("요금이 잘못 청구됐어요", "청구서 금액이 다릅니다", "payment", ["sales"]),
    (
        "설치기사가 안 와요",
        "설치 일정을 세 번이나 미루고 방문하지 않았습니다",
        "installation_service",
        ["field_service"],
    ),
    ("A/S가 너무 늦어요", "수리 접수한 지 한 달인데 부품이 없다고만 합니다", "installation_service", ["field_service"]),
    ("상담원이 불친절해요", "상담원의 태도가 불친절하고 반말을 했습니다", "staff", ["customer_satisfaction"]),
    ("매장 직원 태도", "매장에서 직원이 짜증을 내고 무시했습니다", "staff", ["customer_satisfaction", "sales"]),
    ("허위 광고", "방송에서 쇼호스트가 말한 것과 다릅니다. 과장 광고예요", "advertising", ["advertising", "marketing"]),
    (
        "상세페이지와 다른 제품",
        "광고와 다르고 사진과 전혀 다른 물건입니다",
        "advertising",
        ["advertising", "marketing"],
    ),
    ("개인정보 유출", "제 개인정보가 유출되었다는 문자를 받았습니다", "privacy", ["information_security"]),
    (
        "광고 문자 수신 거부",
        "수신 거부를 했는데 스팸 문자가 계속 옵니다. 개인정보를 삭제해 주세요",
        "privacy",
        ["information_security"],
    ),
    ("렌탈 해지", "렌탈 해지를 했더니 위약금을 내랍니다", "contract", ["sales"]),
    ("정기배송 자동 연장", "구독 해지가 안 되고 약정이 자동 연장됐습니다", "contract", ["sales"]),
    (
        "알레르기 표시가 없어요",
        "포장 어디에도 원재료와 알레르기 유발 물질 표시가 없습니다",
        "labelling",
        ["research", "marketing"],
    ),
    ("원산지 표시", "원산지 표시가 잘못됐고 영양성분 함량도 다릅니다", "labelling", ["research", "marketing"]),
    ("포장이 엉망", "포장이 찢어지고 완충재도 없이 상자가 찌그러졌어요", "packaging", ["production", "logistics"]),
    (
        "주문이 취소됐어요",
        "재고가 없다며 주문이 강제 취소됐습니다. 품절이면 팔지 말아야죠",
        "ordering",
        ["sales", "logistics"],
    ),
    ("앱 로그인이 안 돼요", "앱이 자꾸 튕기고 비밀번호 찾기도 오류입니다", "website_app", ["marketing"]),
    ("적립금이 사라졌어요", "포인트 적립이 안 되고 쿠폰도 소멸됐습니다", "benefits", ["marketing"]),
]

ENGLISH: Final[Belongs] = [
    (
        "Heater caught fire",
        "The heater caught fire and I burned my hand",
        "product_safety",
        ["quality_safety", "development"],
    ),
    ("Glass in the soup", "There were pieces of glass in the soup", "foreign_matter", ["quality_safety", "production"]),
    ("Never arrived", "My order has not arrived and the tracking never changes", "delivery", ["logistics"]),
    (
        "Refund",
        "I returned it and I want my money back, no refund yet",
        "exchange_refund",
        ["customer_satisfaction", "sales"],
    ),
    ("Charged twice", "You charged me twice on my credit card, a billing mistake", "payment", ["sales"]),
    (
        "Blender stopped working",
        "The blender is defective and will not turn on",
        "defect",
        ["development", "production"],
    ),
    ("Rude agent", "The agent was rude and hung up on me", "staff", ["customer_satisfaction"]),
    (
        "Misleading",
        "The advertised product is not as described, false advertising",
        "advertising",
        ["advertising", "marketing"],
    ),
]
