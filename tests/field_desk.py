"""Plays days on a desk in a folder: builds exports from a few words, drops them, and reads each order's result.

Today is Monday, 2026-11-23. Unless a test says otherwise an order was paid on Thursday, confirmed, is not sent and due on
Thursday; a request was filed on Friday at three.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import openpyxl
from opened import opening, run

from processor import intake, judge, ledger
from processor.app.desk import Desk
from processor.app.morning import RunOptions, remembered
from processor.app.outcomes import NothingNew
from processor.app.think import think
from processor.intake import Passwords
from processor.model import Col, Out, Report
from processor.samples import layouts

TODAY = datetime(2026, 11, 23)
LAST_RUN = datetime(2026, 11, 23, 13, 30)
LISTS = ("취소승인", "판매자취소", "반품", "고객협의", "발송", "확인필요", "조치없음")
DISPATCH, CANCEL, RETURN, EXCHANGE = "발주발송관리", "취소관리", "반품관리", "교환관리"
SEARCH, SHIPPING, ANSWERS, SOLD_OUT = "주문조회", "배송현황", "답변", "품절상품"
HEADERS = {
    DISPATCH: layouts.DISPATCH["2026"],
    CANCEL: layouts.CANCEL,
    RETURN: layouts.RETURN,
    EXCHANGE: layouts.EXCHANGE,
    SEARCH: layouts.SEARCH,
    SHIPPING: layouts.SHIPPING["2026"],
    ANSWERS: layouts.ANSWERS,
    SOLD_OUT: layouts.SOLD_OUT,
}
SENT = {"발송처리일": "2026-11-20 18:00", "송장번호": "551234567890", "택배사": "한진택배"}
PRINTED = {"송장출력일": "2026-11-23 08:00", "송장번호": "681234567890", "택배사": "CJ대한통운"}
TOGETHER = {"주문번호": "2026111990000099", "배송비 묶음번호": "90000099"}
"""Two lines of one order in one parcel."""

Row = Mapping[str, object]


class File(NamedTuple):
    name: str
    content: bytes
    changed: datetime | None = None  # when it was last changed, if that is not a minute before its run


Dropped = File | Callable[[Desk], File]
"""What is put into the inbox; what is made of the outbox is made when its turn comes."""


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


def no(n: int) -> str:
    return f"20261119{n:07d}1"  # a last digit of 0 is one that a spreadsheet may have rounded


def _line(n: int, more: Row) -> dict[str, object]:
    usual = {
        "상품주문번호": no(n),
        "주문번호": f"20261119{9_000_000 + n:07d}1",
        "결제일": "2026-11-19 10:00",
        "상품번호": "7700000001",
        "상품명": "기본 면 티셔츠",
        "옵션정보": "색상: 블랙 / 사이즈: M",
        "수량": 1,
        "수량클레임 여부": "N",
        "배송비 유형": "유료",
        "배송비 합계": 3000,
    }
    return {**usual, **more}


def order(n: int, **more) -> dict[str, object]:
    """A row of 발주발송관리."""
    usual = {
        "주문상태": "발송대기",
        "주문세부상태": "발주확인",
        "발주확인일": "2026-11-19 11:00",
        "발송기한": "2026-11-26 23:59",
        "발송일": "2026-11-23 09:00",  # filled in by the export, sent or not
        "상품종류": "단일상품",
        "배송방법": "택배,등기,소포",
        "배송방법(구매자 요청)": "택배,등기,소포",
        "판매채널": "스마트스토어",
        "배송속성": "일반배송",
        "상품가격": 19900,
        "최종 상품별 총 주문금액": 19900,
        "배송비 형태": "선불",
        "배송비 묶음번호": str(90_000_000 + n),
        "구매자명": "구매자",
        "수취인명": "수취인",
    }
    return _line(n, {**usual, **more})


def asked(n: int, **more) -> dict[str, object]:
    """A row of 취소관리: the buyer's open request."""
    usual = {
        "주문상태": "결제완료",
        "취소 처리상태": "취소요청",
        "취소요청일": "2026-11-20 15:00",
        "접수채널": "구매자",
        "취소사유": "구매의사취소",
        "상품가격": 19900,
        "상품별 총 주문금액": 19900,
    }
    return _line(n, {**usual, **more})


def coming_back(n: int, **more) -> dict[str, object]:
    """A row of 반품관리: collected on Friday, so due on Wednesday."""
    usual = {
        "주문상태": "배송완료",
        "반품 처리상태": "수거완료",
        "반품수거상태": "수거완료",
        "반품요청일": "2026-11-19 10:00",
        "수거완료일": "2026-11-20 10:00",
        "반품사유": "상품 파손",
        "결제일": "2026-11-12 10:00",
    }
    return _line(n, {**usual, **more})


def exchanged(n: int, **more) -> dict[str, object]:
    """A row of 교환관리: collected on Friday."""
    usual = {
        "주문상태": "배송완료",
        "교환 처리상태": "수거완료",
        "교환 수거상태": "수거완료",
        "교환요청일": "2026-11-19 10:00",
        "수거완료일": "2026-11-20 10:00",
        "교환사유": "상품 파손",
        "결제일": "2026-11-12 10:00",
    }
    return _line(n, {**usual, **more})


def found(n: int, state: str, claim: str = "", **more) -> dict[str, object]:
    """A row of 주문조회."""
    row = _line(n, {"주문상태": state, "클레임상태": claim, **more})
    return {header: value for header, value in row.items() if header in HEADERS[SEARCH]}


def on_its_way(n: int, **more) -> dict[str, object]:
    """A row of 배송현황."""
    return _line(
        n,
        {"주문상태": "배송중", "클레임상태": "", "발송처리일": "2026-11-20 18:00", "송장번호": "551234567890", **more},
    )


def answer(n: int, **cells) -> dict[str, object]:
    """A row of a sheet that the seller writes by hand."""
    return {"상품주문번호": no(n), **cells}


# ── files ────────────────────────────────────────────────────────────────────────────────────────


def export(
    screen: str,
    *rows: Row,
    at: str = "",
    name: str = "",
    day: datetime = TODAY,
    changed: datetime | None = None,
    headers: Sequence[str] = (),
    notice: bool = True,
    merged: Sequence[str] = (),
) -> File:
    """The download of a screen, named as the Seller Center names it, or as the seller has renamed it.

    `merged`: columns whose cells are merged over the first two rows.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = screen
    if screen == DISPATCH and notice:
        sheet.append([layouts.NOTICE])
        sheet.merge_cells("A1:C1")
    columns = [*(headers or HEADERS[screen])]
    sheet.append(columns)
    first = sheet.max_row + 1
    for row in rows:
        unknown = set(row) - set(columns)
        assert not unknown or headers or screen != DISPATCH, unknown
        sheet.append([_cell(row.get(header)) for header in columns])
    for header in merged:
        column = columns.index(header) + 1
        sheet.merge_cells(start_row=first, end_row=first + 1, start_column=column, end_column=column)
    called = name or export_name(screen, at, day)
    book.properties.identifier = called  # two downloads are never the same bytes, not even within one second
    content = io.BytesIO()
    book.save(content)
    return File(called, content.getvalue(), changed)


def export_name(screen: str, at: str, day: datetime = TODAY) -> str:
    if not at:
        return f"{screen}.xlsx"
    whole = "전체주문" if screen == DISPATCH else ""
    return f"스마트스토어_{whole}{screen}_{day:%Y%m%d}_{at}.xlsx"


def _cell(value: object) -> object:
    return datetime.fromisoformat(value) if isinstance(value, str) and value[:4] == "2026" and "-" in value else value


def returned(answers: Mapping[int, Mapping[str, str]], *, name: str = "", of: int = -1) -> Callable[[Desk], File]:
    """The newest workbook (or another one) with answers in the rows of these orders, saved and dropped in again."""

    def make(desk: Desk) -> File:
        path = workbooks(desk)[of]
        book = openpyxl.load_workbook(path)
        for n, cells in answers.items():
            fill(book, no(n), cells)
        content = io.BytesIO()
        book.save(content)
        return File(name or path.name, content.getvalue())

    return make


def workbooks(desk: Desk) -> list[Path]:
    return sorted(desk.outbox.glob("처리목록_*.xlsx"))


def fill(book: openpyxl.Workbook, number: str, cells: Mapping[str, str]) -> None:
    rows = 0
    for sheet in book.worksheets:
        if sheet.title.split(" (")[0] not in LISTS:
            continue
        columns: dict[str, int] = {}
        for row in sheet.iter_rows():
            names = {cell.value: cell.column for cell in row if isinstance(cell.value, str)}
            if "상품주문번호" in names:
                columns = names
            elif number in names and columns:
                rows += 1
                for header, value in cells.items():
                    sheet.cell(row[0].row, columns[header]).value = value
    assert rows == 1, f"{number} stands on {rows} lists"


def to_correct(desk: Desk) -> list[Path]:
    return sorted(desk.outbox.glob("수정필요_*.xlsx"))


def corrected(cells: Mapping[str, object], *, row: int, name: str = "") -> Callable[[Desk], File]:
    """The copy that the program wrote, with the bad cells of one row filled in."""

    def make(desk: Desk) -> File:
        (path,) = to_correct(desk)
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[-1] if book.worksheets[0].title == "문제목록" else book.worksheets[0]
        header = next(line for line in sheet.iter_rows(max_row=10) if "상품주문번호" in [cell.value for cell in line])
        columns = {cell.value: cell.column for cell in header}
        for column, value in cells.items():
            sheet.cell(header[0].row + row, columns[column]).value = value
        content = io.BytesIO()
        book.save(content)
        return File(name or path.name, content.getvalue())

    return make


# ── days ─────────────────────────────────────────────────────────────────────────────────────────


def drop(desk: Desk, book, some: Iterable[Dropped], as_of: datetime) -> Report | None:
    """Put these files into the inbox and run; None where the run finds nothing new."""
    for each in some:
        put(desk.inbox, each if isinstance(each, File) else each(desk), as_of)
    done = run(desk, book, RunOptions(as_of, Passwords()))
    return None if isinstance(done, NothingNew) else done.report


def put(inbox: Path, file: File, as_of: datetime) -> Path:
    path = inbox / file.name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(file.content)
    changed = file.changed or as_of - timedelta(minutes=1)
    os.utime(path, ((changed - timedelta(hours=9) - datetime(1970, 1, 1)).total_seconds(),) * 2)
    return path


def considered(desk: Desk, book, *drops: Iterable[Dropped], last: datetime = LAST_RUN) -> Report:
    """As `day`, by what a run does but for its workbook and for putting the files away, in half the time."""
    report = None
    with ledger.opened(desk.ledger, writing=True) as memory:
        for number, some in enumerate(drops, start=1):
            as_of = last - timedelta(minutes=len(drops) - number)
            files = (each if isinstance(each, File) else each(desk) for each in some)
            inputs = [intake.input_file(put(desk.inbox, file, as_of)) for file in files]
            found = intake.gather(inputs, book.exports, book.reasons, opening(), memory.handled(book.sha256))
            if found.contents or found.problems:
                batch, past = remembered(found, memory, as_of)
                report = think(batch, book, as_of, judge.Workdays(book.calendar), past)
                memory.record(ledger.entry(report, book.sha256, f"{as_of:%Y%m%d_%H%M%S}", "tests"))
    assert report is not None
    return report


def day(desk: Desk, book, *drops: Iterable[Dropped], last: datetime = LAST_RUN) -> Report:
    """The drops of one day, a minute after each other; the report of its last run.

    Those are runs to the end of which something comes back in a later drop.
    """
    to_the_end = max(
        (at for at, some in enumerate(drops) if not all(isinstance(each, File) for each in some)), default=0
    )
    for at, some in enumerate(drops[:to_the_end], start=1):
        drop(desk, book, some, last - timedelta(minutes=len(drops) - at))
    return considered(desk, book, *drops[to_the_end:], last=last)


def standing(report: Report) -> dict[str, str]:
    """상품주문번호 → the list on which it stands."""
    rows = report.rows
    return {
        number: report.verdicts[situation].action.ko
        for number, situation in zip(rows[Col.PRODUCT_ORDER_NO], rows[Out.SITUATION], strict=True)
    }


def verdict(report: Report, n: int):
    rows = report.rows
    (situation,) = rows.loc[rows[Col.PRODUCT_ORDER_NO].eq(no(n)), Out.SITUATION]
    return report.verdicts[situation]


def cuts(files: Sequence[Dropped]) -> Iterator[list[list[Dropped]]]:
    """Every way to drop these files one after the other or together: three files have thirteen."""
    seen = set()
    for order_ in permutations(range(len(files))):
        for mask in range(1 << (len(files) - 1)):
            parts: list[list[int]] = [[order_[0]]]
            for at, n in enumerate(order_[1:]):
                if mask >> at & 1:
                    parts.append([n])
                else:
                    parts[-1].append(n)
            key = tuple(frozenset(part) for part in parts)
            if key not in seen:
                seen.add(key)
                yield [[files[n] for n in part] for part in parts]
