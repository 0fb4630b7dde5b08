"""What names or leads to a person is masked; what tells of a thing stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.privacy.masking import mask

NAMES = [
    ("김철수 고객님께 연락 바랍니다", "[이름] 고객님께 연락 바랍니다"),
    ("박영희님이 받으셨어요", "[이름]님이 받으셨어요"),
    ("이민호씨가 설치했습니다", "[이름]씨가 설치했습니다"),
    ("황보람 상담원이 안내했어요", "[이름] 상담원이 안내했어요"),
    ("제갈공 씨와 통화했습니다", "[이름] 씨와 통화했습니다"),
    ("최 과장이 약속했습니다", "[이름] 과장이 약속했습니다"),
    ("제 이름은 홍길동입니다", "제 이름은 [이름]입니다"),
    ("성함: 정다은", "성함: [이름]"),
    ("예금주 임하나", "예금주 [이름]"),
    ("받는 사람은 오세훈이고 주소는 같아요", "받는 사람은 [이름]이고 주소는 같아요"),
    ("저는 한지민이라고 합니다", "저는 [이름]이라고 합니다"),
    ("강동원 드림", "[이름] 드림"),
    ("남궁민수님, 김하늘님 두 분", "[이름]님, [이름]님 두 분"),
    ("My name is John Smith and I am angry", "My name is [이름] and I am angry"),
    ("my name is anna", "my name is [이름]"),
    ("Mr. Brown and Mrs Green called", "Mr. [이름] and Mrs [이름] called"),
    ("Sincerely, Jane Doe", "Sincerely, [이름]"),
]

NUMBERS = [
    ("010-1234-5678로 전화 주세요", "[전화]로 전화 주세요"),
    ("01012345678", "[전화]"),
    ("010 1234 5678", "[전화]"),
    ("010.1234.5678", "[전화]"),
    ("０１０－１２３４－５６７８", "[전화]"),
    ("연락처는010-1234-5678입니다", "연락처는[전화]입니다"),
    ("011-234-5678", "[전화]"),
    ("02-123-4567", "[전화]"),
    ("031)123-4567", "[전화]"),
    ("070-1234-5678", "[전화]"),
    ("+82 10-1234-5678", "[전화]"),
    ("+82-2-123-4567", "[전화]"),
    ("전화 0212345678", "전화 [전화]"),
    ("공일공 일이삼사 오육칠팔", "[전화]"),
    ("+1 (202) 555-0143", "[전화]"),
    ("call 202-555-0143 please", "call [전화] please"),
    ("hong.gildong@example.com", "[이메일]"),
    ("메일은hong_1@example.co.kr로", "메일은[이메일]로"),
    ("hong 골뱅이 example.com", "[이메일]"),
    ("hong＠example.com", "[이메일]"),
    ("900101-1234567", "[주민번호]"),
    ("900101 1234567", "[주민번호]"),
    ("9001011234567", "[주민번호]"),
    ("900101-1******", "[주민번호]"),
    ("850505-5123456", "[주민번호]"),
    ("4111 1111 1111 1111", "[카드번호]"),
    ("4111-1111-1111-1111", "[카드번호]"),
    ("4111111111111111", "[카드번호]"),
    ("3782 822463 10005", "[카드번호]"),
    ("4111-****-****-1111", "[카드번호]"),
    ("카드번호는 9410 1234 5678 9012", "카드번호는 [카드번호]"),
    ("신한은행 110-123-456789", "신한은행 [계좌]"),
    ("환불 계좌: 123456-01-123456", "환불 계좌: [계좌]"),
    ("110-123-456789 국민은행", "[계좌] 국민은행"),
    ("account number 123456789012", "account number [계좌]"),
    ("여권 M12345678", "여권 [여권번호]"),
    ("passport no. M123A4567", "passport no. [여권번호]"),
    ("면허 11-22-123456-10", "면허 [면허번호]"),
    ("차량 12가3456이 막았어요", "차량 [차량번호]이 막았어요"),
    ("123가 4567", "[차량번호]"),
]

ADDRESSES = [
    ("서울 강남구 테헤란로 123", "[주소]"),
    ("서울특별시 강남구 테헤란로 123, 101동 202호로 보내 주세요", "[주소]로 보내 주세요"),
    ("경기도 성남시 분당구 판교역로 12번길 3-4", "[주소]"),
    ("부산 해운대구 우동 123-4번지", "[주소]"),
    ("강원도 춘천시 동면 만천리 45", "[주소]"),
    ("역삼동 123-45번지", "[주소]"),
    ("래미안아파트 101동 1502호", "[주소]"),
    ("101동 1502호 앞에 두세요", "[주소] 앞에 두세요"),
    ("세종대로 110, 3동 201호", "[주소]"),
    ("우편번호 06234", "우편번호 [우편번호]"),
    ("I live at 12 Oak Tree Street, Apt 5", "I live at [주소]"),
]

KEPT = [
    "고객님, 기사님, 선생님, 사장님, 상담원님, 어머님께",
    "날씨와 글씨와 아저씨와 마음씨",
    "저는 주부입니다",
    "저는 임산부입니다",
    "이름을 물어보니 성함은 모르겠다고",
    "빠른 답변 부탁 드림",
    "우수 고객이라면서",
    "정수기 고객센터",
    "설치 기사님이 안 오셨어요",
    "김 한 봉지와 배 두 개",
    "My name is on the list",
    "The doctor said so",
    "주문번호 20261122-0012345",
    "로트 L20261122-01",
    "제품번호 MX-2030-11",
    "모델 WM-F1234AB",
    "바코드 8801234567893",
    "2026-11-22 오전 10:30",
    "2026.11.22.",
    "1,234,567원을 냈습니다",
    "가격은 129000원",
    "고객센터 1588-1234",
    "080-123-4567",
    "운송장 123456789012",
    "송장번호 6012-3456-7890",
    "3월 15일 2시 30분에 5번 전화했습니다",
    "앞으로 3번 더",
    "친구 카드로 3만원",
    "전화로 2번 문의",
    "강남구에 삽니다",
    "서울 강남구 매장에서 샀어요",
    "용량 500ml 12개입 24000원",
    "10주 2026년",
    "30도 1200W",
    "유통기한 20261231",
    "시리얼 S/N 0123456789AB",
    "제조번호 A1234567",
    "lot 4411-2233",
    "Order 1234567890123456",
    "",
]


@pytest.mark.parametrize(("written", "masked"), NAMES + NUMBERS + ADDRESSES)
def test_what_leads_to_a_person_is_masked(written: str, masked: str) -> None:
    assert mask(written) == masked


@pytest.mark.parametrize("written", KEPT)
def test_what_tells_of_a_thing_stays(written: str) -> None:
    assert mask(written) == written


def test_everything_in_one_text_is_masked() -> None:
    text = "김철수 고객(010-1234-5678, kim@example.com)이 서울 마포구 양화로 45 101동 202호에서 로트 L2026-11을 받음"
    assert mask(text) == "[이름] 고객([전화], [이메일])이 [주소]에서 로트 L2026-11을 받음"


PIECES = [name for name, _ in NAMES + NUMBERS + ADDRESSES] + KEPT
PIECES += [
    "0",
    "1",
    "-",
    " ",
    "010",
    "1234",
    "김",
    "님",
    "씨",
    "[이름]",
    "서울 ",
    "로 ",
    "동",
    "호",
    "@",
    "카드",
    "\ud800",
]


@given(st.text(st.characters(exclude_categories=())) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_masked_text_stays_as_it_is(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@given(st.sampled_from(NUMBERS[:20]), st.text(st.sampled_from("가나다 .,\n😊"), max_size=30))
def test_a_number_is_masked_wherever_it_stands(told: tuple[str, str], around: str) -> None:
    assert told[1] in mask(f"{around}\n{told[0]}\n{around}")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["1", "0-", "a@", "김", "가로 1 ", "서울 ", "계좌 1-", "010", "님", "+1-", "[", "*-1"]
)
def test_a_megabyte_is_masked_in_linear_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert mask(mask(text)) == mask(text)
