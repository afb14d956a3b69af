"""Other programs read from the workbook exactly what was decided, and no text of an input becomes a formula or a link."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from io import BytesIO
from traceback import walk_tb

import openpyxl
import pytest
from lists import order_values, orders
from opened import decide
from openpyxl.utils.escape import escape

from processor import outbox, samples
from processor.app.morning import RunOptions
from processor.intake import Passwords
from processor.model import Action, Col
from processor.outbox import looks

pytestmark = pytest.mark.slow

MORNING = datetime.fromisoformat("2026-11-23T09:00")
HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "{=1}", "https://example.com", "internal:Sheet!A1",
    "mailto:a@example.com", "_x0041_", " 앞뒤 ", "둘째\n줄", "컵😀", "\u202eRTL", "'따옴표", "external:c:\\x.xlsx",
    "<r>굵게 & 그냥</r>", "<r><t>가</t></r>", "&amp;", "</t></si>", "xml:space",
)  # fmt: skip


@pytest.fixture(scope="module")
def day(tmp_path_factory, book):
    """The report of a rich day, some of whose products are called like formulas and links; and its workbook."""
    folder = tmp_path_factory.mktemp("day")
    samples.demo_desk(folder, as_of=MORNING)
    report = decide(sorted(folder.iterdir()), book, RunOptions(MORNING, Passwords([samples.DEMO_PASSWORD])))
    names = [HOSTILE[at % len(HOSTILE)] for at in range(len(report.rows))]
    report.rows[Col.PRODUCT_NAME] = names
    place = folder / "처리목록_20261123_090000.xlsx"
    outbox.write(report, book, place, "ko")
    return report, place


@pytest.fixture(scope="module")
def sheets(day) -> dict[str, list[dict[str, object]]]:
    """Each action sheet as rows by header, as a stranger would read it."""
    workbook = openpyxl.load_workbook(day[1])
    found = {}
    for action in Action:
        header, *rows = order_values(workbook[action.ko])
        found[action.ko] = [dict(zip(header, row, strict=True)) for row in rows]
    return found


def test_what_is_read_back_is_what_was_decided(day, sheets):
    report, _ = day
    decisions = {line["product_order_no"]: line for line in outbox.lines(report, "ko") if line["type"] == "decision"}
    amounts = dict(zip(report.rows[Col.PRODUCT_ORDER_NO], report.rows[Col.QUANTITY], strict=True))
    read = [(sheet, row) for sheet, rows in sheets.items() for row in rows]
    assert sorted(row["상품주문번호"] for _, row in read) == sorted(decisions), "each order once, on one sheet"
    assert len(read) > 300
    for sheet, row in read:
        line = decisions[row["상품주문번호"]]
        assert Action(line["action"]).ko == row["조치"] == sheet
        assert (row["규칙"], row["부담금액"], row["수량"]) == (
            line["rule"], line["fee"]["amount"], amounts[row["상품주문번호"]],
        )  # fmt: skip
        assert (row["처리기한"].date().isoformat() if row["처리기한"] else None) == line["act_by"]


def test_what_was_to_be_written_can_be_let_go_of_after_the_disk_has_refused_it(day, book, tmp_path):
    """Else Python complains on the terminal when it clears it away."""
    (tmp_path / ".처리목록.xlsx.tmp").mkdir()  # in the place of what is about to be written

    with pytest.raises(OSError) as refused:
        outbox.write(day[0], book, tmp_path / "처리목록.xlsx", "ko")

    first = refused.value.__context__  # the other one refuses to take it away again
    kept = [each for frame, _ in walk_tb(first.__traceback__) for each in frame.f_locals.values()]
    (content,) = (each for each in kept if isinstance(each, BytesIO))
    content.close()


def test_the_summary_counts_what_the_sheets_hold(day, sheets):
    paper = openpyxl.load_workbook(day[1])["요약"]
    counted = {row[0]: row[1] for row in paper.iter_rows(values_only=True) if row[0] in sheets}
    assert counted == {sheet: len(rows) for sheet, rows in sheets.items() if sheet != "조치없음"}


def test_a_text_of_an_input_is_only_ever_a_text(day):
    workbook = openpyxl.load_workbook(day[1])
    cells = [
        cell for action in Action for row in orders(workbook[action.ko]) for cell in row[2:3] if cell.value is not None
    ]
    seen = Counter(cell.value for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}
    shown = [text.replace("\u202e", "") for text in HOSTILE]  # what turns the reading direction round is taken out
    assert [text for text in shown if not seen[escape(text)] and not seen[text]] == []
    assert not any(cell.hyperlink for cell in cells)


def test_every_text_stands_out_from_its_ground():
    """A contrast of 4.5:1, by the formula of WCAG 2."""
    formats = [value for value in vars(looks).values() if isinstance(value, dict)]
    pairs = {
        (str(one["font_color"]), str(one.get("bg_color", "#FFFFFF")))
        for found in formats
        for one in ([found] if "font_color" in found else [each for each in found.values() if isinstance(each, dict)])
        if "font_color" in one
    }
    pairs |= {
        (str(shown["font_color"]), str(shown["bg_color"]))
        for loud in looks.MARKS
        for shown in [{**looks.CELLS[looks.Look.DAY], **looks.MARKS[loud]}]
    }
    assert len(pairs) > 8
    assert {pair: round(_contrast(*pair), 1) for pair in pairs if _contrast(*pair) < 4.5} == {}


def test_urgency_is_told_apart_from_the_yellow_of_an_answer():
    """By at least 3:1, so that neither is taken for the other."""
    urgent = (looks.Loud.LATE, looks.Loud.TODAY, looks.Loud.TOMORROW)
    grounds = {str(looks.MARKS[loud]["bg_color"]) for loud in urgent}
    assert len(grounds) == 3
    assert {ground for ground in grounds if _contrast(looks.YELLOW, ground) < 3} == set()


def _contrast(text: str, ground: str) -> float:
    light, dark = sorted((_luminance(text), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part, 16) / 255 for part in re.findall("..", colour.removeprefix("#"))]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
