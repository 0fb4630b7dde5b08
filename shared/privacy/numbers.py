"""Numbers that lead to a person. Every repetition in a pattern has a limit, so a place costs bounded time."""

import re

from shared.privacy.checksums import is_barcode, is_resident_number, passes_luhn
from shared.privacy.windows import mask_near

_BLANK = r"[ \t\u00a0]"
_GAP = rf"(?:{_BLANK}{{0,2}}[-‐-―−ㅡ~·._/]{_BLANK}{{0,2}}|{_BLANK}{{0,2}})"
_BREAK = rf"(?:{_BLANK}{{0,2}}[-‐-―−ㅡ~·._/)]{_BLANK}{{0,2}}|{_BLANK}{{1,2}})"
_HIDDEN = r"[*●○xX•]"
_START = r"(?<![A-Za-z\d])(?<!\d-)"

_RESIDENT = re.compile(
    rf"(?<!\d)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]){_GAP}\d(?:\d{{6}}|{_HIDDEN}{{6}})(?!\d)"
)
_CARD = re.compile(
    rf"(?<![A-Za-z\d])(?:\d{{4}}{_GAP}(?:\d{{4}}|{_HIDDEN}{{4}}){_GAP}(?:\d{{4}}|{_HIDDEN}{{4}}){_GAP}\d{{4}}"
    rf"|3[47]\d\d{_GAP}\d{{6}}{_GAP}\d{{5}})(?!\d)"
)
_AREA = r"(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d)"
_PHONE = re.compile(
    rf"{_START}(?:"
    rf"(?:\+?82{_GAP}(?:\(0\)|0)?{_GAP}1[016789]|\(01[016789]\)|01[016789]\)?){_BREAK}?\d{{3,4}}{_GAP}\d{{4}}"
    rf"|(?:\+?82{_BREAK}(?:\(0\)|0)?{_AREA}|\(0{_AREA}\){_BLANK}{{0,2}}|0{_AREA}{_BREAK}){_BREAK}?\d{{3,4}}{_BREAK}\d{{4}}"
    rf"|\+\d{{1,3}}{_GAP}(?:\(?\d{{1,4}}\)?{_BREAK}){{1,4}}\d{{3,4}}"
    rf"|\+\d{{9,14}}"
    rf"|(?:\+?1[-. ])?(?:\(\d{{3}}\)[ ]?|[2-9]\d{{2}}[-.])\d{{3}}[-.]\d{{4}}"
    rf")(?!\d)"
)
_PHONE_SAID = re.compile(
    r"((?:전화|연락처|휴대폰|핸드폰|폰|팩스|[Tt][Ee][Ll]|[Pp]hone|[Ff]ax)[^\d\n]{0,10})(0\d{8,10})(?!\d)"
)
_BANK = (
    r"(?:(?:국민|신한|우리|하나|농협|기업|산업|수협|부산|대구|경남|광주|전북|제주|제일|SC제일|씨티|카카오|토스|케이)"
    r"(?:은행|뱅크)|농협|신협|신한|새마을금고|우체국|[Bb]ank)"
)
_ACCOUNT = r"\d(?:[ \t]?[-‐-―−]?[ \t]?\d){8,15}"
_ACCOUNT_AFTER = re.compile(
    rf"((?:계좌|입금|통장|{_BANK}|[Aa]ccount(?:[ ](?:number|no\.?|#))?)[^\d\n]{{0,12}})({_ACCOUNT})(?!\d)"
)
_ACCOUNT_BEFORE = re.compile(rf"(?<![A-Za-z\d-]){_ACCOUNT}(?=[^\d\n]{{0,3}}{_BANK})")
_LICENCE = re.compile(r"(?<![\d-])\d{2}-\d{2}-\d{6}-\d{2}(?![\d-])")
_PASSPORT = re.compile(
    r"((?:여권|[Pp]assport)[^\d\n]{0,12}?)(?<![A-Za-z])([A-Z]{1,2}\d{3}[A-Z\d]\d{3,4}|\d{8,9})(?![A-Za-z\d])"
)
# Seven digits close together: every number above has them.
_DENSE = re.compile(r"\d(?:[^\d\n]{0,8}[\d*●○xX•]){6,30}")
_BEFORE_DENSE, _AFTER_DENSE = 26, 14
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def mask_numbers(text: str) -> str:
    """Everything that is recognised by its digits."""
    return mask_near(text, _DENSE, _BEFORE_DENSE, _AFTER_DENSE, _mask_dense)


def _mask_dense(text: str) -> str:
    plain = text.translate(_NARROW)
    masked = _mask_plain(plain)
    return text if masked == plain else masked


def _mask_plain(text: str) -> str:
    """The most particular first: what is left is taken for less."""
    text = _RESIDENT.sub(_resident, text)
    text = _CARD.sub(_card, text)
    text = _LICENCE.sub("[면허번호]", text)
    text = _PASSPORT.sub(r"\1[여권번호]", text)
    text = _PHONE.sub("[전화]", text)
    text = _PHONE_SAID.sub(r"\1[전화]", text)
    text = _ACCOUNT_AFTER.sub(r"\1[계좌]", text)
    return _ACCOUNT_BEFORE.sub("[계좌]", text)


def _resident(found: re.Match[str]) -> str:
    digits = _digits(found.group())
    plain = len(digits) == 13 and found.group().isdecimal()
    if plain and is_barcode(digits) and not is_resident_number(digits):
        return found.group()
    return "[주민번호]"


def _card(found: re.Match[str]) -> str:
    digits = _digits(found.group())
    hidden = len(digits) < 15
    said = "카드" in found.string[max(0, found.start() - 12) : found.start()]
    payment = digits[0] in "3456" or "22" <= digits[:2] <= "27"
    if hidden or (payment and passes_luhn(digits)) or (said and not digits.startswith("20")):
        return "[카드번호]"
    return found.group()


def _digits(text: str) -> str:
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())
