"""Names of people, where the words around them say that they are names."""

import re
from itertools import product

from shared.privacy.not_names import NOT_NAMES

_SURNAME = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소"
    "석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용류"
)
_DOUBLE = "남궁|황보|제갈|사공|선우|서문|독고|동방"
_FULL = rf"(?:(?:{_DOUBLE})[가-힣]{{1,2}}|[{_SURNAME}][가-힣]{{2}})"
_ANY = rf"(?:{_FULL}|[{_SURNAME}][가-힣])"
_ALONE = "김박최강윤권황류홍송임조"

# A name is looked for backwards from a title: titles are rare, letters that may begin a name are not.
_TITLE = re.compile(
    "씨(?![티앗유])|님|고객|회원|상담사|상담원|기사|대리|과장|차장|팀장|부장|실장|본부장|점장|소장|센터장"
    "|사원|주임|매니저|사장|대표|이사|선생|교수|박사|원장|코디|플래너|변호사|의사|간호사|약사|어린이|할머니|할아버지|어르신|드림|올림|배상"
)
# What may stand directly behind a title: nothing of a longer word ("의사결정", "어린이집", "올림픽").
_AFTER_TITLE = re.compile(
    r"(?![가-힣])|님|께|[은는이가을를와과의도만측분]|에게|한테|에서|하고|랑|라고|라는|입니다|이라|이고|본인|명의"
)
# Last syllables that words have and names do not: endings of verbs and particles.
_NO_LAST = frozenset("님는를과와된될할했였던들께에의로워고며회위")
_COURTESY = ("씨", "님")
_SIGNATURE = ("드림", "올림", "배상")
_RANKS = ("과장", "대리", "부장", "차장", "팀장", "주임", "실장", "상담사", "상담원", "매니저", "씨")
_REACH = 6
_BEFORE = re.compile(rf"(?<![가-힣A-Za-z])({_ANY}|[{_ALONE}])[ \t]?\Z")

_ENDS = r"(?=[ \t\n,.)/·]|$|입니다|이고|이며|이라|라고|이에요|예요|에요|이요|이구|인데|임|씨|님)"
_SAID = re.compile(
    r"((?:이름|성함|성명|고객명|예금주명?|수취인|수령인|명의자|계약자|신청인|받는[ ]?(?:사람|분)|보내는[ ]?(?:사람|분))"
    rf"(?:[ \t]?(?:은|는|이|가)[ \t]{{1,2}}|[ \t]?[:：=-][ \t]{{0,2}}|[ \t]{{1,2}}))({_ANY}){_ENDS}"
)
_I_AM = re.compile(
    rf"((?:저(?<![가-힣]저)는|나(?<![가-힣]나)는|전(?<![가-힣]전)|본인은)[ \t]{{1,2}})({_FULL})"
    r"(?=입니다|이라고|라고|이고요|이에요|예요)"
)
_WORD = r"[A-Z][A-Za-z'’-]{1,20}"
# Each with the signs of which one has to be there, since most texts hold none: looking for them costs a tenth.
_ENGLISH = [
    (
        tuple(map("".join, product("nN", "aA", "mM", "eE"))),
        re.compile(
            r"((?i:my name is|full name:|customer name:|\bname:)[ \t]{1,2})"
            r"(?!(?:not|on|in|a|the|being|listed|misspelled|also|still|now|spelled|wrong|no)\b)"
            rf"[A-Za-z][A-Za-z'’-]{{1,20}}(?: {_WORD}){{0,2}}"
        ),
    ),
    (
        ("Mr", "Ms", "Mx", "Dr", "Miss"),
        re.compile(rf"\b((?:Mr|Mrs|Ms|Mx|Dr|Miss)\.?[ ]){_WORD}(?: {_WORD})?"),
    ),
    (
        ("Sincerely", "egards", "Respectfully", "Yours truly"),
        re.compile(rf"((?:Sincerely|[Rr]egards|Respectfully|Yours truly),?\s{{1,3}}){_WORD}(?: {_WORD}){{1,2}}"),
    ),
]
_ENGLISH_SIGNS = [(sign, pattern) for signs, pattern in _ENGLISH for sign in signs]


def mask_names(text: str) -> str:
    """Names before titles, after words that announce a name, and under a letter."""
    text = _I_AM.sub(_announced, _SAID.sub(_announced, text))
    text = _before_titles(text)
    for pattern in dict.fromkeys([pattern for sign, pattern in _ENGLISH_SIGNS if sign in text]):
        text = pattern.sub(r"\1[이름]", text)
    return text


def _before_titles(text: str) -> str:
    pieces: list[str] = []
    done = 0
    for title in _TITLE.finditer(text):
        name = _BEFORE.search(text, max(done, title.start() - _REACH), title.start())
        if name and _is_name(name.group(1), title, text):
            pieces += text[done : name.start()], "[이름]"
            done = name.end(1)
    return "".join([*pieces, text[done:]]) if pieces else text


def _is_name(name: str, title: re.Match[str], text: str) -> bool:
    """Whether the word before a title is a name: the shorter it is, the more the title has to say so."""
    word = title.group()
    if name in NOT_NAMES or name[-1] in _NO_LAST or not _AFTER_TITLE.match(text, title.end()):
        return False
    if len(name) == 1:
        return word in _RANKS
    if len(name) == 2:
        return word in _COURTESY or (word not in _SIGNATURE and text.startswith("님", title.end()))
    return True


def _announced(found: re.Match[str]) -> str:
    return found.group() if found.group(2) in NOT_NAMES else f"{found.group(1)}[이름]"
