"""Every file of the corpus: its name, its bytes, and the expected result, which was written by hand.

`rows`: the number of orders that it gives. `codes`: the codes of the problems of the file, its sheets and its rows,
sorted; a code such as `file_unreadable.pdf` names the sentence too. Every file lies in a folder of its own, so that its
name may be of any kind.
"""

from __future__ import annotations

import io
import random
import re
import struct
import sys
import unicodedata
import zipfile
from datetime import datetime
from typing import NamedTuple

from build import (
    HEADERS,
    ONE,
    PNG,
    ROW,
    TABLE,
    TWO,
    cell,
    changed,
    locked,
    ole,
    packed,
    page,
    rebuilt,
    table,
    text,
    xls,
    xlsb,
    xlsx,
)

PLAIN = xlsx()
MARKS = "\u0301\u0316" * 150_000
"""Combining marks of two classes by turns, which it takes minutes to normalise."""
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
DAMAGED = ("file_unreadable",)
HALF = ("file_unreadable.half",)
UNKNOWN = ("unknown_export",)


class Case(NamedTuple):
    name: str
    content: bytes
    rows: int = 1
    codes: tuple[str, ...] = ()


def good(name: str, content: bytes, rows: int = 1) -> Case:
    return Case(name, content, rows)


def bad(name: str, content: bytes, *codes: str, rows: int = 0) -> Case:
    return Case(name, content, rows, tuple(sorted(codes)))


def far(place: str, inside: str = "<v>1</v>") -> str:
    """The end of a sheet with one more cell, far away from the table."""
    row = re.sub("[A-Z]", "", place)
    return f'<row r="{row}"><c r="{place}" s="0">{inside}</c></row></sheetData>'


# ── by content, whatever the name says ──

NAMES = [
    "취소.xlsx",
    "취소.xls",
    "취소.xlsm",
    "취소.csv",
    "취소.txt",
    "취소.XLSX",
    "취소",
    "취소.xlsx.xlsx",
    "취소 (1).xlsx",
]
NAMES += ["엑셀 (2) - 복사본.xlsx", unicodedata.normalize("NFD", "취소관리.xlsx"), "가" * 70 + ".xlsx", "🙂.xlsx"]
NAMES += [
    "\u202excod.xlsx",
    "취소\u200b.xlsx",
    "=1+1.xlsx",
    "-취소.xlsx",
    "취소;rm -rf.xlsx",
    "$(id).xlsx",
    "취소%s{n}.xlsx",
]
FORBIDDEN = [
    "CON.xlsx",
    "취소:관리?.xlsx",
    'a"b<c>|*.xlsx',
    "끝이 점.",
    "줄\n바꿈.xlsx",
    "back\\slash.xlsx",
]  # on Windows
named = [good(f"{name}", PLAIN) for name in NAMES + (FORBIDDEN if sys.platform != "win32" else [])]

contents = [
    good("엑셀이라는 csv.xlsx", text()),
    good("엑셀이라는 csv.xls", text(encoding="cp949")),
    good("csv라는 xls.csv", xls()),
    good("옛 엑셀.xls", xls()),
    good("옛 엑셀이라는 xlsx.xlsx", xls()),
    good("이진.xlsb", xlsb()),
    good("이진이라는 xlsx.xlsx", xlsb()),
    good("매크로.xlsm", rebuilt(PLAIN, {"xl/vbaProject.bin": ole({"VBA": b"x"})})),
    good("잠김.xlsx", locked(PLAIN)),
    good("잠긴 이진.xlsx", locked(rebuilt(xlsb(), {"docProps/x": random.Random(1).randbytes(6000)}))),
    good("웹페이지.xls", page()),
    good("웹페이지 cp949.xls", page(encoding="cp949")),
    good("웹페이지라는 xlsx.xlsx", page()),
    good("묶음.zip", packed({"취소.xlsx": PLAIN})),
    good("묶음이라는 xlsx.xlsx", packed({"a/취소.csv": text()})),
]

# ── what is no spreadsheet ──

HWP = ole({"FileHeader": b"HWP Document File" + bytes(300), "DocInfo": b"x"})
ODS = packed(
    {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}, zipfile.ZIP_STORED
)
ODT = packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}, zipfile.ZIP_STORED)
OLD_XML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="취소관리"><Table><Row><Cell><Data>상품주문번호</Data></Cell></Row></Table></Worksheet></Workbook>'
).encode()
LOGIN = "<!DOCTYPE html><html><body><form><input name=id><input type='PassWord'></form><table><tr><td>로그인</td></tr></table>"

foreign = [
    bad("문서.pdf", b"%PDF-1.7\n1 0 obj\n", "file_unreadable.pdf"),
    bad("문서라는 xlsx.xlsx", b"%PDF-1.4 \x00\x01", "file_unreadable.pdf"),
    bad("그림.xlsx", PNG, "file_unreadable.picture"),
    bad("사진.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF", "file_unreadable.picture"),
    bad("그림.gif", b"GIF89a\x01\x00\x01\x00", "file_unreadable.picture"),
    bad("그림.bmp", b"BM\x3a\x00\x00\x00\x00\x00", "file_unreadable.picture"),
    bad("그림.tif", b"II*\x00\x08\x00\x00\x00", "file_unreadable.picture"),
    bad("그림.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 ", "file_unreadable.picture"),
    bad("로그인.xls", LOGIN.encode(), "file_unreadable.login"),
    bad("로그인.xlsx", LOGIN.encode("cp949"), "file_unreadable.login"),
    bad("표 없는 웹페이지.xls", b"<html><body><p>500 Internal Server Error</p></body></html>", "file_unreadable.html"),
    bad("빈 표.xls", b"<html><table></table></html>", "file_unreadable.html"),
    bad("엑셀 2003.xml", OLD_XML, "file_unreadable.old_xml"),
    bad("리브레.ods", ODS, "file_unreadable.ods"),
    bad("리브레라는 xlsx.xlsx", ODS, "file_unreadable.ods"),
    bad("글.odt", ODT, "file_unreadable.document"),
    bad("애플.numbers", packed({"Index/Document.iwa": b"x", "preview.jpg": b"x"}), "file_unreadable.numbers"),
    bad("옛 애플.numbers", packed({"Index.zip": b"x"}), "file_unreadable.numbers"),
    bad(
        "워드.docx", packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "file_unreadable.document"
    ),
    bad("발표.pptx", packed({"ppt/presentation.xml": b"<x/>"}), "file_unreadable.document"),
    bad("한글.hwp", HWP, "file_unreadable.document"),
    bad(
        "한글.hwpx",
        packed({"mimetype": b"application/hwp+zip", "Contents/content.hpf": b"<x/>"}),
        "file_unreadable.document",
    ),
    bad("옛 한글.hwp", b"HWP Document File V3.00 \x1a\x01\x02", "file_unreadable.document"),
    bad("옛 워드.doc", ole({"WordDocument": b"x"}), "file_unreadable.document"),
    bad("옛 발표.ppt", ole({"PowerPoint Document": b"x"}), "file_unreadable.document"),
    bad("글.rtf", b"{\\rtf1\\ansi x}", "file_unreadable.document"),
    bad("압축.7z", b"7z\xbc\xaf\x27\x1c\x00\x04", "file_unreadable.packed"),
    bad("압축.rar", b"Rar!\x1a\x07\x01\x00", "file_unreadable.packed"),
    bad("압축.gz", b"\x1f\x8b\x08\x00\x00", "file_unreadable.packed"),
    bad("알집.alz", b"ALZ\x01\x0a\x00\x00\x00", "file_unreadable.packed"),
    bad("알집.egg", b"EGGA\x00\x01", "file_unreadable.packed"),
    bad("프로그램.xlsx", b"MZ\x90\x00\x03\x00\x00\x00", "file_unreadable.program"),
    bad("프로그램", b"\x7fELF\x02\x01\x01\x00", "file_unreadable.program"),
    bad("앱.apk", packed({"AndroidManifest.xml": b"x", "classes.dex": b"x"}), "file_unreadable.program"),
    bad("빈 파일.xlsx", b"", "file_unreadable.empty"),
    bad("빈칸뿐.csv", b" \r\n\t \r\n", "file_unreadable.blank"),
    bad("BOM뿐.csv", b"\xef\xbb\xbf", "file_unreadable.blank"),
    bad("영뿐.xlsx", bytes(5000), "file_unreadable.blank"),
    bad("한 글자.xlsx", b"x", *UNKNOWN),
    bad("글.txt", "안녕하세요, 오늘은 월요일입니다.\n".encode(), *UNKNOWN),
    bad("자료.json", b'{"type": "decision"}', *UNKNOWN),
    bad("모두 ff.xlsx", b"\xff" * 3000, *DAMAGED),
    bad("주사위.xlsx", random.Random(7).randbytes(5000), *DAMAGED),
    bad("주사위.csv", random.Random(8).randbytes(300), *DAMAGED),
    bad("데이터베이스.sqlite3", b"SQLite format 3\x00" + bytes(200), *DAMAGED),
]

# ── text ──

texts = [
    good("BOM.csv", text(encoding="utf-8-sig")),
    good("한글 윈도우.csv", text(encoding="cp949")),
    good("유니코드 텍스트.txt", text(encoding="utf-16", by="\t")),
    good("유니코드 큰끝.txt", b"\xfe\xff" + text(encoding="utf-16-be", by="\t")),
    good("탭.tsv", text(by="\t")),
    good("줄바꿈 LF.csv", text(end="\n")),
    good("줄바꿈 CR.csv", text(end="\r")),
    good("위에 빈 줄.csv", b"\r\n\r\n" + text()),
    good("끝에 빈 줄.csv", text() + b"\r\n" * 50),
    good("끝에 빈 칸.csv", text([[*row, *[""] * 40] for row in TABLE])),
    good("따옴표 안 줄바꿈.csv", text(table(배송지='"없는시\n비밀구"'))),
    good("짧은 줄.csv", text([HEADERS, ROW[:5]])),
    bad("닫지 않은 따옴표.csv", text(table(배송지='"없는시')) + text([ROW]), rows=1),
    bad("NUL.csv", text().replace(b"2026-11", b"2026\x00-11"), *DAMAGED),
    bad("열한 줄 아래.csv", b"x\r\n" * 11 + text(), *UNKNOWN),
    bad("제목뿐.csv", text([HEADERS]), "no_rows"),
    bad("열 501개.csv", text([[*row, *["x"] * 500] for row in TABLE]), "file_too_large.columns"),
    bad("아주 긴 칸.csv", text(table(배송지="가" * 140_000)), *DAMAGED),
    bad("같은 열 둘.csv", text([[*row, row[2]] for row in TABLE]), "column_ambiguous"),
    bad("세미콜론.csv", text(by=";"), *UNKNOWN),
    good("로마자 섞임.csv", text(table(배송지="caf\u00e9"))),
    bad("반쪽 글자.csv", text(encoding="cp949") + b"\xb0", *DAMAGED),
]

# ── web pages ──

DEEP = "<div>" * 5000
pages = [
    good("위에 제목.xls", page(before="<h1>취소</h1><p>2026-11-21</p>")),
    good("앞에 다른 표.xls", page(before="<table><tr><td>조회기간</td><td>하루</td></tr></table>")),
    good("머리줄 th.xls", page().replace(b"<td>", b"<th>", len(HEADERS)).replace(b"</td>", b"</th>", len(HEADERS))),
    good("닫지 않은 칸.xls", page().replace(b"</td>", b"").replace(b"</tr>", b"")),
    good("스크립트.xls", page(before="<script>alert('<table>')</script>")),
    good("두 칸짜리.xls", page(before="<table><tr><td colspan=8>제목</td></tr></table>")),
    good(
        "엄청 넓은 칸.xls", page().replace(b"<table border=1>", b"<table><tr><td colspan=99999999>x</td></tr>"), rows=0
    )._replace(codes=("file_too_large.columns",)),
    good(
        "두 줄짜리.xls",
        page([HEADERS, ROW, [TWO, *ROW[1:]]])
        .replace(b"<td>" + ROW[1].encode(), b"<td rowspan=2>" + ROW[1].encode(), 1)
        .replace(b"<td>" + ROW[1].encode() + b"</td>", b"", 1),
        rows=2,
    ),
    good("이름 있는 글자.xls", page(table(취소사유="구매의사취소&nbsp;"))),
    bad("깊은 웹페이지.xls", f"<html>{DEEP}<table><tr><td>x</td></tr></table>".encode(), "file_unreadable.html"),
    bad("다른 표.xls", b"<html><table><tr><td>x</td><td>y</td></tr></table></html>", *UNKNOWN),
]

# ── zips ──


def in_zip(name: str, **changes: bytes) -> bytes:
    return packed({name: PLAIN} | changes)


def flagged(content: bytes, bit: int) -> bytes:
    """The first member marked in both places, in the file and in the directory."""
    data, at = bytearray(content), content.index(b"PK\x01\x02")
    data[6] |= bit
    data[at + 8] |= bit
    return bytes(data)


def renamed(content: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    return content.replace(old, new)


def method(content: bytes, number: int) -> bytes:
    data, at = bytearray(content), content.index(b"PK\x01\x02")
    struct.pack_into("<H", data, 8, number)
    struct.pack_into("<H", data, at + 10, number)
    return bytes(data)


def sized(content: bytes, size: int) -> bytes:
    """The directory lies about how long the first member is."""
    data, at = bytearray(content), content.index(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, size)
    return bytes(data)


def twice() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, warnings_off():
        archive.writestr("취소.xlsx", PLAIN)
        archive.writestr("취소.xlsx", text([HEADERS, [TWO, *ROW[1:]]]))
    return target.getvalue()


def warnings_off():
    import warnings  # noqa: PLC0415 - here alone

    return warnings.catch_warnings(action="ignore")


CP949 = renamed(packed({"xxxx.csv": text()}), b"xxxx.csv", "취소".encode("cp949") + b".csv")
ZIP = in_zip("취소.xlsx")
zips = [
    good("셋.zip", packed({"a.csv": text(), "b.xls": xls(), "c.xlsx": locked(PLAIN)})),
    good("둘 다 다른.zip", packed({"a.csv": text(), "b.csv": text([HEADERS, [TWO, *ROW[1:]]])}), rows=2),
    bad("하나는 깨짐.zip", packed({"a.csv": text(), "b.xlsx": PLAIN[:-40]}), *HALF, rows=1),
    good("폴더 안.zip", in_zip("내려받기/2026/취소.xlsx")),
    good("위로.zip", in_zip("../../../취소.xlsx")),
    good("뿌리부터.zip", in_zip("/etc/취소.xlsx")),
    good("윈도우 길.zip", in_zip("C:\\취소\\취소.xlsx")),
    good("장치 이름.zip", in_zip("CON.xlsx")),
    good("못 쓰는 이름.zip", in_zip('a:b?*"<>|.xlsx')),
    good("긴 이름.zip", in_zip("가" * 500 + ".xlsx")),
    good("cp949 이름.zip", CP949),
    good("같은 이름 둘.zip", twice(), rows=2),
    good("맥에서.zip", packed({"취소.csv": text(), "__MACOSX/._취소.csv": b"x", ".DS_Store": b"x"})),
    good(
        "찌꺼기와 함께.zip",
        packed(
            {
                "취소.csv": text(),
                **dict.fromkeys(("Desktop.ini", "하위/THUMBS.DB", "Icon\r", "판매자센터.url", "표.gsheet"), b"x"),
                **dict.fromkeys(("@eaDir/취소.csv", "$RECYCLE.BIN/취소.csv", "나.csv.crdownload"), b"x"),
                "하위\\Thumbs.db": b"x",
            }
        ),
    ),
    bad("찌꺼기뿐.zip", packed({"desktop.ini": b"x", "바로가기.lnk": b"x"}), "file_unreadable.blank"),
    good("뒤에 붙음.zip", ZIP + bytes(100)),
    good("LZMA.zip", packed({"a.csv": text()}, zipfile.ZIP_LZMA)),
    good("BZIP2.zip", packed({"a.csv": text()}, zipfile.ZIP_BZIP2)),
    bad("빈 압축.zip", packed({}), "file_unreadable.blank"),
    bad("숨은 것뿐.zip", packed({".a": b"x", "__MACOSX/b": b"x"}), "file_unreadable.blank"),
    bad("압축 속 압축.zip", packed({"안.zip": ZIP}), "file_unreadable.zip_in_zip"),
    bad(
        "42.zip",
        packed({f"{n}.zip": packed({"0": bytes(20_000)}) for n in range(3)}),
        *["file_unreadable.zip_in_zip"] * 3,
    ),
    bad("폭탄.zip", packed({"0.csv": bytes(30 << 20)}), "file_too_large.ratio"),
    bad("큰 폭탄.zip", sized(packed({"0.csv": bytes(1000)}), 0xFFFFFFF0), "file_too_large.unpacked"),
    bad("작다고 속임.zip", sized(packed({"0.csv": b"x" * 5000}), 10), *DAMAGED),
    bad("만 개 넘게.zip", packed({f"{n}": b"x" for n in range(10_001)}, zipfile.ZIP_STORED), "file_too_large.members"),
    bad("비밀번호.zip", flagged(ZIP, 1), "file_unreadable.locked_zip"),
    bad("모르는 압축법.zip", method(ZIP, 98), *DAMAGED),
    bad("다른 압축법.zip", method(ZIP, 93), *DAMAGED),  # Zstandard, which Python knows from 3.14 on
    bad("다른 압축법.xlsx", method(PLAIN, 93), *DAMAGED),
    bad(
        "검사합.zip",
        renamed(packed({"a.csv": text()}, zipfile.ZIP_STORED), b"2026-11-20 09:05", b"2026-11-20 09:06"),
        *DAMAGED,
    ),
    bad("반쪽.zip", ZIP[: len(ZIP) // 2], *HALF),
    bad("머리만.zip", ZIP[:30], *HALF),
    bad("꼬리 없음.zip", ZIP[:-22], *HALF),
    bad("목록 깨짐.zip", renamed(ZIP, b"PK\x01\x02", b"PK\x09\x09"), *DAMAGED),
    good("결합 글자 이름.zip", in_zip("취소" + MARKS[:20_000] + ".xlsx")),
    bad("그림이 든.zip", packed({"a.png": PNG}), "file_unreadable.picture"),
]

# ── workbooks ──

ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
DATE1904 = changed(
    xlsx(table(취소요청일=datetime(2022, 11, 19, 9, 5))), BOOK, "<workbookPr", '<workbookPr date1904="1"'
)
FIRST_TWO = [["조회", *[""] * 7], ["", *[""] * 7]]


THOUSAND = "".join(f'<sheet name="{n}" sheetId="{n + 9}" r:id="rId1"/>' for n in range(1000))


def prefixed(xml: bytes) -> bytes:
    """The same XML with a name before every tag, as some programs write it."""
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml).replace(b'xmlns="', b'xmlns:x="')


def lied(book: bytes) -> bytes:
    """The directory says that the sheet is 100 bytes long."""
    data, at = bytearray(book), book.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, at + 24, 100)
    return bytes(data)


def bomb(xml: bytes) -> bytes:
    return xml.replace(b"?>", b"?>" + ENTITIES.encode(), 1).replace("구매의사취소".encode(), b"&j;")


workbooks = [
    good("위와 왼쪽이 빔.xlsx", xlsx(TABLE, top=5, left=3)),
    bad("열두 줄 위가 빔.xlsx", xlsx(TABLE, top=12), *UNKNOWN),
    good("가운데 빈 줄.xlsx", xlsx([HEADERS, *[[None] * 8] * 3, ROW])),
    good(
        "맨 끝 줄까지.xlsx",
        changed(PLAIN, SHEET, "</sheetData>", '<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'),
    ),
    bad(
        "맨 끝 줄에 값.xlsx",
        changed(PLAIN, SHEET, "</sheetData>", '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'),
        "order_no_damaged",
        rows=1,
    ),
    bad(
        "줄이 너무 많음.xlsx",
        changed(PLAIN, SHEET, "</sheetData>", '<row r="1048577"><c r="A1048577"><v>1</v></c></row></sheetData>'),
        "file_too_large.rows",
    ),
    *(
        bad(f"칸 {cell}에 값.xlsx", changed(PLAIN, SHEET, "</sheetData>", far(cell)), "file_too_large.scattered")
        for cell in ("XFD1048576", "SF1048576")
    ),
    bad("마지막 칸에 값.xlsb", xlsb(beyond=(1_048_575, 16_383)), "file_too_large.scattered"),
    good("마지막 칸에 서식만.xlsx", changed(PLAIN, SHEET, "</sheetData>", far("XFD1048576", ""))),
    bad("열이 너무 많음.xlsx", xlsx([[*row, *["x"] * 500] for row in TABLE]), "file_too_large.columns"),
    good("날짜 칸.xlsx", xlsx(table(취소요청일=datetime(2026, 11, 20, 9, 5)))),
    good("1904.xlsx", DATE1904),
    good("숨은 시트.xlsx", changed(PLAIN, BOOK, '<sheet name="취소관리"', '<sheet state="hidden" name="취소관리"')),
    good("숨은 줄.xlsx", changed(PLAIN, SHEET, '<row r="2"', '<row hidden="1" r="2"')),
    good(
        "합친 칸.xlsx",
        changed(
            PLAIN, SHEET, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="F2:H2"/></mergeCells>'
        ),
    ),
    good("여러 시트.xlsx", xlsx([["메모"]], TABLE, names=("메모", "취소관리"))),
    good("같은 표 두 시트.xlsx", xlsx(TABLE, TABLE, names=("취소관리", "취소관리 (2)"))),
    good("한 시트에 표 둘.xlsx", xlsx([*TABLE, [None], HEADERS, [TWO, *ROW[1:]]]), rows=2),
    bad("같은 열 둘.xlsx", xlsx([[*row, row[2]] for row in TABLE]), "column_ambiguous"),
    bad("제목뿐.xlsx", xlsx([HEADERS]), "no_rows"),
    bad("빈 시트.xlsx", xlsx([]), *UNKNOWN),
    bad("다른 표.xlsx", xlsx([["이름", "값"], ["가", 1]]), *UNKNOWN),
    bad("상태 열 없음.xlsx", xlsx([[HEADERS[0], *HEADERS[3:]], [ROW[0], *ROW[3:]]]), "columns_missing"),
    good("수식.xlsx", cell(PLAIN, "E2", '<c r="E2" t="str"><f>"구매"&amp;"의사취소"</f><v>구매의사취소</v></c>')),
    good("빈 글자 수식.xlsx", cell(PLAIN, "H2", '<c r="H2" t="str"><f>IF(A1="","x","")</f><v></v></c>')),
    bad("계산 안 된 수식.xlsx", cell(PLAIN, "D2", '<c r="D2"><f>NOW()</f></c>'), "cell_unreadable"),
    bad("빈 값 수식.xlsx", cell(PLAIN, "D2", '<c r="D2"><f>NOW()</f><v></v></c>'), "cell_unreadable"),
    bad(
        "이름공간 수식.xlsx",
        rebuilt(cell(PLAIN, "D2", '<c r="D2"><f>NOW()</f></c>'), {SHEET: prefixed}),
        "cell_unreadable",
    ),
    bad("오류.xlsx", cell(PLAIN, "D2", '<c r="D2" t="e"><v>#N/A</v></c>'), "cell_unreadable"),
    bad(
        "오류 수식.xlsx",
        cell(PLAIN, "C2", '<c r="C2" t="e"><f>VLOOKUP(1,A:B,2)</f><v>#REF!</v></c>'),
        "cell_unreadable",
    ),
    bad("번호가 오류.xlsx", cell(PLAIN, "A2", '<c r="A2" t="e"><v>#VALUE!</v></c>'), "cell_unreadable"),
    good("안 쓰는 열이 오류.xlsx", cell(PLAIN, "H2", '<c r="H2" t="e"><v>#N/A</v></c>')),
    bad("어딘지 모를 오류.xlsx", cell(PLAIN, "D2", '<c t="e"><v>#N/A</v></c>'), "file_unreadable.faults"),
    bad("잠긴 오류.xlsx", locked(cell(PLAIN, "D2", '<c r="D2" t="e"><v>#N/A</v></c>')), "cell_unreadable"),
    bad("잠긴 어딘지 모를 오류.xlsx", locked(cell(PLAIN, "D2", '<c t="e"><v>#N/A</v></c>')), "file_unreadable.faults"),
    bad("옛 엑셀의 오류.xls", xls(table(취소요청일="#N/A")), "cell_unreadable"),
    bad("이진의 오류.xlsb", xlsb(table(취소요청일="#DIV/0!")), "cell_unreadable"),
    bad("csv의 오류.csv", text(table(취소요청일="#REF!")), "cell_unreadable"),
    good("이름공간.xlsx", rebuilt(PLAIN, {SHEET: prefixed})),
    good(
        "줄바꿈 든 글.xlsx",
        cell(PLAIN, "E2", '<c r="E2" t="inlineStr"><is><r><t>구매</t></r><r><t>의사취소</t></r></is></c>'),
    ),
    good("모르는 서식.xlsx", cell(PLAIN, "E2", '<c r="E2" s="9999" t="inlineStr"><is><t>구매의사취소</t></is></c>')),
    bad("개체 폭탄 시트.xlsx", rebuilt(PLAIN, {"xl/sharedStrings.xml": bomb}), *DAMAGED),
    bad(
        "개체 폭탄 책.xlsx",
        rebuilt(
            PLAIN,
            {BOOK: lambda xml: xml.replace(b"?>", b"?>" + ENTITIES.encode(), 1).replace("취소관리".encode(), b"&j;")},
        ),
        *DAMAGED,
    ),
    bad("없는 글.xlsx", cell(PLAIN, "E2", '<c r="E2" t="s"><v>99999</v></c>'), *DAMAGED),
    bad("시트 없음.xlsx", rebuilt(PLAIN, {SHEET: None}), *DAMAGED),
    bad("책 없음.xlsx", rebuilt(PLAIN, {BOOK: None}), *DAMAGED),
    bad("관계 없음.xlsx", rebuilt(PLAIN, {"xl/_rels/workbook.xml.rels": None}), *DAMAGED),
    bad("책이 빔.xlsx", rebuilt(PLAIN, {BOOK: b""}), *DAMAGED),
    bad("책이 글.xlsx", rebuilt(PLAIN, {BOOK: b"hello"}), *DAMAGED),
    bad("시트가 끊김.xlsx", rebuilt(PLAIN, {SHEET: lambda xml: xml[: len(xml) * 2 // 3]}), *DAMAGED),
    bad("시트가 그림.xlsx", rebuilt(PLAIN, {SHEET: PNG}), *DAMAGED),
    bad("없는 칸 자리.xlsx", changed(PLAIN, SHEET, 'r="D2"', 'r="ZZZZZZZ2"'), *DAMAGED),
    bad("작다고 속인 시트.xlsx", lied(PLAIN), *DAMAGED),
    bad("결합 글자 시트 이름.xlsx", changed(PLAIN, BOOK, "취소관리", "취소관리" + MARKS), *DAMAGED),
    bad("시트 천 개 넘게.xlsx", changed(PLAIN, BOOK, "<sheet ", THOUSAND + "<sheet "), "file_too_large.sheets"),
    bad("반쪽.xlsx", PLAIN[: len(PLAIN) // 2], *HALF),
    bad("꼬리 없음.xlsx", PLAIN[:-30], *HALF),
    bad("한 글자만.xlsx", PLAIN[:1], *UNKNOWN),
]

# ── locks ──

LOCKED = locked(PLAIN)


def info(change) -> bytes:
    """A locked workbook whose key data say something else, of the same length."""
    begin, end = LOCKED.index(b"<?xml", 512), LOCKED.index(b"</encryption>") + len(b"</encryption>")
    new = change(LOCKED[begin:end])
    assert new != LOCKED[begin:end]
    return LOCKED[:begin] + new.ljust(end - begin)[: end - begin] + LOCKED[end:]


def spun(xml: bytes) -> bytes:
    """More rounds of the hash than the format allows."""
    short = re.sub(rb"<\?xml[^>]*>\s*", b"<?xml version='1.0'?>", xml)
    return short.replace(b'spinCount="100000"', b'spinCount="99999999999"')


locks = [
    bad("다른 비밀번호.xlsx", locked(PLAIN, "9999"), "password_wrong"),
    bad("열쇠가 글.xlsx", info(lambda xml: b"hello"), *DAMAGED),
    bad("열쇠가 빔.xlsx", info(lambda xml: b"<?xml version='1.0'?><encryption></encryption>"), *DAMAGED),
    bad(
        "열쇠 폭탄.xlsx",
        info(lambda xml: b"<?xml version='1.0'?>" + ENTITIES.encode()[:500] + b"]><encryption>&e;</encryption>"),
        *DAMAGED,
    ),
    bad("너무 많이 돌림.xlsx", info(spun), *DAMAGED),
    bad("모르는 해시.xlsx", info(lambda xml: xml.replace(b'"SHA512"', b'"SHA999"')), *DAMAGED),
    bad("소금이 다름.xlsx", info(lambda xml: re.sub(rb'saltValue="....', b'saltValue="AAAA', xml)), "password_wrong"),
    bad("끊긴 잠김.xlsx", LOCKED[: len(LOCKED) // 2], *HALF),
    bad("조금 끊긴 잠김.xlsx", LOCKED[:-700], *HALF),
    bad("머리만 잠김.xlsx", LOCKED[:512], *HALF),
    bad(
        "잠긴 pdf.xlsx",
        ole({"EncryptionInfo": b"\x04\x00\x04\x00@\x00\x00\x00%PDF", "EncryptedPackage": b"x"}),
        *DAMAGED,
    ),
    bad("모르는 잠금.xlsx", ole({"EncryptionInfo": b"\x09\x00\x09\x00", "EncryptedPackage": b"x"}), *DAMAGED),
    bad("빈 통.xlsx", ole({}), *DAMAGED),
    bad("다른 통.xlsx", ole({"뭔가": b"x"}), *DAMAGED),
    bad("잠긴 것처럼.xlsx", ole({"EncryptedPackage": b"x"}), *DAMAGED),
    bad("끊긴 옛 엑셀.xls", xls()[:3000], *HALF),
    bad("시트 없는 옛 엑셀.xls", xls(sheet=b""), *UNKNOWN),
    bad("이상한 옛 엑셀.xls", xls(sheet=random.Random(3).randbytes(4000)), *DAMAGED),
]

# ── what cells may say ──


def said(name: str, *codes: str, rows: int | None = None, **cells: object) -> Case:
    """The plain table with one cell changed, in a workbook."""
    return Case(f"{name}.xlsx", xlsx(table(**cells)), (0 if codes else 1) if rows is None else rows, tuple(codes))


def written(name: str, at: str, text: str, *codes: str) -> Case:
    """The plain table with the text of one cell, which no program would write."""
    return bad(f"{name}.xlsx", cell(PLAIN, at, f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'), *codes)


cells = [
    written("결합 글자 삼십만", "E2", "구매의사취소" + MARKS, "unknown_reason"),
    written("번호에 결합 글자", "A2", ONE + MARKS, "order_no_damaged"),
    written("날짜에 결합 글자", "D2", "2026-11-20" + MARKS, "date_unreadable"),
    written("알던 사유에 안 보이는 꼬리", "E2", "구매의사취소" + "\u200b" * 40_000 + "철회", "unknown_reason"),
    said("숫자 번호", 상품주문번호=2026112010000001),
    said("0으로 끝나는 숫자", "order_no_suspect", 상품주문번호=2026112010000010),
    said("지수 꼴", "order_no_damaged", 상품주문번호="2.02E+15"),
    said("열다섯 자리", "order_no_damaged", 상품주문번호=ONE[:-1]),
    said("열일곱 자리", "order_no_damaged", 상품주문번호=f"{ONE}1"),
    said("없는 날로 시작", "order_no_damaged", 상품주문번호="2026133010000001"),
    said("전각 숫자", 상품주문번호="".join(chr(ord(digit) + 0xFEE0) for digit in ONE)),
    said("아라비아 숫자", "order_no_damaged", 상품주문번호="".join(chr(0x660 + int(digit)) for digit in ONE)),
    said("따옴표 붙은 번호", 상품주문번호=f"'{ONE}"),
    said("띄어 쓴 번호", "order_no_damaged", 상품주문번호=f"{ONE[:8]} {ONE[8:]}"),
    said("둘레에 빈칸", 상품주문번호=f"\u00a0{ONE} \t"),
    said("너비 없는 글자", 상품주문번호=f"{ONE[:4]}\u200b{ONE[4:]}\ufeff"),
    said("점영", 상품주문번호=f"{ONE}.0"),
    said("번호가 빔", "order_no_missing", 상품주문번호=None),
    said("번호가 줄표", "order_no_missing", 상품주문번호="-"),
    said("번호가 참", "order_no_damaged", 상품주문번호=True),
    said("번호가 수식", "order_no_damaged", 상품주문번호="=A1"),
    said("날짜 초까지", 취소요청일="2026-11-20 09:05:30"),
    said("날짜 점", 취소요청일="2026.11.20 09:05"),
    said("날짜 빗금", 취소요청일="2026/11/20"),
    said("날짜만", 취소요청일="2026-11-20"),
    said("날짜 T", 취소요청일="2026-11-20T09:05:00"),
    said("세계시", 취소요청일="2026-11-20T00:05:00Z"),
    said("시차", 취소요청일="2026-11-20T09:05:00+09:00"),
    said("전각 날짜", 취소요청일="２０２６-１１-２０"),
    said("날짜가 빔", 취소요청일="-"),
    said("없는 날", "date_unreadable", 취소요청일="2026-02-30"),
    said("달이 먼저", "date_unreadable", 취소요청일="11/20/2026"),
    said("두 자리 해", "date_unreadable", 취소요청일="26-11-20"),
    said("일련번호", 취소요청일=46132.558),
    said("시각 없는 일련번호", "date_unreadable.number", 취소요청일=46132),
    said("구글 시트 날짜", 취소요청일="2026. 11. 20 오전 9:05:00"),
    said("우리말 날짜", 취소요청일="2026년 11월 20일 오후 3시 5분"),
    said("없는 시각", "date_unreadable", 취소요청일="2026-11-20 오후 13:00"),
    said("등호와 따옴표의 번호", 상품주문번호=f'="{ONE}"'),
    said("먼 앞날", "date_unreadable", 취소요청일=datetime(9999, 12, 31)),
    said("먼 옛날", "date_unreadable", 취소요청일=datetime(1900, 1, 5)),
    said("날짜가 참", "date_unreadable", 취소요청일=True),
    said("날짜가 말", "date_unreadable", 취소요청일="어제"),
    said("모르는 상태", "unknown_state", 취소처리상태="취소검토"),
    said("상태에 빈칸", 취소처리상태=" 취소 요청 "),
    said("상태가 빔", "unknown_state.blank", 취소처리상태=None),
    said("상태가 숫자", "unknown_state", 취소처리상태=7),
    said("모르는 사유", "unknown_reason", 취소사유="그냥"),
    said("그림 글자", "unknown_reason", 취소사유="🙂"),
    said("오른쪽에서 왼쪽", 취소사유="\u200f구매의사취소\u202c"),
    said("긴 글", "unknown_reason", 취소사유="가" * 32_000),
    said("수식처럼", "unknown_reason", 취소사유='=HYPERLINK("http://x","y")'),
    said("파이프", "unknown_reason", 취소사유="=cmd|'/c calc'!A0"),
    said("태그", "unknown_reason", 취소사유="<script>&amp;</script>"),
    said("NUL", "unknown_reason", 취소사유="_x0000_가"),
]

CASES = [*named, *contents, *foreign, *texts, *pages, *zips, *workbooks, *locks, *cells]
assert len({case.name for case in CASES}) == len(CASES), "a case is named twice"
