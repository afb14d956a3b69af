"""One order on the page: why, the message, where each answer leads, and the way back of each."""

from __future__ import annotations

import page_starts
import pytest
from page_starts import another_address
from playwright.sync_api import Page, expect

from processor import app, ledger
from processor.cli import clock

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def page(tmp_path_factory, marks):
    """The page of the demo desk after its run of this moment."""
    now = clock.moment(None)
    made = app.demo_desk(tmp_path_factory.mktemp("order") / "옷가게", now)
    app.run(made.desk, now, app.Passwords([made.password]), marks=marks)
    page = page_starts.started(made.desk)
    yield page
    assert page_starts.ended(page) == 0


def the_list(tab: Page) -> list[dict]:
    return tab.evaluate("async () => (await (await fetch('/api/today')).json()).outcomes")


def shown(tab: Page, page, wanted) -> tuple[dict, dict]:
    """Opens the page at the first order that is wanted: its outcome, and what the list tells of it."""
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(another_address(page))
    expect(tab.locator("#outcomes *").first).to_be_visible()
    outcome, order = next(
        (outcome, order)
        for outcome in the_list(tab)
        for group in outcome["groups"]
        for order in group["orders"]
        if wanted(outcome, order)
    )
    tab.goto(f"{page.origin}/#order/{order['number']}")
    expect(tab.locator(".order-number")).to_have_text(order["number"])
    return outcome, order


def place_of(tab: Page, number: str) -> tuple[str, str]:
    return next(
        (outcome["action"], order["rule"])
        for outcome in the_list(tab)
        for group in outcome["groups"]
        for order in group["orders"]
        if order["number"] == number
    )


def answers_of(page, number: str) -> set[str]:
    """The files in done/ that tell of an order."""
    done = (page.desk.inbox / "done").rglob("*_답변_*.csv")
    return {path.name for path in done if number in path.read_text("utf-8-sig")}


def test_an_order_says_why_and_hands_over_its_number_and_message(page, tab):
    _, order = shown(tab, page, lambda outcome, order: outcome["action"] == "negotiate" and order["message"])
    parts = tab.locator("#order-parts")
    expect(tab.locator("#order-title")).to_contain_text(order["product"])
    expect(parts.locator(".seen")).to_contain_text("행")
    expect(parts.get_by_role("link", name="판매자센터에서 열기")).to_have_attribute("href", order["link"])

    parts.get_by_role("button", name="상품주문번호 복사").click()
    expect(tab.locator("#notice")).to_contain_text("번호를 복사했습니다")
    assert tab.evaluate("navigator.clipboard.readText()") == order["number"]
    parts.get_by_role("button", name="글 복사", exact=True).click()
    expect(tab.locator("#notice")).to_contain_text("✓ 복사했습니다")
    assert tab.evaluate("navigator.clipboard.readText()") == order["message"]

    parts.get_by_role("button", name="고쳐서 복사").click()
    expect(parts.get_by_label("보낼 글")).to_be_focused()
    parts.get_by_label("보낼 글").fill("가" * 501)
    expect(parts.get_by_text("501자 · 500자가 넘어")).to_be_visible()
    parts.get_by_role("button", name="고친 글 복사").click()
    expect(tab.locator("#notice")).to_contain_text("✓ 복사했습니다")
    assert tab.evaluate("navigator.clipboard.readText()") == "가" * 501

    parts.get_by_text("자세히").click()
    expect(parts.locator(".story")).to_contain_text(order["rule"])
    assert tab.complaints == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_answers_say_with_points_where_they_lead_and_are_taken_back_in_any_order(page, tab):
    outcome, order = shown(
        tab,
        page,
        lambda _outcome, order: (
            not order["told"] and any(answer["brings"] and answer["changes"] for answer in order["answers"])
        ),
    )
    number = order["number"]
    before = place_of(tab, number)
    offered = [answer for answer in order["answers"] if answer["changes"]]
    parts = tab.locator("#order-parts")
    assert parts.locator('[data-name^="answer "]').count() == len(offered)
    dear = next(answer for answer in offered if answer["brings"])
    label = f"{dear['leads_to_name']} · 벌점 {dear['brings']}점"
    parts.get_by_role("button", name=label).first.click()

    expect(tab.locator("#notice")).to_contain_text(f"→ {dear['leads_to_name']}")
    expect(parts.get_by_role("heading", name="오늘 적으신 것")).to_be_visible()
    assert place_of(tab, number)[0] == dear["leads_to"] != outcome["action"]

    parts.get_by_label("메모", exact=True).fill("전화함")
    parts.get_by_role("button", name="메모 저장").click()
    expect(parts.get_by_role("button", name="되돌리기: 메모: 전화함")).to_be_visible()

    tab.reload()
    expect(parts.get_by_label("메모", exact=True)).to_have_value("전화함")
    parts.locator(
        '[data-name^="back "]:not([aria-label*="메모"])'
    ).click()  # the answer, though the memo was told after it
    expect(tab.locator("#notice")).to_contain_text("되돌렸습니다")
    parts.get_by_role("button", name="되돌리기: 메모: 전화함").click()
    expect(parts.get_by_label("메모", exact=True)).to_have_value("")
    assert place_of(tab, number) == before
    assert tab.complaints == []


def test_what_another_run_hinders_is_said_and_told_again(page, tab):
    _, order = shown(tab, page, lambda outcome, _order: outcome["action"] == "ship")
    parts = tab.locator("#order-parts")
    with ledger.alone(page.desk.outbox):
        parts.get_by_role("button", name="보류", exact=True).click()
        expect(tab.locator("#notice button")).to_have_text("다시")
        assert page.desk.lying_in_inbox == []
    tab.locator("#notice button").click()
    expect(parts.get_by_role("button", name="되돌리기: 처리결과: 보류")).to_be_visible()

    parts.get_by_role("button", name="완료", exact=True).click()
    expect(parts.get_by_text("완료한 주문입니다")).to_be_visible()
    assert order["number"] not in str(the_list(tab))
    tab.locator("#notice button").click()
    expect(parts.get_by_text("완료한 주문입니다")).to_be_hidden()
    assert place_of(tab, order["number"])[0] == "ship"


def test_answers_pressed_quickly_are_all_told_once(page, tab):
    _, order = shown(tab, page, lambda outcome, order: outcome["action"] == "ship" and not order["told"])
    before = answers_of(page, order["number"])
    parts = tab.locator("#order-parts")
    tab.evaluate(
        """() => {
            document.querySelector("[data-name=hold]").click();
            document.querySelector("[data-name=failed]").click();
            document.querySelector("[data-name=hold]").click();
        }"""
    )
    expect(parts.locator(".told li")).to_have_count(3)
    assert len(answers_of(page, order["number"]) - before) == 3
    for left in (2, 1, 0):
        parts.locator('[data-name^="back "]').first.click()
        expect(parts.locator(".told li")).to_have_count(left)
