"""Builds files of every format, by hand where no library can: each is small and wrong in exactly one way."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

ONE, TWO = "2026112010000001", "2026112010000002"
NAME, PHONE, ADDRESS = "가람비밀", "010-9876-1234", "없는시 비밀구 감춘길 77"
"""Of a buyer who does not exist, in the columns that are dropped on reading."""

HEADERS = ["상품주문번호", "주문번호", "취소 처리상태", "취소요청일", "취소사유", "구매자명", "구매자연락처", "배송지"]
ROW = [ONE, "2026112090000001", "취소요청", "2026-11-20 09:05", "구매의사취소", NAME, PHONE, ADDRESS]
TABLE: list[list[object]] = [HEADERS, ROW]
PASSWORD = "열쇠8642z"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def table(**cells: object) -> list[list[object]]:
    """The plain table with some cells of its row changed, by header without blanks."""
    free = [header.replace(" ", "") for header in HEADERS]
    row: list[object] = [*ROW]
    for header, cell in cells.items():
        row[free.index(header)] = cell
    return [HEADERS, row]


def xlsx(
    *sheets: Sequence[Sequence[object]], names: Sequence[str] = ("취소관리",), top: int = 0, left: int = 0
) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "yyyy/mm/dd hh:mm"})
        for number, rows in enumerate(sheets or [TABLE]):
            sheet = book.add_worksheet(names[number] if number < len(names) else None)
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(at + top, column + left, cell, day)
                    elif isinstance(cell, bool):
                        sheet.write_boolean(at + top, column + left, cell)
                    elif isinstance(cell, int | float):
                        sheet.write_number(at + top, column + left, cell)
                    elif cell is not None:
                        sheet.write_string(at + top, column + left, str(cell))
    return target.getvalue()


def changed(book: bytes, part: str, old: str | bytes, new: str | bytes, *, regex: bool = False) -> bytes:
    """A workbook with one text of one part replaced, which must stand there."""
    old, new = (text.encode() if isinstance(text, str) else text for text in (old, new))

    def change(content: bytes) -> bytes:
        found = re.sub(old, lambda _: new, content, count=1) if regex else content.replace(old, new, 1)
        assert found != content, (part, old)
        return found

    return rebuilt(book, {part: change})


def rebuilt(book: bytes, change: Mapping[str, object], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts changed by a function, replaced by bytes, or (None) left out; names that were not there are added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(target, "w", method) as archive:
        for name in source.namelist():
            new = change.get(name, source.read(name))
            if new is not None:
                archive.writestr(name, new(source.read(name)) if callable(new) else new)  # type: ignore[arg-type]
        for name in change.keys() - set(source.namelist()):
            archive.writestr(name, change[name])  # type: ignore[arg-type]
    return target.getvalue()


def cell(book: bytes, at: str, xml: str) -> bytes:
    """A workbook in which one cell is written as this XML."""
    return changed(book, "xl/worksheets/sheet1.xml", rf'<c r="{at}"[^>]*>.*?</c>', xml, regex=True)


def packed(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def locked(plain: bytes, password: str = PASSWORD) -> bytes:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(password, target)
    return target.getvalue()


def text(rows: Sequence[Sequence[object]] = TABLE, encoding: str = "utf-8", by: str = ",", end: str = "\r\n") -> bytes:
    lines = (by.join("" if cell is None else str(cell) for cell in row) for row in rows)
    return (end.join(lines) + end).encode(encoding)


def page(rows: Sequence[Sequence[object]] = TABLE, encoding: str = "utf-8", before: str = "") -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{cell or ''}</td>" for cell in row) + "</tr>" for row in rows)
    head = f'<head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head>'
    return f"<html>{head}<body>{before}<table border=1>{body}</table></body></html>".encode(encoding)


# ── a compound file (OLE), [MS-CFB], of streams of at least 4,096 bytes ──


def ole(streams: Mapping[str, bytes]) -> bytes:
    sectors: list[bytes] = []
    starts = []
    fat: list[int] = []
    for stream in streams.values():
        content = stream.ljust(4096, b"\0")
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        starts.append((len(sectors), len(content)))
        fat += [*range(len(sectors) + 1, len(sectors) + len(pieces)), 0xFFFFFFFE]
        sectors += pieces
    entries = [_entry("Root Entry", 5, 1 if streams else 0xFFFFFFFF, 0xFFFFFFFE, 0)]
    for number, (name, (start, size)) in enumerate(zip(streams, starts, strict=True), start=1):
        right = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, 0xFFFFFFFF, start, size, right))
    while len(entries) % 4:
        entries.append(bytes(68) + struct.pack("<III", *[0xFFFFFFFF] * 3) + bytes(48))
    directory = len(sectors)
    body = b"".join(entries)
    pieces = [body[at : at + 512] for at in range(0, len(body), 512)]
    fat += [*range(directory + 1, directory + len(pieces)), 0xFFFFFFFE]
    sectors += pieces
    count = -(-(len(fat) + 1) // 127)
    table_at = len(sectors)
    fat += [0xFFFFFFFD] * count
    table_bytes = struct.pack(f"<{len(fat)}I", *fat).ljust(count * 512, b"\xff")
    sectors += [table_bytes[at : at + 512] for at in range(0, len(table_bytes), 512)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, count, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    places = [*range(table_at, table_at + count), *[0xFFFFFFFF] * (109 - count)]
    return header + struct.pack("<109I", *places) + b"".join(sectors)


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = 0xFFFFFFFF) -> bytes:
    wide = name.encode("utf-16-le")
    entry = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide) + 2, kind, 1)
    return entry + struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36) + struct.pack("<IQ", start, size)


# ── .xls, [MS-XLS], of texts and numbers; an error where the cell is one ──

ERRORS = {"#DIV/0!": 0x07, "#N/A": 0x2A}


def xls(
    rows: Sequence[Sequence[object]] = TABLE, name: str = "취소관리", sheet: bytes | None = None, more: bytes = b""
) -> bytes:
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))

    wide = name.encode("utf-16-le")
    bound = record(0x85, struct.pack("<IHBB", 0, 0, len(name), 1) + wide)
    start = len(begin(5)) + len(bound) + 4
    bound = record(0x85, struct.pack("<IHBB", start, 0, len(name), 1) + wide)
    cells = []
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            head = struct.pack("<HHH", at, column, 0)
            if value in ERRORS:
                cells.append(record(0x205, head + bytes([ERRORS[str(value)], 1])))
            elif isinstance(value, int | float):
                cells.append(record(0x203, head + struct.pack("<d", value)))
            elif value is not None:
                letters = str(value)
                cells.append(record(0x204, head + struct.pack("<HB", len(letters), 1) + letters.encode("utf-16-le")))
    size = record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    part = begin(0x10) + size + b"".join(cells) + more + record(0x0A, b"")
    return ole({"Workbook": begin(5) + bound + record(0x0A, b"") + (part if sheet is None else sheet)})


# ── .xlsb, [MS-XLSB] ──


def xlsb(
    rows: Sequence[Sequence[object]] = TABLE,
    name: str = "취소관리",
    more: bytes = b"",
    beyond: tuple[int, int] | None = None,
) -> bytes:
    """beyond: row and column, from 0, of one more cell."""

    def record(kind: int, body: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length, size = len(body), b""
        while True:
            size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
            length >>= 7
            if not length:
                return number + size + body

    def wide(letters: str) -> bytes:
        return struct.pack("<I", len(letters)) + letters.encode("utf-16-le")

    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide(name))
    book += record(144) + record(132)
    sheet = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)) + record(145)
    for at, row in enumerate(rows):
        sheet += record(0, struct.pack("<IIHBBBI", at, 0, 300, 0, 0, 0, 0))
        for column, value in enumerate(row):
            head = struct.pack("<II", column, 0)
            if value in ERRORS:
                sheet += record(3, head + bytes([ERRORS[str(value)]]))
            elif isinstance(value, int | float):
                sheet += record(5, head + struct.pack("<d", value))
            elif value is not None:
                sheet += record(6, head + wide(str(value)))
    if beyond is not None:
        sheet += record(0, struct.pack("<IIHBBBI", beyond[0], 0, 300, 0, 0, 0, 0))
        sheet += record(5, struct.pack("<II", beyond[1], 0) + struct.pack("<d", 1))
    sheet += record(146) + more + record(130)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="{office}/{kind}" Target="{target}"/></Relationships>'
    )
    return packed(
        {
            "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": rels.format(office=office, kind="officeDocument", target="xl/workbook.bin").encode(),
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": rels.format(
                office=office, kind="worksheet", target="worksheets/sheet1.bin"
            ).encode(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
