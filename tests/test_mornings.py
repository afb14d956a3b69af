"""Five mornings of one desk, Monday to Friday: what is printed, what each sheet says, and what still waits afterwards.

The goldens under tests/mornings/ were read line by line. `pytest --bless` writes them anew, for a person to read again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pandas as pd
import pytest
from opened import run

from processor import ledger, outbox, samples
from processor.app.desk import Desk
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.intake import Passwords
from processor.model import Action, Col, Point, PointState, Report
from processor.outbox.sheet import Charts, Line, Table

pytestmark = pytest.mark.slow

MONDAY = datetime.fromisoformat("2026-11-23T09:00")
GOLDENS = Path(__file__).parent / "mornings"
DAYS = ("1_monday", "2_tuesday", "3_wednesday", "4_thursday", "5_friday")
ENGLISH = "1_monday"
A_WEEK = 7
SHOWN = ("규칙", "처리기한", "패널티", "출고상태", "구매자동의", "실제사유", "메모")


class Told(NamedTuple):
    """One morning: as a text, and the report that it was told from."""

    text: str
    report: Report


@pytest.fixture(scope="module")
def week(tmp_path_factory, book) -> dict[str, Told]:
    desk = Desk(tmp_path_factory.mktemp("week"))
    desk.inbox.mkdir()
    desk.outbox.mkdir()
    told: dict[str, Told] = {}
    names: dict[str, str] = {}
    workbook: Path | None = None
    for day, morning in zip(DAYS, samples.mornings(MONDAY), strict=True):
        names |= _stories(morning)
        samples.write_morning(desk.inbox, morning)
        if morning.answers:
            _fill(workbook, desk.inbox / workbook.name, morning.answers)
        for path in desk.inbox.glob("*.xlsx"):  # they have lain there for a while: nobody waits whether they still grow
            os.utime(path, (path.stat().st_mtime - 3600,) * 2)
        done = run(desk, book, RunOptions(morning.as_of, Passwords()))
        assert isinstance(done, Done)
        workbook = done.workbook
        told[day] = Told("\n".join(_text(morning, done, book, desk, names)) + "\n", done.report)
    return told


@pytest.mark.parametrize("day", DAYS)
def test_each_morning_is_as_a_person_has_read_it(day, week, golden):
    golden(GOLDENS / f"{day}.txt", week[day].text)


def test_a_morning_in_english_is_as_a_person_has_read_it(week, book, golden):
    """Every sheet of the workbook, line by line; hashes and versions are not for reading."""
    report = week[ENGLISH].report
    text = "\n".join(_english(report, book)) + "\n"
    for unread in (book.sha256, report.calendar_version, *(file.sha256[:12] for file in report.batch.files)):
        text = text.replace(unread, "…")
    golden(GOLDENS / f"{ENGLISH}.en.txt", text)


def test_the_accounts_of_every_morning_balance(week):
    for text, _ in week.values():
        line = next(line for line in text.splitlines() if line.startswith("줄 수 확인"))
        assert " = " in line, line


def _stories(morning) -> dict[str, str]:
    """상품주문번호 → the story's name; the second line of an order is called so."""
    found: dict[str, str] = {}
    for story, order in morning.lines:
        found[order.product_order_no] = f"{story} (둘째 줄)" if story in found.values() else story
    return found


def _fill(workbook, target, answers) -> None:
    book = openpyxl.load_workbook(workbook)
    left = set(answers)
    for action in Action:
        cells = list(book[action.ko].iter_rows())
        header = next(
            {cell.value: cell.column for cell in row} for row in cells if any(c.value == "처리결과" for c in row)
        )
        for row in cells:
            number = row[header["상품주문번호"] - 1].value
            if number in answers:
                left.discard(number)
                for name, value in answers[number].items():
                    row[header[name] - 1].value = value
    assert not left, "every answer finds its row"
    book.save(target)


def _text(morning, done, book, desk, names) -> Iterator[str]:
    yield f"{morning.as_of:%Y-%m-%d %H:%M}"
    yield f"받은 화면: {' · '.join(morning.screens)}"
    for number, answers in morning.answers.items():
        yield f"어제 처리목록에 적은 답: {names[number]}: {' · '.join(f'{k} {v}' for k, v in answers.items())}"
    for row in morning.sheet:
        cells = " · ".join(f"{k} {v}" for k, v in row.items() if v and k != "상품주문번호")
        yield f"답변.xlsx에 적은 답: {names[row['상품주문번호']]}: {cells}"
    yield ""
    yield from outbox.spoken(done.report, "ko")
    sheets = {sheet.name: sheet for sheet in outbox.grid(done.report, book, "ko")}
    yield next(block.text for block in sheets["입력파일"].blocks if getattr(block, "text", "").startswith("줄 수 확인"))
    for action in Action:
        table = next(
            block for block in sheets[action.ko].blocks if isinstance(block, Table) and block.name.startswith("claims_")
        )
        if table.length:
            yield f"\n── {action.ko}"
            yield from _rows(table, done, names)
    yield "\n── 벌점: 있는 것, 오늘 조치로, 피할 수 없는 것"
    yield from _points(done.report, names)
    yield "\n── 그 뒤에 기다리는 일"
    yield from _waiting(desk, names)


def _rows(table, done, names) -> Iterator[str]:
    cells = {column.header: values for column, values in zip(table.columns, table.cells, strict=True)}
    flags = {
        number: " ".join(done.report.verdicts[situation].flags)
        for number, situation in zip(done.report.rows[Col.PRODUCT_ORDER_NO], done.report.rows["situation"], strict=True)
    }
    for at, number in enumerate(cells["상품주문번호"]):
        short = [f"{name} {cells[name][at]}" for name in SHOWN if cells[name][at] not in (None, "", "없음")]
        yield f"{names[number]} | {' | '.join([*short, flags[number]]).rstrip(' |')}"
        yield f"    {cells['이유'][at]}"


def _points(report, names) -> Iterator[str]:
    lines = report.points[report.points[Point.STATE].ne(PointState.AVOIDABLE.value)]
    for line in lines.sort_values([Point.DAY, Point.PRODUCT_ORDER_NO]).to_dict("records"):
        day = "날 모름" if pd.isna(line[Point.DAY]) else f"{line[Point.DAY]:%m-%d}"
        known = " | 기억" if line[Point.REMEMBERED] else ""
        name = names[line[Point.PRODUCT_ORDER_NO]]
        yield f"{day} | {line[Point.STATE]} | {line[Point.RULE]} {line[Point.POINTS]}점 | {name}{known}"


def _waiting(desk, names) -> Iterator[str]:
    for item in ledger.waiting(desk.ledger).items:
        by = f"{item.act_by}까지" if item.act_by else "기한 없음"
        asks = f" | 적을 칸 {' '.join(item.asks)}" if item.asks else ""
        yield f"{item.turn.text.ko} | {item.action.ko} | {names[item.product_order_no]} | {item.since:%m-%d}부터 | {by}{asks}"


def _english(report, book) -> Iterator[str]:
    yield from outbox.spoken(report, "en")
    above = ""
    for sheet in outbox.grid(report, book, "en"):
        yield f"\n── {sheet.name}"
        headers = {
            column.name: column.header for table in sheet.blocks if isinstance(table, Table) for column in table.columns
        }
        for block in sheet.blocks:
            match block:
                case Line():
                    yield block.text + (f" → {block.link}" if block.link else "")
                case Charts():
                    yield from (
                        f"[{chart.title}] {' · '.join(headers[name] for name in (*chart.columns, *chart.lines))}"
                        for chart in block.charts
                    )
                case Table():
                    line = " | ".join(map(_header, block.columns))
                    yield from [line] if line != above else []  # all seven sheets to work through have the same
                    yield from _english_rows(block)
                    above = line


def _header(column) -> str:
    return f"{column.header} ({' / '.join(column.choices)})" if column.choices else column.header


def _english_rows(table) -> Iterator[str]:
    """Without what is blank; of the days ahead the first week."""
    days = table.name == "points_by_day"
    for row in list(zip(*table.cells, strict=True))[: A_WEEK if days else None]:
        cells = (str(cell).replace("\n", " ⏎ ") for cell in row if cell not in (None, ""))
        yield f"    {' | '.join(cells)}"
