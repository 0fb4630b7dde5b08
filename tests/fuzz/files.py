"""Files that are sent: good ones of every kind, tables, and what pretends to be one."""

import io
from functools import cache
from typing import Final

from hypothesis import strategies as st
from openpyxl import Workbook

from tests.fuzz import horrors
from tests.unit.uploads import sample_files

PRODUCTS: Final = "code,name,line\nRC-880,압력밥솥 880,가전\nSM-12,검은콩 두유,식품\n"
PEOPLE: Final = "id,name,department,roles\np-901,가나다,sales,agent\np-902,라마바,nowhere,\n"
EXPOSURES: Final = "product_code,measure,period,units\nRC-880,sold,2026-05,1200\n"
SPOILS: Final = 8


@cache
def workbook() -> bytes:
    """A small Excel file."""
    book = Workbook()
    assert book.active is not None
    for line in PRODUCTS.splitlines():
        book.active.append(line.split(","))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@cache
def samples() -> list[bytes]:
    """Content of every kind."""
    made = [sample_files.png(), sample_files.jpeg(), sample_files.gif(), sample_files.webp(), sample_files.heic()]
    tables = [text.encode(code) for text in (PRODUCTS, PEOPLE, EXPOSURES) for code in ("utf-8", "cp949", "utf-16")]
    return [*made, sample_files.pdf(), sample_files.mp4(), workbook(), *tables, *tables, b"", b"x", b"MZ" + bytes(90)]


NAMES: Final = (
    "사진.jpg",
    "a.png",
    "표.csv",
    "표.xlsx",
    "a.pdf",
    "a.exe",
    "a.jpg.exe",
    "",
    "a" * 300,
    "../../a.csv",
    "a\u202egpj.exe",
)
FIELDS: Final = (*["file"] * 9, "files", "kind", "", "file\x00")
TYPES: Final = ("image/jpeg", "text/csv", "application/pdf", "", "x" * 200, "text/csv; charset=utf-7")

_spoilt = st.tuples(st.sampled_from(samples()), st.integers(0, SPOILS - 1)).map(lambda c: horrors.spoil_bytes(*c))
contents = horrors.mostly(st.sampled_from(samples()), _spoilt, st.binary(max_size=200), of=6)
_names = horrors.mostly(st.sampled_from(NAMES), horrors.texts, of=4)
_parts = st.tuples(st.sampled_from(FIELDS), _names, st.sampled_from(TYPES), contents)
alone = st.tuples(contents, st.sampled_from(TYPES))
"""A file that is the whole body, and its media type."""
uploads = st.tuples(st.lists(_parts, min_size=1, max_size=3), st.sampled_from((0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5)))
"""Parts of a form, and how it is broken: 0 not at all."""
BOUNDARY: Final = b"zqboundary"


def multipart(parts: list[tuple[str, str, str, bytes]], broken: int) -> tuple[bytes, str]:
    """A form with files as bytes, and its media type."""
    body = b"".join(_part(*part) for part in parts) + b"--" + BOUNDARY + b"--\r\n"
    media_type = f"multipart/form-data; boundary={BOUNDARY.decode()}"
    match broken:
        case 1:
            return body[:-12], media_type
        case 2:
            return body.replace(b"\r\n", b"\n"), media_type
        case 3:
            return body, "multipart/form-data"
        case 4:
            return body, 'multipart/form-data; boundary="' + "b" * 300 + '"'
        case 5:
            return body.replace(b"form-data", b"attachment"), media_type
    return body, media_type


def _part(name: str, filename: str, media_type: str, content: bytes) -> bytes:
    said = f'form-data; name="{_quoted(name)}"; filename="{_quoted(filename)}"'.encode("utf-8", "surrogatepass")
    head = b"Content-Disposition: " + said + (f"\r\nContent-Type: {media_type}".encode() if media_type else b"")
    return b"--" + BOUNDARY + b"\r\n" + head + b"\r\n\r\n" + content + b"\r\n"


def _quoted(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
