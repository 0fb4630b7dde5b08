"""A file is what its content says, within the limits, or it is not taken."""

from pathlib import Path

import pytest

from services.intake.domain.classify import SHIPPED
from shared.errors import Refused
from shared.rules import load_rules
from shared.uploads.inspection import Inspected, Inspection
from shared.uploads.kinds import MIB, FileKinds
from shared.uploads.refusals import (
    EmptyFile,
    HoldsMacros,
    HugeArchive,
    HugeImage,
    LargeFile,
    LyingName,
    UnknownKind,
    UnreadableFile,
)
from tests.unit.uploads.sample_files import (
    EVERY_KIND,
    EXCEL,
    WORD,
    archive,
    gif,
    heic,
    jpeg,
    lying_zip_bomb,
    pdf,
    png,
    webp,
    zip_bomb,
)

KINDS = load_rules(Path(SHIPPED) / "attachments.yaml", FileKinds)


async def inspected(content: bytes, name: str = "", declared: str = "", piece: int = 4096) -> Inspected:
    inspection = Inspection(KINDS, name, declared, "en")
    for start in range(0, len(content), piece):
        inspection.take(content[start : start + piece])
    return await inspection.end()


@pytest.mark.parametrize("name", EVERY_KIND)
async def test_every_kind_is_known_by_its_content(name: str) -> None:
    content, declared, code = EVERY_KIND[name]
    found = await inspected(content, name, declared)
    assert (found.kind.code, found.name, found.size) == (code, name, len(content))


@pytest.mark.parametrize("piece", [1, 7, 63, 64, 65, 100_000])
async def test_it_makes_no_difference_in_which_pieces_a_file_comes(piece: int) -> None:
    for name, (content, declared, code) in EVERY_KIND.items():
        assert (await inspected(content, name, declared, piece)).kind.code == code


async def test_a_name_without_an_ending_gets_the_one_of_its_kind() -> None:
    assert (await inspected(pdf(), "영수증")).name == "영수증.pdf"


@pytest.mark.parametrize(
    ("content", "name", "declared"),
    [
        (pdf(), "photo.jpg", ""),
        (png(), "photo.png", "application/pdf"),
        (archive(WORD), "photo.jpg", "image/jpeg"),
        (archive(EXCEL), "letter.docx", ""),
        (gif(), "film.mp4", "video/mp4"),
    ],
)
async def test_a_file_that_lies_about_what_it_is_is_refused(content: bytes, name: str, declared: str) -> None:
    with pytest.raises(LyingName) as refused:
        await inspected(content, name, declared)
    assert refused.value.inputs["found"]


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + bytes(100),
        b"\x7fELF" + bytes(100),
        b"<html><script>alert(1)</script></html>" + bytes(64),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>" + bytes(64),
        b"plain words, long enough to be looked at by anybody who wants to know what they are",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"x",
    ],
)
async def test_what_is_of_no_known_kind_is_refused(content: bytes) -> None:
    with pytest.raises(UnknownKind):
        await inspected(content, "photo.jpg", "image/jpeg")


async def test_an_archive_of_no_known_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        await inspected(archive({"a.txt": b"a"}), "files.zip", "application/zip")


async def test_an_unknown_kind_is_refused_before_all_of_it_has_come() -> None:
    inspection = Inspection(KINDS, "film.mp4", "", "en")
    with pytest.raises(UnknownKind):
        inspection.take(b"MZ" + bytes(100))


async def test_nothing_is_no_file() -> None:
    with pytest.raises(EmptyFile):
        await inspected(b"", "photo.jpg")


async def test_a_picture_beyond_the_limit_of_its_kind_is_refused_while_it_comes() -> None:
    inspection = Inspection(KINDS, "photo.jpg", "", "en")
    for piece in [jpeg(), *[bytes(MIB)] * 19]:
        inspection.take(piece)
    with pytest.raises(LargeFile):
        inspection.take(bytes(MIB))


async def test_only_the_head_of_a_picture_is_held() -> None:
    inspection = Inspection(KINDS, "photo.jpg", "", "en")
    for piece in [jpeg(), *[bytes(MIB)] * 10]:
        inspection.take(piece)
    assert len(inspection._held) < 2 * MIB


@pytest.mark.parametrize("make", [png, jpeg, gif, webp, heic], ids=lambda make: make.__name__)
async def test_an_image_bomb_is_refused_by_what_its_header_says(make: object) -> None:
    assert callable(make)
    with pytest.raises(HugeImage):
        await inspected(make(16_000, 16_000))


@pytest.mark.parametrize("size", [(30_001, 1), (60_000, 60_000)])
async def test_a_picture_may_be_neither_too_long_nor_too_large(size: tuple[int, int]) -> None:
    with pytest.raises(HugeImage):
        await inspected(png(*size))


async def test_a_large_photo_of_a_telephone_is_taken() -> None:
    assert (await inspected(jpeg(12_000, 9_000, before=bytes(60_000)))).kind.code == "jpeg"


@pytest.mark.parametrize(
    "content", [png()[:20] + bytes(60), png(0, 5), b"\xff\xd8\xff" + bytes(70), b"GIF89a" + bytes(70)]
)
async def test_a_picture_without_a_size_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        await inspected(content)


@pytest.mark.parametrize("bomb", [zip_bomb, lying_zip_bomb], ids=lambda make: make.__name__)
async def test_a_zip_bomb_is_refused_whether_it_admits_its_size_or_lies(bomb: object) -> None:
    assert callable(bomb)
    content = bomb()
    assert len(content) < MIB
    with pytest.raises((HugeArchive, UnreadableFile)):
        await inspected(content, "letter.docx")


async def test_an_archive_of_too_many_members_is_refused() -> None:
    with pytest.raises(HugeArchive):
        await inspected(archive(WORD | {f"word/{n}.xml": b"" for n in range(2001)}), "letter.docx")


async def test_a_document_with_macros_is_refused() -> None:
    with pytest.raises(HoldsMacros):
        await inspected(archive(WORD | {"word/vbaProject.bin": b"\x00"}), "letter.docx")


@pytest.mark.parametrize("cut", [70, 150, -30])
async def test_a_damaged_document_is_refused(cut: int) -> None:
    with pytest.raises(Refused):
        await inspected(archive(WORD | {"word/styles.xml": bytes(range(256)) * 20})[:cut], "letter.docx")
