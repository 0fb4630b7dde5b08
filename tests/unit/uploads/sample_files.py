"""Small files of every kind, made here, and some that deceive."""

import io
import struct
import zipfile
import zlib
from functools import cache
from typing import Final

WORD: Final = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
EXCEL: Final = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
HANGUL: Final = {"mimetype": b"application/hwp+zip", "Contents/content.hpf": b"<opf/>"}
PADDING: Final = bytes(64)


def png(width: int = 2, height: int = 3) -> bytes:
    """A PNG whose header states this size."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header)) + PADDING


def jpeg(width: int = 2, height: int = 3, before: bytes = b"") -> bytes:
    """A JPEG with a frame header of this size; `before` stands in an application segment."""
    segment = b"\xff\xe1" + struct.pack(">H", len(before) + 2) + before if before else b""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8" + segment + frame + b"\xff\xda" + PADDING + b"\xff\xd9"


def gif(width: int = 2, height: int = 3) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x00\x00\x00" + PADDING + b";"


def webp(width: int = 2, height: int = 3) -> bytes:
    """A lossless WebP header of this size."""
    bits = (width - 1) | (height - 1) << 14
    chunk = b"VP8L" + struct.pack("<I", 37) + b"\x2f" + struct.pack("<I", bits) + bytes(33)
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk + PADDING


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def heic(width: int = 2, height: int = 3) -> bytes:
    """A HEIC whose primary item has this size."""
    ispe = box(b"ispe", bytes(4) + struct.pack(">II", width, height))
    ipma = box(b"ipma", bytes(4) + struct.pack(">IHBB", 1, 1, 1, 1))
    iprp = box(b"iprp", box(b"ipco", ispe) + ipma)
    pitm = box(b"pitm", bytes(4) + struct.pack(">H", 1))
    infe = box(b"infe", b"\x02\x00\x00\x00" + struct.pack(">HH", 1, 0) + b"hvc1\x00")
    iinf = box(b"iinf", bytes(4) + struct.pack(">H", 1) + infe)
    meta = box(b"meta", bytes(4) + pitm + iinf + iprp)
    return box(b"ftyp", b"heic" + bytes(4) + b"mif1heic") + meta + box(b"mdat", PADDING)


def pdf() -> bytes:
    return b"%PDF-1.7\n" + PADDING + b"\n%%EOF"


def mp4() -> bytes:
    return box(b"ftyp", b"isom" + bytes(4) + b"isomavc1") + box(b"mdat", PADDING)


def mov() -> bytes:
    return box(b"ftyp", b"qt  " + bytes(4) + b"qt  ") + box(b"mdat", PADDING)


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return held.getvalue()


@cache
def zip_bomb(megabytes: int = 300) -> bytes:
    """A Word document that says openly that it unpacks to this much."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in WORD.items():
            made.writestr(name, content)
        with made.open("word/media/image1.bmp", "w", force_zip64=True) as member:
            for _ in range(megabytes):
                member.write(bytes(1024 * 1024))
    return held.getvalue()


def lying_zip_bomb(megabytes: int = 300) -> bytes:
    """The same, but its directory says that the big member unpacks to ten bytes."""
    made = bytearray(zip_bomb(megabytes))
    entry = made.rfind(b"PK\x01\x02")
    made[entry + 24 : entry + 28] = struct.pack("<I", 10)
    return bytes(made)


EVERY_KIND: Final = {
    "photo.jpg": (jpeg(), "image/jpeg", "jpeg"),
    "photo.png": (png(), "image/png", "png"),
    "photo.gif": (gif(), "image/gif", "gif"),
    "photo.webp": (webp(), "image/webp", "webp"),
    "photo.heic": (heic(), "image/heic", "heic"),
    "receipt.pdf": (pdf(), "application/pdf", "pdf"),
    "film.mp4": (mp4(), "video/mp4", "mp4"),
    "film.mov": (mov(), "video/quicktime", "mov"),
    "letter.docx": (archive(WORD), "application/octet-stream", "docx"),
    "table.xlsx": (archive(EXCEL), "", "xlsx"),
    "letter.hwpx": (archive(HANGUL), "application/hwp+zip", "hwpx"),
}
"""Name → content, declared type, code of the kind."""
