"""Invented complaints in Korean and some English: sentences put together at random, the same for the same seed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

PRODUCTS: Final = (
    ("EB-200", "전기장판", "electric blanket"),
    ("AF-300", "에어프라이어", "air fryer"),
    ("RC-880", "압력밥솥", "rice cooker"),
    ("VC-510", "무선청소기", "cordless vacuum"),
    ("SM-120", "검은콩 두유", "black soy milk"),
    ("YG-310", "딸기 요거트", "strawberry yogurt"),
    ("TB-050", "즉석 떡볶이", "instant rice cakes"),
    ("CT-770", "캐시미어 코트", "cashmere coat"),
    ("PD-640", "구스다운 패딩", "goose down jacket"),
    ("AP-330", "공기청정기", "air purifier"),
    ("HM-210", "가습기", "humidifier"),
    ("KT-090", "전기포트", "electric kettle"),
)
TROUBLES: Final = (
    "{thing}에서 타는 냄새가 나더니 {part}{part_is} 녹아내렸습니다",
    "{thing}{as_object} 열어 보니 검은 이물질이 들어 있었어요",
    "{thing}의 {part}{part_is} {days}일 만에 고장 났습니다",
    "주문한 {thing}{is_} {days}일째 배송되지 않고 있습니다",
    "{thing} 포장이 찢어져 내용물이 새어 나왔어요",
    "{thing}{as_object} 먹고 나서 온 가족이 배탈이 났습니다",
    "{thing} 색상이 방송에서 본 것과 전혀 다릅니다",
    "{thing} 결제가 두 번 되어 카드사에 확인했습니다",
    "{thing} 수리를 맡겼는데 같은 증상이 또 나타났어요",
    "{thing}에서 {part} 소음이 너무 심해 잠을 잘 수 없습니다",
    "{thing}{is_} 변질되어 시큼한 맛이 났습니다",
    "상담원이 {thing} 문의에 불친절하게 대답했습니다",
    "{thing} 유통기한이 {days}일이나 지나 있었습니다",
    "{thing} {part}에 손을 베여 병원에서 치료를 받았습니다",
)
PARTS: Final = (
    "온도 조절기",
    "뚜껑",
    "손잡이",
    "전원 버튼",
    "충전 단자",
    "필터",
    "바닥판",
    "지퍼",
    "용기",
    "모터",
    "호스",
    "표시창",
)
WISHES: Final = (
    "전액환불을 원합니다",
    "새 제품으로 교환해 주세요",
    "담당자의 사과와 설명을 듣고 싶습니다",
    "수리비를 보상해 주시기 바랍니다",
    "원인을 조사해서 알려 주세요",
    "다른 고객에게도 같은 일이 없도록 조치해 주세요",
    "빠른 회수를 부탁드립니다",
)
ASIDES: Final = (
    "{month}월 {day}일에 {town} 매장에서 샀습니다",
    "홈쇼핑 방송을 보고 {count}개를 주문했습니다",
    "주문번호는 {order}입니다",
    "고객센터에 {count}번이나 전화했지만 연결되지 않았습니다",
    "영수증과 사진을 가지고 있습니다",
    "아이가 {count}살이라 더 걱정됩니다",
    "이웃집도 같은 제품을 쓰는데 문제가 없다고 합니다",
    "작년에도 비슷한 일이 있었지만 답을 받지 못했습니다",
    "{town} 사시는 부모님께 선물로 보낸 것입니다",
    "사용 설명서대로만 썼습니다",
    "보증 기간은 아직 {count}개월 남았습니다",
)
TOWNS: Final = (
    "강릉",
    "전주",
    "포항",
    "목포",
    "청주",
    "수원",
    "통영",
    "제천",
    "여수",
    "안동",
    "원주",
    "김해",
    "서귀포",
    "군산",
    "춘천",
)
ENGLISH: Final = (
    "The {thing} stopped working after {days} days",
    "There was a foreign object inside the {thing}",
    "My {thing} was delivered {days} days late and the box was torn",
    "I was charged twice for the {thing}",
    "The {thing} smells of burning whenever I switch it on",
    "Customer service was rude when I asked about the {thing}",
    "The {thing} looks nothing like the picture in the advertisement",
)
ENGLISH_ASIDES: Final = (
    "I want a full refund.",
    "Please send a replacement as soon as possible.",
    "I have called {count} times without an answer.",
    "My order number is {order}.",
    "I bought it in {town} on the {day}th.",
    "This is the second time it happened to me.",
)
PLAIN: Final[dict[str, Any]] = {
    "version": 1,
    "sequence": 3,
    "kind": "complaint",
    "channel": "web",
    "category_name": {"ko": "품질", "en": "Quality"},
    "complexity": "low",
    "impact": "low",
    "immediate_action": False,
    "confidence": 0.7,
}
START: Final = datetime(2025, 1, 1, tzinfo=UTC)


def complaints(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Documents with what is searched of a complaint, in the order in which they were filed."""
    random = Random(seed)
    for number in range(1, count + 1):
        code, korean, english = random.choice(PRODUCTS)
        text, language = _text(random, korean, english)
        filed_at = START + timedelta(seconds=300 * number)
        yield PLAIN | {
            "_id": f"{random.getrandbits(64):016x}{number:08x}",
            "number": f"C-2026-{number:06d}",
            "title": text.split(".")[0][:60],
            "body": text,
            "product_code": f"{code}-{random.randint(1, 40)}",
            "product_name": korean if language == "ko" else english,
            "language": language,
            "filed_at": filed_at,
            "knowledge_at": filed_at,
            "told_at": filed_at,
            "state": random.choice(("received", "assigned", "investigating", "answered", "resolved")),
            "category": random.choice(("quality", "delivery", "defect", "foreign_matter", "exchange_refund")),
            "severity": random.choice(("minor", "minor", "moderate", "serious", "critical")),
        }


def _particle(word: str, after_final: str, after_vowel: str) -> str:
    """The form of a particle that follows this word."""
    return after_final if (ord(word[-1]) - ord("가")) % 28 else after_vowel


def _text(random: Random, korean: str, english: str) -> tuple[str, str]:
    fill: dict[str, object] = {
        "days": random.randint(2, 60),
        "month": random.randint(1, 12),
        "day": random.randint(1, 28),
        "count": random.randint(2, 12),
        "order": random.randint(10**9, 10**10),
        "town": random.choice(TOWNS),
        "part": random.choice(PARTS),
    }
    if random.random() < 0.15:
        said = [random.choice(ENGLISH), *random.sample(ENGLISH_ASIDES, random.randint(2, 5))]
        return ". ".join(part.format(thing=english, **fill).rstrip(".") for part in said) + ".", "en"
    fill |= {"is_": _particle(korean, "이", "가"), "as_object": _particle(korean, "을", "를")}
    fill["part_is"] = _particle(str(fill["part"]), "이", "가")
    said = [random.choice(TROUBLES), *random.sample(ASIDES, random.randint(2, 7)), random.choice(WISHES)]
    return ". ".join(part.format(thing=korean, **fill) for part in said) + ".", "ko"
