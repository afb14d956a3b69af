"""벌점 and 배송비 on the page: the numbers of the workbook's sheets 패널티 and 비용부담."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from page_starts import another_address
from playwright.sync_api import Locator, expect
from sheets_read import lines_in, table_in

from processor.model import Action
from processor.page.words import WORDS

pytestmark = pytest.mark.slow


NAMED = {action.text.ko: WORDS[f"outcome_{action.value}"].ko for action in Action}
"""What the page calls the lists of the workbook."""


@pytest.fixture
def workbook(worked):
    return next(iter(worked.desk.workbooks.values()))


def assert_same(table: Locator, rows: list[list]) -> None:
    """Every row and cell of the table on the page is that of the sheet, but days and ratios, which are written otherwise."""
    shown = table.evaluate(
        "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => [cell.className, cell.textContent]))"
    )
    assert len(shown) == len(rows)
    for cells, row in zip(shown, rows, strict=True):
        for (look, text), value in zip(cells, row, strict=True):
            if look not in ("day", "number ratio"):
                said = f"{value:,}" if isinstance(value, int) else NAMED.get(value, value) or ""
                assert text.removesuffix("원") == said


def test_the_points_are_those_of_the_workbook(worked, workbook, tab):
    tab.goto(f"{another_address(worked)}#points")
    lines = lines_in(workbook, "패널티")
    headline = next(line for line in lines if line.startswith("벌점 지금"))
    expect(tab.locator("#points-now .headline")).to_have_text(headline)
    assert re.fullmatch(
        r"벌점 지금 \d+점 이상 · 오늘 조치로 \+\d+점 · 제재 기준 \d+점까지 많아야 \d+점", headline
    )  # unknown stays so

    expect(tab.locator("#points-avoidable p")).to_have_text(
        next(line for line in lines if line.startswith("지금 하면"))
    )
    assert_same(tab.locator("#points-avoidable table"), table_in(workbook, "패널티", "언제까지"))

    drawn = tab.locator("#points-chart polyline")
    expect(drawn).to_have_count(4)
    expect(tab.get_by_role("img", name="제재 기준")).to_be_visible()
    days = table_in(workbook, "패널티", "날")
    assert_same(tab.locator("#points-chart table"), days)
    assert {len(line.get_attribute("points").split()) for line in drawn.all()} == {len(days)}
    heights = [float(point.split(",")[1]) for point in drawn.nth(2).get_attribute("points").split()]
    counted = [row[7] for row in days]  # with every list done, which is never cut off
    assert [high < low for high, low in pairwise(heights)] == [much > less for much, less in pairwise(counted)]
    assert_same(tab.locator("#points-rest table").nth(1), table_in(workbook, "패널티", "원인"))

    tab.locator("#points-avoidable").get_by_role("link", name="발송", exact=True).first.click()
    expect(tab.locator("#today")).to_be_visible()
    assert tab.url.endswith("#today/ship")
    assert tab.complaints == []


def test_the_fees_are_those_of_the_workbook_and_an_unknown_amount_stays_unknown(worked, workbook, tab):
    tab.goto(f"{another_address(worked)}#fees")
    expect(tab.locator("#fees-told .headline")).to_have_text(lines_in(workbook, "비용부담")[0])
    payers, orders = (table_in(workbook, "비용부담", first) for first in ("부담하는 쪽", "상품주문번호"))
    assert_same(tab.locator("#fees-told table").first, payers)
    assert_same(tab.locator("#fees-told table").last, orders)
    assert any("모름" in row for row in orders)
    assert tab.complaints == []
