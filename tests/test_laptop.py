"""The lists on a laptop of 14 inches: a grid of 1,230 × 415 pixels in Korean, 1,400 wide in English.

Measured on the workbook file itself, of the demo and of 1,000 orders. A column of w characters is 7 w + 5 pixels wide, and a row of
h points 4/3 h pixels high.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import product
from typing import Any, NamedTuple

import openpyxl
import pytest
from lists import orders
from opened import run

from processor import samples
from processor.app.desk import Desk
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.intake import Passwords
from processor.model import CELL_NAMED, Action, Col, Out, Report
from processor.outbox import next_place, write
from processor.outbox.typeset import width

pytestmark = pytest.mark.slow

AS_OF = datetime.fromisoformat("2026-11-23T09:00")
GRID = {"ko": 1_230, "en": 1_400}  # pixels
HIGH = 415  # pixels
LISTS = tuple(action for action in Action if action.to_do)
NEEDED = {
    "ko": ["처리결과", "처리기한", "상품명", "옵션정보", "수량", "이유", "묶음", "안내문", "상품주문번호"],
    "en": [
        "Result",
        "Act by",
        "Product",
        "Option",
        "Quantity",
        "Why",
        "Group",
        "Message to paste",
        "Product order no.",
    ],
}
YELLOW = ("FFFFF3B0", "FFFFC470")
PAPER = 530 / 0.855  # points: the height of A4 across, without its margins, when 1,228 pixels are its width


class Made(NamedTuple):
    report: Report
    books: dict[str, Any]


def _made(desk: Desk, book) -> Made:
    done = run(desk, book, RunOptions(AS_OF, Passwords([samples.DEMO_PASSWORD])))
    assert isinstance(done, Done)
    books = {}
    for lang in GRID:
        place = next_place(desk.outbox, AS_OF, ())
        write(done.report, book, place, lang)
        books[lang] = openpyxl.load_workbook(place)
    return Made(done.report, books)


@pytest.fixture(scope="module")
def made(tmp_path_factory, book) -> dict[str, Made]:
    demo, thousand = (Desk(tmp_path_factory.mktemp(name)) for name in ("demo", "thousand"))
    for desk in (demo, thousand):
        desk.inbox.mkdir()
        desk.outbox.mkdir()
    samples.demo_desk(demo.inbox, as_of=AS_OF)
    many = samples.orders(1_000, seed=7, as_of=AS_OF)
    for screen, write_export in (("전체주문발주발송관리", samples.write_dispatch), ("취소관리", samples.write_cancel)):
        path = thousand.inbox / samples.file_name(screen, AS_OF)
        write_export(path, many, downloaded_at=AS_OF, password=samples.DEMO_PASSWORD)
    return {"demo": _made(demo, book), "thousand": _made(thousand, book)}


CASES = [*product(("demo", "thousand"), GRID)]


def lists_of(made: Made, lang: str) -> list[Any]:
    """The sheets of the lists that have orders."""
    return [made.books[lang][action.text.said(lang)] for action in LISTS if made.report.count(action)]


def shown(sheet: Any) -> list[tuple[str, int]]:
    """The header of each column that is not folded, and its width in pixels."""
    folded, wide = set(), {}
    for one in sheet.column_dimensions.values():
        for number in range(one.min, one.max + 1):
            wide[number] = round(one.width * 7)
            folded |= {number} if one.hidden else set()
    return [(cell.value, wide[cell.column]) for cell in orders(sheet)[0] if cell.column not in folded]


def tall(sheet: Any, row: int) -> float:
    """The height of a row in pixels."""
    return (sheet.row_dimensions[row].height or 15) * 4 / 3


def frozen(sheet: Any) -> int:
    return int("".join(filter(str.isdigit, sheet.freeze_panes))) - 1


@pytest.mark.parametrize(("desk", "lang"), CASES)
def test_all_that_a_row_needs_is_seen_without_scrolling_sideways(made, desk, lang):
    for sheet in lists_of(made[desk], lang):
        columns = shown(sheet)
        assert sum(pixels for _, pixels in columns) <= GRID[lang], (sheet.title, columns)
        names = [name for name, _ in columns]
        assert [name for name in names if name in NEEDED[lang]] == NEEDED[lang]


@pytest.mark.parametrize(("desk", "lang"), CASES)
def test_a_header_and_the_lines_above_are_not_cut(made, desk, lang, book):
    for sheet in lists_of(made[desk], lang):
        for name, pixels in shown(sheet):
            assert width(name) * 7 <= pixels - 5, (sheet.title, name)
        title, hint = sheet["A1"].value, sheet["A2"].value
        assert width(title) * 9.1 <= GRID[lang], title
        assert width(hint) * 7 <= GRID[lang], hint


@pytest.mark.parametrize(("desk", "lang"), CASES)
def test_a_bold_deadline_fits_with_its_words(made, desk, lang):
    """A day that is too wide for its column is shown as ###."""
    for sheet in lists_of(made[desk], lang):
        header, *rows = orders(sheet)
        said = {re.sub(r"^yyyy-mm-dd|\"", "", row[1].number_format) for row in rows if row[1].value}
        assert 10 + max(map(width, said), default=0) + 2 <= (dict(shown(sheet))[header[1].value] - 5) / 7, said


@pytest.mark.parametrize(("desk", "lang"), CASES)
def test_rows_are_one_line_high_and_what_stays_is_at_most_80_pixels(made, desk, lang):
    for sheet in lists_of(made[desk], lang):
        rows = range(frozen(sheet) + 1, sheet.max_row + 1)
        assert max(tall(sheet, row) for row in rows) <= 24, sheet.title
        assert not any(cell.alignment.wrap_text for row in orders(sheet)[1:] for cell in row)
        assert sum(tall(sheet, row) for row in range(1, frozen(sheet) + 1)) <= 80
        captions = [cell.value for cell in sheet[frozen(sheet)]][: len(shown(sheet))]
        assert captions == [f"↓ {name}" for name, _ in shown(sheet)]


@pytest.mark.parametrize("lang", GRID)
def test_108_orders_are_at_most_eight_screens(made, lang):
    sheet = made["demo"].books[lang][Action.SHIP.text.said(lang)]
    last = orders(sheet)[-1][0].row
    assert len(orders(sheet)) - 1 == 108
    whole = sum(tall(sheet, row) for row in range(frozen(sheet) + 1, last + 1))
    stays = sum(tall(sheet, row) for row in range(1, frozen(sheet) + 1))
    assert whole / (HIGH - stays) <= 8


@pytest.mark.parametrize(("desk", "lang"), CASES)
def test_a_cell_is_yellow_where_an_answer_changes_something_and_nowhere_else(made, desk, lang):
    """What an answer changes is tried one by one in `test_asking.py`."""
    report, book = made[desk].report, made[desk].books[lang]
    cells = {
        (number, CELL_NAMED[cell].header.said(lang))
        for number, situation in zip(report.rows[Col.PRODUCT_ORDER_NO], report.rows[Out.SITUATION], strict=True)
        for cell in report.verdicts[situation].cells
    }
    yellow = set()
    for action in Action:
        sheet = book[action.text.said(lang)]
        header, *rows = orders(sheet) if sheet.tables else ((),)
        number = next(
            (place for place, cell in enumerate(header) if cell.value in ("상품주문번호", "Product order no.")), 0
        )
        yellow |= {
            (row[number].value, header[place].value)
            for row in rows
            for place, cell in enumerate(row)
            if cell.fill.fgColor.rgb in YELLOW
        }
    assert yellow == cells
    assert yellow


@pytest.mark.parametrize(("desk", "lang"), CASES)
def test_each_yellow_cell_says_what_its_answers_lead_to(made, desk, lang):
    for sheet in lists_of(made[desk], lang):
        rules = sheet.data_validations.dataValidation
        assert all(len(rule.prompt or "") <= 255 and len(rule.promptTitle or "") <= 32 for rule in rules)
        for row in orders(sheet)[1:]:
            for cell in row:
                if cell.fill.fgColor.rgb in YELLOW:
                    (rule,) = (rule for rule in rules if cell.coordinate in rule.sqref)
                    assert "→" in rule.prompt
                    assert rule.prompt.startswith("←") == (cell.value is None)


@pytest.mark.parametrize(("desk", "lang"), CASES)
def test_each_order_stands_in_a_group_of_its_list(made, desk, lang):
    for sheet in lists_of(made[desk], lang):
        (name,) = (name for name in sheet.tables if name.startswith("groups_"))
        _, *groups = sheet[sheet.tables[name].ref]
        header, *rows = orders(sheet)
        at = [cell.value for cell in header].index(NEEDED[lang][6])
        letters = [row[at].value for row in rows]
        assert letters == [group[0].value for group in groups for _ in range(group[4].value)]


def test_the_lists_of_a_morning_are_printed_on_nine_pages(made):
    """With 요약, 비용부담, 조치없음, 규칙 and 입력파일 on a page each and 패널티 on two, 360 orders are 16 pages."""
    book = made["demo"].books["ko"]
    pages = {sheet.title: sheet.page_setup.fitToHeight or 1 for sheet in lists_of(made["demo"], "ko")}
    assert pages == {"취소승인": 1, "판매자취소": 1, "반품": 1, "고객협의": 2, "발송": 3, "확인필요": 1}
    for sheet in (book[name] for name in pages):
        last = int(sheet.print_area.rpartition("$")[2])
        high = sum(tall(sheet, row) for row in range(1, last + 1)) * 0.75
        assert high / pages[sheet.title] <= 1.25 * PAPER, f"{sheet.title} is printed too small to be read"
