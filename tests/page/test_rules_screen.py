"""규칙 on the page: each rule as a sentence with its use of today, what the shop has changed, and supposed orders."""

from __future__ import annotations

import openpyxl
import pytest
from page_starts import another_address
from playwright.sync_api import expect

from processor import app
from processor.cli import clock

pytestmark = pytest.mark.slow


@pytest.fixture
def rules(worked, tab):
    tab.goto(f"{another_address(worked)}#rules")
    expect(tab.locator("#rules-found")).not_to_be_empty()
    expect(tab.locator("#rules")).not_to_have_attribute("aria-busy", "true")
    return tab


def counted(desk) -> dict[str, int]:
    """What the sheet 규칙 of the newest workbook counts: rule → orders."""
    sheet = openpyxl.load_workbook(next(iter(desk.workbooks.values())))["규칙"]
    rows = [*sheet.iter_rows(values_only=True)]
    head = next(place for place, row in enumerate(rows) if row[0] == "규칙" and "건수" in row)
    at = rows[head].index("건수")
    return {row[0]: row[at] for row in rows[head + 1 :] if row[0]}


def test_each_rule_says_how_often_it_was_used_as_the_workbook_counts(worked, rules):
    used = {
        line.get_attribute("id").removeprefix("rule-"): line.locator(".used").text_content()
        for line in rules.locator("li.rule").all()
    }

    assert {rule: said for rule, said in used.items() if said} == {
        rule: f"오늘 {count:,}건에 쓰임" for rule, count in counted(worked.desk).items()
    }
    told = app.in_force(worked.desk.rules, clock.moment(None).date()).values("ko")["rows"]
    assert len(used) == len(told)
    for row in told[::20]:
        assert rules.locator(f"#rule-{row['id']} > p").first.text_content() == f"{row['id']} {row['sentence']}"


def test_what_the_shop_has_changed_is_marked_and_found(worked, rules):
    expect(rules.locator("#rule-M-01 .own")).to_have_text("내 줄")
    rules.get_by_label("이 가게가 바꾼 규칙만").check()
    expect(rules.locator("li.rule:visible")).to_have_count(1)
    expect(rules.locator("#rules-found")).to_have_text("규칙 1개")
    rules.get_by_label("이 가게가 바꾼 규칙만").uncheck()

    rules.locator("#rules-changes summary").click()
    expect(rules.locator("#rules-changed dt")).to_have_text(["C-84", "M-01"])
    expect(rules.locator("#rules-changed dd").first).to_contain_text("이 가게: 쓰지 않음")

    rules.get_by_label("규칙에서 찾기").fill("예약 먼저")
    expect(rules.locator("li.rule:visible b")).to_have_text(["M-01"])
    rules.evaluate("location.hash = 'rules/P-02'")  # as a link to a rule does, which takes the search away
    expect(rules.locator("#rule-P-02")).to_be_focused()


def test_a_supposed_order_is_answered_as_explain_does(worked, rules, typed):
    facts = {
        "요청": "구매자취소",
        "주문상태": "발송대기",
        "송장": "없음",
        "출고": "포장",
        "동의": "모름",
        "발송기한": "-1",
    }
    rules.get_by_text("이런 주문이면?").click()
    rules.get_by_text("더 자세히 정하기").click()
    for word, value in facts.items():
        field = rules.locator(f"#suppose [name='{word}']")
        field.fill(value) if word == "발송기한" else field.select_option(value)
    rules.get_by_role("button", name="어떻게 되는지 보기").click()

    words = (f"{word}={value}" for word, value in facts.items())
    ended = typed("explain", "--facts", *words, "--home", worked.desk.home, "--json")
    (told,) = ended.lines
    story = rules.locator("#supposed .story")
    expect(story.get_by_role("link", name=told["rule"], exact=True).first).to_be_visible()
    expect(story.get_by_role("heading")).to_have_text({"negotiate": "고객협의"}[told["action"]])
    expect(story.locator("dd").first).to_have_text(told["why"])
    expect(story).to_contain_text(told["why_not"]["because"])
    assert story.locator("tbody tr").count() == len(told["evidence"])

    rules.locator("#suppose [name='주문상태']").select_option("배송중")  # without an invoice
    rules.get_by_role("button", name="어떻게 되는지 보기").click()
    expect(rules.locator("#supposed .wrong")).to_contain_text("있을 수 없는 상황")
    assert [said for said in rules.complaints if "400" not in said] == []
