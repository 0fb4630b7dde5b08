"""Addresses down to the house: road names (도로명), lot numbers (지번), flats, and streets in English."""

import re

from shared.privacy.windows import mask_near

_B = r"[ \t,]{0,3}"
_S = r"[ \t]{1,2}"
_PROVINCE = (
    r"(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
    r"|충청북|충청남|전라북|전라남|경상북|경상남)(?:특별시|광역시|특별자치시|특별자치도|도|시)?"
)
_DISTRICT = r"[가-힣]{1,5}(?:시|군|구)"
_REGION = rf"(?<![가-힣])(?:{_PROVINCE}{_B}(?:{_DISTRICT}{_S}){{0,2}}|(?:{_DISTRICT}{_S}){{1,2}})"
_TOWN = r"[가-힣]{1,6}\d?(?:읍|면|동|리|가)"
_ROAD = r"[가-힣]{1,8}\d{0,3}(?:로|길|대로)"
_ALLEY = r"(?:\d{1,4}(?:번길|길|가길)[ \t]?)?"
_HOUSE = r"\d{1,5}(?:-\d{1,4})?"
# After a bare number a counter says that it is no house: "카드로 3만원", "전화로 2번".
_COUNTER = (
    r"(?:번(?![길지])|개|명|회|원|만|천|백|분|시간|시|일|월|년|주|차|배|%|퍼|킬|그램|미터|박스|장|병|통|팩|세트|인|살|세"
    r"|가지|대|건|초|반|학년|등|위|단계|호선|kg|g|cm|m|ml|L|l|W|V)"
)
_NO_COUNT = rf"(?!\d|[,.]\d|[ \t]?{_COUNTER})"
_BUILDING = (
    r"(?:아파트|빌라|오피스텔|타워|빌딩|단지|하우스|맨션|주택|상가|자이|래미안|푸르지오|힐스테이트|[Aa][Pp][Tt])"
)
_FLAT = (
    rf"(?:{_B}\([가-힣A-Za-z0-9 ,·]{{1,30}}\))?(?:{_B}[가-힣A-Za-z0-9]{{1,15}}{_BUILDING})?"
    rf"(?:{_B}[A-Za-z가-힣]?\d{{1,4}}동)?(?:{_B}(?:지하)?[ \t]?\d{{1,3}}층)?(?:{_B}\d{{1,5}}호)?"
)
_KOREAN = [
    re.compile(rf"{_REGION}(?:{_TOWN}{_S})?{_ROAD}[ \t]?{_ALLEY}{_HOUSE}(?:번지)?{_NO_COUNT}{_FLAT}"),
    re.compile(rf"{_REGION}(?:{_TOWN}{_S}){{0,2}}{_TOWN}{_S}(?:산[ \t]?)?{_HOUSE}(?:번지)?{_NO_COUNT}{_FLAT}"),
    re.compile(
        rf"(?<![가-힣]){_ROAD}[ \t]?{_ALLEY}{_HOUSE}{_B}(?:\([가-힣A-Za-z0-9 ,·]{{1,30}}\){_B})?"
        rf"[A-Za-z가-힣]?\d{{1,4}}동?{_B}\d{{1,5}}호"
    ),
    re.compile(rf"(?<![가-힣]){_TOWN}[ \t]{{0,2}}(?:산[ \t]?)?{_HOUSE}[ \t]?번지{_FLAT}"),
    re.compile(
        rf"(?:[가-힣A-Za-z0-9]{{0,15}}{_BUILDING}[ \t]{{0,2}})?"
        r"(?<![\dA-Za-z-])\d{2,4}동[ \t,]{0,2}\d{2,5}호(?!선|기|차|점)"
    ),
]
_STREET = re.compile(
    r"\d(?<![\w-]\d)\d{0,5} (?:[NSEW]\.? )?(?:[A-Z][a-z]{1,15}|\d{1,3}(?:st|nd|rd|th))(?: [A-Z][a-z]{1,15}){0,2} "
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Terrace|Highway|Hwy)\b\.?"
    r"(?:,? (?:Apt|Apartment|Unit|Suite|Ste)\.? ?#?\w{1,6})?"
)
_POSTCODE = re.compile(r"(우편번호[ \t:]{0,3})\d{5}(?!\d)")
# A house number stands behind the last letter of a road, town or lot, or before that of a flat.
_HOUSE_SIGN = re.compile(r"[로길동리가읍면][ \t,]{0,2}(?:산[ \t]?)?\d")
_BEFORE_HOUSE, _AFTER_HOUSE = 45, 70


def mask_addresses(text: str) -> str:
    """Addresses with a house number; a district or town alone leads to nobody and stays."""
    text = mask_near(text, _HOUSE_SIGN, _BEFORE_HOUSE, _AFTER_HOUSE, _mask_korean)
    return _POSTCODE.sub(r"\1[우편번호]", _STREET.sub("[주소]", text))


def _mask_korean(text: str) -> str:
    for pattern in _KOREAN:
        text = pattern.sub("[주소]", text)
    return text
