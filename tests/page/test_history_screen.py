"""기록 on the page: past days with the counts of their workbooks, each list as it was, and why."""

from __future__ import annotations

import openpyxl
import pytest
from page_starts import another_address
from playwright.sync_api import expect
from sheets_read import table_in

from processor.model import Action
from processor.page.words import WORDS

pytestmark = pytest.mark.slow


def orders_in(workbook, sheet: str) -> list[str]:
    """The numbers of a list, in the order of its rows."""
    rows = [*openpyxl.load_workbook(workbook, data_only=True)[sheet].iter_rows(values_only=True)]
    head = next(place for place, row in enumerate(rows) if "상품주문번호" in row and "처리기한" in row)
    at = rows[head].index("상품주문번호")
    return [row[at] for row in rows[head + 1 :] if row[at]]


def test_a_past_day_counts_as_its_workbook_and_its_list_is_shown_as_it_was(worked, tab, typed):
    desk = worked.desk
    run, workbook = next(iter(desk.workbooks.items()))
    named = {action.text.ko: WORDS[f"outcome_{action.value}"].ko for action in Action}
    counts = {named[row[0]]: row[1] for row in table_in(workbook, "요약", "할 일 (급한 것부터)")}
    tab.goto(f"{another_address(worked)}#history")
    day = tab.locator("#history-told > ul > li")
    expect(day).to_have_count(1)
    said = day.locator("p").first.inner_text().split(" · ")
    assert said[0] == "주문 360건"
    assert {line.rsplit(" ", 1)[0]: int(line.rsplit(" ", 1)[1]) for line in said[1:]} == {
        **{name: count for name, count in counts.items() if count},
        named[Action.NONE.text.ko]: 360 - sum(counts.values()),
    }
    expect(day.get_by_text("그날의 다른 처리")).to_have_text(
        f"그날의 다른 처리 {len(list(desk.history.glob('*.json.gz'))) - 1}번"
    )
    with tab.expect_download() as download:
        day.get_by_role("link", name="엑셀로 받기").first.click()
    assert download.value.suggested_filename == workbook.name

    before = {path: path.stat().st_mtime_ns for path in desk.home.rglob("*")}
    day.get_by_role("link", name="그때 목록 보기").first.click()
    expect(tab.locator("#history-told .past")).to_contain_text("지난 목록입니다.")
    expect(tab.locator("#history-told .past")).to_contain_text(f"처리목록_{run}.xlsx")
    expect(tab.locator("#history-told .past")).to_contain_text("모두 그때와 같습니다.")
    shown = tab.locator("#history-told > details > summary").all_inner_texts()
    assert shown == [f"{name} {count}" for name, count in counts.items() if count]
    approved = tab.locator("#history-told > details").filter(has_text=named["취소승인"])
    approved.locator("summary").first.click()
    expect(approved.locator("li > p").first).to_be_visible()
    numbers = approved.locator("li > p").evaluate_all("lines => lines.map(line => line.firstChild.textContent)")
    assert numbers == orders_in(workbook, "취소승인")

    approved.get_by_role("button", name="왜 그랬는지 보기").first.click()
    (told,) = typed("explain", numbers[0], "--run", run, "--home", desk.home, "--json").lines
    story = approved.locator(".story")
    expect(story.locator("dd").first).to_have_text(told["why"])
    expect(story.get_by_role("link", name=told["rule"], exact=True).first).to_be_visible()
    assert {path: path.stat().st_mtime_ns for path in desk.home.rglob("*")} == before
    tab.get_by_role("link", name="기록으로 돌아가기").click()
    expect(day).to_have_count(1)
    assert tab.complaints == []


def test_a_run_that_there_never_was_is_a_sentence(worked, tab):
    tab.goto(f"{another_address(worked)}#history/20200101_090000")
    expect(tab.locator("#notice")).to_contain_text("20200101_090000")
    of_order = "fetch('/api/explain?number=2026113090002192&run=20200101_090000').then(answer => answer.json())"
    assert tab.evaluate(of_order)["code"] == "brief_missing"  # and not the story of another run
