"""What the index finds. The same questions would be asked of any other index behind the seam."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.search.grams import words_of
from shared.search.index import Entry, Scope, SearchIndex, mark, order_of
from shared.search.matching import answers
from shared.search.question import read_question
from shared.search.tantivy_index import TantivyIndex

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
EVERYTHING = Scope("complaint")


def an_entry(id: str, *texts: str, day: int = 0, version: int = 1, **marks: str) -> Entry:
    order = order_of(NOON + timedelta(days=day), id)
    return Entry("complaint", id, version, order, texts, (id,), [mark(*each) for each in marks.items()])


@pytest.fixture
async def index(tmp_path: Path) -> AsyncIterator[SearchIndex]:
    made = TantivyIndex(tmp_path)
    yield made
    await made.close()


async def found(index: SearchIndex, typed: str, scope: Scope = EVERYTHING) -> Sequence[str]:
    return [hit.id for hit in await index.search(read_question(typed), scope, 50)]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("두유에서 이물질이나왔어요", "이물질"),
        ("전액환불요청드립니다", "환불"),
        ("배송지연 때문에", "배송"),
        ("내용물이변질되었습니다", "변질"),
        ("Refunds were REFUSED", "refund refused"),
        ("제품 RC-880 의 소음", "rc880"),
        ("제품 RC880 의 소음", "RC-880"),
        ("유통기한이 지났어요", "유통 기한"),
        ("유통 기한이 지났어요", "유통기한"),
        ("칼에 베였어요", "칼"),
        ("주문번호 20261120-77 건", "20261120"),
    ],
)
async def test_it_is_found(index: SearchIndex, text: str, typed: str) -> None:
    await index.replace([an_entry("a", text), an_entry("b", "아무 상관 없는 다른 불만")])
    assert await found(index, typed) == ["a"]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("교환 불가라고 합니다", "환불"),
        ("환불은 되었고 배송이 늦었어요", "환불 -배송"),
        ("기한이 지난 유통 제품", '"유통 기한"'),
        ("스칼라", "칼"),
        ("이물질만 있음", "이물질 환불"),
    ],
)
async def test_it_is_not_found(index: SearchIndex, text: str, typed: str) -> None:
    await index.replace([an_entry("a", text)])
    assert await found(index, typed) == []


async def test_words_may_stand_in_title_and_body(index: SearchIndex) -> None:
    await index.replace([an_entry("a", "이물질 발견", "두유에서 나왔습니다")])
    assert await found(index, "이물질 두유") == ["a"]


async def test_a_phrase_does_not_run_from_title_into_body(index: SearchIndex) -> None:
    await index.replace([an_entry("a", "환불", "요청")])
    assert await found(index, '"환불 요청"') == []


async def test_the_newest_comes_first(index: SearchIndex) -> None:
    await index.replace([an_entry(id, "환불", day=day) for id, day in (("old", -400), ("new", 3), ("middle", 0))])
    assert await found(index, "환불") == ["new", "middle", "old"]


async def test_filters_hold_together_with_words(index: SearchIndex) -> None:
    await index.replace(
        [
            an_entry("a", "환불", state="assigned", severity="minor"),
            an_entry("b", "환불", state="answered", severity="minor"),
            an_entry("c", "배송", state="assigned", severity="minor"),
        ]
    )
    scope = Scope("complaint", [mark("state", "assigned"), mark("severity", "minor")])
    assert await found(index, "환불", scope) == ["a"]
    assert await found(index, "환불", Scope("product")) == []


async def test_what_is_put_in_again_takes_the_place_of_the_old(index: SearchIndex) -> None:
    await index.replace([an_entry("a", "홍길동이 불만")])
    await index.replace([an_entry("a", "가려진 글", version=2)])
    assert await found(index, "홍길동") == []
    assert await found(index, "가려진") == ["a"]
    assert await index.versions("complaint", ["a", "b"]) == {"a": 2}
    assert await index.count("complaint") == 1


async def test_what_is_gone_is_not_found(index: SearchIndex) -> None:
    await index.replace([an_entry("a", "환불"), an_entry("b", "환불")])
    await index.replace([], [("complaint", "a")])
    assert await found(index, "환불") == ["b"]


async def test_a_document_is_found_by_its_exact_name(index: SearchIndex) -> None:
    await index.replace([an_entry("123", "환불 456"), an_entry("456", "환불")])
    assert [hit.id for hit in await index.named("456", EVERYTHING, 5)] == ["456"]
    others = await index.search(read_question("456"), EVERYTHING, 5, unnamed="456")
    assert [hit.id for hit in others] == ["123"]


async def test_what_was_put_in_is_there_after_the_process_has_gone(tmp_path: Path) -> None:
    first = TantivyIndex(tmp_path)
    await first.replace([an_entry("a", "환불")])
    await first.close()
    second = TantivyIndex(tmp_path)
    assert await found(second, "환불") == ["a"]
    await second.close()


async def test_texts_that_share_rare_words_are_alike(index: SearchIndex) -> None:
    polite = "안녕하세요 문의드립니다 {} 부탁드립니다"
    texts = ["온도 조절기가 녹았어요", "두유가 상했어요", "상자가 찢어졌어요", "기사님이 늦었어요"]
    await index.replace([an_entry(str(n), polite.format(text)) for n, text in enumerate(texts)])
    (best, *_) = await index.like("온도조절기 녹음", EVERYTHING, 3)
    assert best.id == "0"
    rarity = await index.rarity(["안녕", "온도", "갑을"])
    assert rarity["온도"] > rarity["안녕"] > rarity["갑을"] == 0.0


WRITTEN = st.text(
    alphabet=st.sampled_from([*"가나다라마바사아자차카타파하이물질환불배송 .,!?-()", *"abcXYZ 0123", "😡", "文", "я"]),
    min_size=2,
    max_size=60,
)


@settings(max_examples=60)
@given(text=WRITTEN, data=st.data())
async def test_any_text_is_found_by_any_two_or_more_of_its_letters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    part = text[start : data.draw(st.integers(start + 2, len(text)))]
    with TemporaryDirectory() as folder:
        index = TantivyIndex(Path(folder))
        await index.replace([an_entry("a", text)])
        wanted = ["a"] if words_of(part) else []
        assert (await found(index, f'"{part}"') == ["a"]) or not words_of(part)
        assert await found(index, part.replace(" -", " ").lstrip("-")) == wanted or not words_of(part)
        await index.close()


@settings(max_examples=40)
@given(texts=st.lists(WRITTEN, min_size=1, max_size=8), typed=WRITTEN)
async def test_the_index_finds_what_a_reader_finds_by_reading(texts: list[str], typed: str) -> None:
    question = read_question(typed)
    with TemporaryDirectory() as folder:
        index = TantivyIndex(Path(folder))
        await index.replace([an_entry(str(n), text) for n, text in enumerate(texts)])
        by_reading = {str(n) for n, text in enumerate(texts) if answers(question, [text])}
        assert set(await found(index, typed)) == by_reading
        await index.close()
