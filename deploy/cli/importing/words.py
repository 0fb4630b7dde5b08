"""Words that stand in people's tables for the codes of a complaint's fields."""

from collections.abc import Mapping, Sequence
from typing import Final

YES: Final = frozenset({"true", "yes", "y", "1", "o", "예", "네", "있음", "있다", "참", "유", "해당", "맞음", "발생"})
NO: Final = frozenset(
    {"false", "no", "n", "0", "x", "아니오", "아니요", "없음", "없다", "거짓", "무", "미해당", "해당없음"}
)

CODES: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {
        "불만": "complaint", "클레임": "complaint", "피해": "damage", "사고": "damage", "문의": "inquiry",
        "제안": "suggestion", "건의": "suggestion", "칭찬": "praise",
    },
    "channel": {
        "웹": "web", "홈페이지": "web", "인터넷": "web", "온라인": "web", "앱": "app", "전화": "phone", "유선": "phone",
        "콜센터": "phone", "이메일": "email", "메일": "email", "매장": "store", "방문": "store", "우편": "post",
        "팩스": "fax", "채팅": "chat", "소비자원": "kca", "한국소비자원": "kca", "소비자상담센터": "1372",
    },
    "remedy_sought": {
        "수리": "repair", "교환": "exchange", "환급": "refund", "환불": "refund", "보상": "goodwill", "배상": "damages",
        "해제": "rescission", "해지": "termination", "이행": "performance", "사과": "apology", "정보": "information",
        "정보제공": "information",
    },
    "language": {"한국어": "ko", "korean": "ko", "영어": "en", "english": "en"},
}  # fmt: skip


def code_of(path: str, word: str) -> str:
    """The code that a word stands for; the word itself where none is known."""
    plain = "".join(word.casefold().split())
    return CODES.get(path, {}).get(plain, word)


def names_of(path: str, codes: Sequence[str]) -> str:
    """The codes of a field as they may stand in a table, each with its first word: `불만 (complaint), …`."""
    words: dict[str, str] = {}
    for word, code in CODES.get(path, {}).items():
        words.setdefault(code, word)
    return ", ".join(f"{words[code]} ({code})" if code in words else code for code in codes)
