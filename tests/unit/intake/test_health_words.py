"""What a text says of health becomes a kind; what it says of the product stays."""

import pytest

from services.intake.service import rules_of
from shared.runtime.settings import Settings

WORDS = rules_of(Settings(mode="local")).sight.words
BURN = "[건강 정보: 화상]"

SENTENCES = {
    "전기장판에서 불이 나 손에 화상을 입었어요": f"전기장판에서 불이 나 {BURN}",
    "두유를 먹고 배탈이 나서 병원에 다녀왔어요. 환불해 주세요.": f"두유를 먹고 {BURN}. 환불해 주세요.",
    "뚜껑이 터졌습니다. 아이가 얼굴을 다쳐 3주 치료를 받았습니다.": f"뚜껑이 터졌습니다. {BURN}.",
    "The lid flew off, and my son burned his hand. Please refund.": f"The lid flew off, {BURN}. Please refund.",
    "배송이 일주일째 안 와요.": "배송이 일주일째 안 와요.",
    "밥솥 뚜껑이 깨졌고 전원이 안 들어와요.": "밥솥 뚜껑이 깨졌고 전원이 안 들어와요.",
}


@pytest.mark.parametrize("said", SENTENCES)
def test_from_the_clause_that_speaks_of_health_to_the_end_of_the_sentence_only_the_kind_is_shown(said: str) -> None:
    assert WORDS.hide(said, "화상", "ko") == SENTENCES[said]


@pytest.mark.parametrize("detail", ["2도 화상", "3주 진단", "응급실", "임신 중", "stitches", "allergic"])
def test_no_detail_is_left_of_it(detail: str) -> None:
    said = f"제품이 고장 났고, {detail} 이야기를 했습니다. 교환을 원합니다."
    hidden = WORDS.hide(said, "", "ko")
    assert detail not in hidden
    assert hidden.endswith("교환을 원합니다.")


def test_words_that_the_hazards_were_known_by_are_hidden_too() -> None:
    assert WORDS.hide("밥솥 김에 살이 익었어요", "화상", "ko", ["살이 익었"]) == BURN


def test_letters_of_other_widths_are_seen_through() -> None:
    assert "Ｄｏｃｔｏｒ" not in WORDS.hide("It broke; the Ｄｏｃｔｏｒ said two weeks", "", "en")
