"""Finds what the reader of workbooks does not tell: cells that are not blank but have no value, and scattered sheets.

It gives "" for errors (#N/A) and for formulas without a computed result, so a 발송처리일 with #N/A would look like a parcel
that never left. Therefore these cells are searched for in the file itself. So are the merged cells of an .xlsb, and the
range of sheets that take it too much memory (see `extent`).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from xml.etree import ElementTree

import olefile

from processor.opener.damage import DAMAGE
from processor.opener.extent import LastRow, Scattered, column_number, filled, scattered
from processor.opener.reply import NOT_WORKED_OUT, Refusal

Faults = dict[str, dict[int, dict[int, str]]]
"""Sheet → row → column (both from 0) → the text of the cell."""


class Findings(NamedTuple):
    faults: Faults = {}  # noqa: RUF012 - never changed
    scattered: dict[str, Scattered] = {}  # noqa: RUF012 - by sheet; never changed


_CHUNK = 1 << 20
_MOST_SHEETS = 1_000
_CLUES = (b't="e"', b"t='e'", b"<f")
_PREFIXED_CLUE = re.compile(rb":f[\s/>]")
_CLUE = re.compile(rb"\st=[\"']e[\"']|<(?:\w+:)?f[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c\s")
_END = re.compile(rb"</(?:\w+:)?c\s*>")
_AT = re.compile(rb"\sr=[\"']([A-Z]{1,3})([1-9]\d{0,6})[\"']")
_TYPE = re.compile(rb"\st=[\"'](\w+)[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<")
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_DAMAGE: tuple[type[Exception], ...] = (*DAMAGE, ElementTree.ParseError, struct.error, LookupError)
"""Errors raised for a damaged archive, or for a part of it that is not XML."""


def findings_in_zip(archive: zipfile.ZipFile) -> Findings | Refusal:
    """Of an .xlsx, .xlsm or .xlsb. Every part is unpacked once, which also reveals a false size; few sheets twice."""
    try:
        parts = sheet_parts(archive)
        if len(parts) > _MOST_SHEETS:
            return Refusal("file_too_large.sheets", n=_MOST_SHEETS)
        of_part = {part: _in_part(archive, part) for part in dict.fromkeys(parts.values())}
        _unpack_the_rest(archive, of_part.keys())
    except _NoPlace:
        return Refusal("file_unreadable.faults")
    except _DAMAGE:
        return Refusal("file_unreadable")
    return Findings(
        {name: faults for name, part in parts.items() if (faults := of_part[part][0])},
        {name: wide for name, part in parts.items() if (wide := of_part[part][1])},
    )


def _in_part(archive: zipfile.ZipFile, part: str) -> tuple[dict[int, dict[int, str]], Scattered | None]:
    """The faults of a sheet, and its range if rows are missing in it. Only then it is read once more."""
    binary, last = part.endswith(".bin"), LastRow()
    rows: defaultdict[int, dict[int, str]] = defaultdict(dict)
    with archive.open(part) as stream:
        for row, column, says in (_in_binary if binary else _in_xml)(stream.read, last):
            rows[row][column] = says
    wide = None
    if last.is_beyond(archive.getinfo(part).file_size):
        sheet = archive.read(part)
        wide = scattered(_filled_in_binary(sheet) if binary else filled(sheet))
    return dict(rows), wide


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The path of each worksheet in the archive, by the name of the sheet."""
    names = {name.lower(): name for name in archive.namelist()}
    binary = names.get("xl/workbook.bin")
    if binary is not None:
        sheets = list(_sheets_of_binary(archive.read(binary)))
        relations = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.bin.rels"]))
    else:
        workbook = ElementTree.fromstring(archive.read(names["xl/workbook.xml"]))
        relations = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))
        sheets = [(sheet.attrib["name"], _relation(sheet)) for sheet in workbook.iter() if _is(sheet, "sheet")]
    targets = {each.attrib["Id"]: each.attrib["Target"] for each in relations if _is(each, "Relationship")}
    found = {}
    for name, relation in sheets:
        target = targets.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if (part := names.get(path.lower())) is not None:
            found[name] = part
    return found


def _is(element: ElementTree.Element, tag: str) -> bool:
    return element.tag.rpartition("}")[2] == tag


def _relation(sheet: ElementTree.Element) -> str:
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")


def _unpack_the_rest(archive: zipfile.ZipFile, read: Container[str]) -> None:
    """Raises BadZipFile if a part is longer than declared, because the reader of workbooks would unpack all of it."""
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".bin", ".rels")) and member.filename not in read:
            with archive.open(member) as stream:
                while stream.read(_CHUNK):
                    pass


class _NoPlace(Exception):
    """A cell without a value that has no address."""


def _in_xml(read: Callable[[int], bytes], last: LastRow) -> Iterator[tuple[int, int, str]]:
    rest = b""
    while chunk := read(max(_CHUNK, len(rest))):  # twice as much each time while no cell ends: in all, linear
        text = rest + chunk
        last.look(text)
        whole, end, rest = text.rpartition(b"</c>")
        if not end:
            whole, _, rest = text.rpartition(b":c>")
        if _has_clue(whole):
            yield from _in_cells(whole)
    if _has_clue(rest):
        yield from _in_cells(rest)


def _has_clue(xml: bytes) -> bool:
    """Can this part have faulty cells?

    Checks 1 GB a second for each of four clues; the exact search does 50 MB a second.
    """
    return any(clue in xml for clue in _CLUES) or _PREFIXED_CLUE.search(xml) is not None


def _in_cells(xml: bytes) -> Iterator[tuple[int, int, str]]:
    done = 0  # so far the bytes have been looked at: each byte once
    for clue in _CLUE.finditer(xml):
        if clue.start() < done:
            continue  # a further clue in the same cell
        begin = xml.rfind(b"<", done, clue.start() + (not clue[0].startswith(b"<")))
        if begin < 0 or not _CELL.match(xml, begin):
            done = clue.end()  # the same letters in another element
            continue
        end = _END.search(xml, clue.end())
        done = end.start() if end else len(xml)
        cell = xml[begin:done]
        if (says := _fault(cell)) is not None:
            if (at := _AT.search(cell)) is None:
                raise _NoPlace
            yield int(at[2]) - 1, column_number(at[1].decode()) - 1, says


def _fault(cell: bytes) -> str | None:
    kind, value = _TYPE.search(cell), _VALUE.search(cell)
    if kind is not None and kind[1] == b"e":
        return value[1].decode("utf-8", "replace") if value and value[1] else "#N/A"
    if value is None or (not value[1] and (kind is None or kind[1] != b"str")):
        return NOT_WORKED_OUT
    return None  # a formula with its value, which may be an empty text


# ── .xlsb: records of a number, a length and their bytes, [MS-XLSB] 2.1.4 ──

_RANGE = struct.Struct("<IIII")  # first and last row, first and last column
_ROW, _CELL_ERROR, _FORMULA_ERROR, _SHEET, _MERGE = 0, 3, 11, 156, 176
_WITH_A_VALUE = range(2, 12)
"""Kinds of cells; 1 is a cell that only has a format."""


def _in_binary(read: Callable[[], bytes], last: LastRow) -> Iterator[tuple[int, int, str]]:
    row = 0
    for kind, body in _records(read()):
        if kind == _ROW and len(body) >= 4:
            row = struct.unpack_from("<I", body)[0]
            last.number = row + 1
        elif kind in (_CELL_ERROR, _FORMULA_ERROR) and len(body) >= 9:
            yield row, struct.unpack_from("<I", body)[0], _ERRORS.get(body[8], "#N/A")


def _filled_in_binary(sheet: bytes) -> Iterator[tuple[int, int]]:
    row = 0
    for kind, body in _records(sheet):
        if kind == _ROW and len(body) >= 4:
            row = struct.unpack_from("<I", body)[0] + 1
        elif kind in _WITH_A_VALUE and len(body) >= 4:
            yield row, struct.unpack_from("<I", body)[0] + 1


def _sheets_of_binary(workbook: bytes) -> Iterator[tuple[str, str]]:
    for kind, body in _records(workbook):
        if kind == _SHEET:
            relation, at = _wide_text(body, 8)
            name, _ = _wide_text(body, at)
            yield name, relation


def _wide_text(body: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * struct.unpack_from("<I", body, at)[0]
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        yield kind, data[at : at + length]
        at += length


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number and the place after it.

    Each byte has seven bits, the lowest first; the eighth bit means that more follow.
    """
    number = 0
    for place in range(most):
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            break
    return number, at


def merges_in_binary(data: bytes, sheet: str) -> list[tuple[int, int, int, int]]:
    """Top, left, bottom and right of each range of merged cells of an .xlsb. The reader of workbooks gives none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = sheet_parts(archive).get(sheet)
            content = archive.read(part) if part else b""
    except _DAMAGE:
        return []  # a damaged zip is refused before this
    ranges = (
        _RANGE.unpack_from(body) for kind, body in _records(content) if kind == _MERGE and len(body) >= _RANGE.size
    )
    return [(top, left, bottom, right) for top, bottom, left, right in ranges]


# ── .xls: records of a number, a length and their bytes, [MS-XLS] 2.1.4 ──

_BOUND_SHEET, _END_OF_PART, _FORMULA, _TRUTH_OR_ERROR = 0x85, 0x0A, 0x06, 0x205


def findings_in_ole(data: bytes) -> Findings | Refusal:
    """Of an .xls, whose range is small enough: 65,536 rows and 256 columns at most."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            stream = next((name for name in ("Workbook", "Book") if container.exists(name)), None)
            if stream is None:
                return Refusal("file_unreadable")
            book = container.openstream(stream).read()
        sheets = [body for kind, body in _old_records(book, 0) if kind == _BOUND_SHEET]
        if len(sheets) > _MOST_SHEETS:
            return Refusal("file_too_large.sheets", n=_MOST_SHEETS)
        found: Faults = {}
        for body in sheets:
            begin, name = struct.unpack_from("<I", body)[0], _old_name(body, eight_bit=stream == "Book")
            rows: defaultdict[int, dict[int, str]] = defaultdict(dict)
            for row, column, says in _in_old_records(book, begin):
                rows[row][column] = says
            if rows:
                found[name] = dict(rows)
    except (OSError, struct.error, LookupError, ValueError, TypeError, AttributeError):
        return Refusal("file_unreadable")
    return Findings(found)


def _in_old_records(book: bytes, begin: int) -> Iterator[tuple[int, int, str]]:
    for kind, body in _old_records(book, begin):
        if kind == _TRUTH_OR_ERROR and len(body) >= 8 and body[7]:
            yield *struct.unpack_from("<HH", body), _ERRORS.get(body[6], "#N/A")
        elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
            yield *struct.unpack_from("<HH", body), _ERRORS.get(body[8], "#N/A")


def _old_records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the file, up to its end."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _END_OF_PART:
            return
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _old_name(body: bytes, *, eight_bit: bool) -> str:
    if eight_bit:
        return body[7 : 7 + body[6]].decode("cp949", "replace")
    wide = body[7] & 1
    return body[8 : 8 + body[6] * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
