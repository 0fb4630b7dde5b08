"""Signs of other kinds that lead to a person: e-mail addresses, spoken phone numbers, car plates."""

import re

_EMAIL = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}[ \t]?(?:@|＠|골뱅이|\(at\)|\[at\])[ \t]?"
    r"(?:[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}"
    r"|(?:네이버|지메일|다음|한메일|네이트)[ \t]?(?:닷컴|점컴|닷넷)?)"
)
_AT = ("@", "＠", "골뱅이", "(at)", "[at]")
_DIGIT = "[공영일이삼사오육륙칠팔구]"
_SPOKEN_PHONE = re.compile(rf"공일[공육칠팔구일][ \t-]?{_DIGIT}{{3,4}}[ \t-]?{_DIGIT}{{4}}")
_PLATE = re.compile(
    r"\d(?<![A-Za-z\d]\d)\d{1,2}(?:"
    r"[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주아바사자배하허호]\d{4}"
    r"|[가나다라마거너더러머버서어저고노모보소오조누두루무우바허]\s\d{4})(?![\d년원개%]|[ \t]?[억만원천])"
)


def mask_signs(text: str) -> str:
    """E-mail addresses (also with the sign written out), phone numbers in words, car plates."""
    if [sign for sign in _AT if sign in text]:
        text = _EMAIL.sub("[이메일]", text)
    if "공일" in text:
        text = _SPOKEN_PHONE.sub("[전화]", text)
    return _PLATE.sub("[차량번호]", text)
