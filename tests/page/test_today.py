"""The list of the day in a real browser: read, searched and worked through, by mouse and by keys."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import page_starts
import pytest
from playwright.sync_api import Locator, Page, expect

from processor import app
from processor.cli import clock

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def day(tmp_path_factory, marks):
    """The page of a demo desk after its run of this morning."""
    now = clock.moment(None)
    made = app.demo_desk(tmp_path_factory.mktemp("day") / "양말가게", now)
    app.run(made.desk, now, app.Passwords([made.password]), marks=marks)
    page = page_starts.started(made.desk)
    yield page
    assert page_starts.ended(page) == 0


@pytest.fixture(scope="module")
def today(day, tab_of_the_file):
    """The one tab in which all tests of this file look at that day; each leaves it as it has found it."""
    tab = tab_of_the_file
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(day.url)
    expect(tab.locator("#outcomes a").first).to_be_visible()
    yield tab
    assert tab.complaints == []


def the_list(tab: Page) -> dict:
    return tab.evaluate("async () => await (await fetch('/api/today')).json()")


def outcome_of(tab: Page, action: str) -> dict:
    return next(each for each in the_list(tab)["outcomes"] if each["action"] == action)


def shown(tab: Page, action: str) -> None:
    """Goes to the beginning of an outcome by its link in the side."""
    for link in (tab.locator("#done-link"), tab.locator(f"#outcomes a[href='#today/{action}']")):
        link.click()
        expect(link).to_have_attribute("aria-current", "page")  # it is marked when its rows stand there
    expect(tab.locator("#groups .group li.order").first).to_be_visible()


def counts(tab: Page) -> dict[str, int]:
    lines = (text.split("\n") for text in tab.locator("#outcomes a").all_inner_texts())
    return {first: int(rest[-1]) for first, *rest in lines}


def row_of(tab: Page, number: str) -> Locator:
    return tab.locator(f"li.order[data-number='{number}']")


def tell_elsewhere(tab: Page, orders: list[str], result: str) -> None:
    """What is done with these orders, as another window tells it."""
    post = "async (told) => (await fetch('/api/answer', {method: 'POST', body: JSON.stringify(told)})).status"
    assert tab.evaluate(post, {"orders": orders, "cells": {"처리결과": result}}) == 200


def loaded_anew(tab: Page) -> None:
    """The page loads the day, as it does when it hears of a change."""
    tab.evaluate(
        """async () => {
            await (await import('/static/js/day.js')).loadDay();
            await (await import('/static/js/screens.js')).refresh();
        }"""
    )


def focused(tab: Page) -> str | None:
    return tab.evaluate("document.activeElement.closest('li.order')?.dataset.number")


def copied(tab: Page) -> str:
    return tab.evaluate("navigator.clipboard.readText()")


def test_it_opens_at_what_asks_for_an_answer_and_says_how_the_day_stands(today, day):
    listed = the_list(today)
    expect(today.get_by_role("heading", name="답해 주세요")).to_be_visible()
    assert today.url.endswith("#today/review")
    names = {
        "review": "답해 주세요",
        "approve": "취소 승인",
        "seller_cancel": "판매자 취소",
        "negotiate": "구매자와 대화",
        "return": "반품·교환",
        "ship": "발송",
    }
    orders = {
        each["action"]: [one for group in each["groups"] for one in group["orders"]] for each in listed["outcomes"]
    }
    assert counts(today) == {names[action]: len(orders[action]) for action in names}
    days = [one["days"] for some in orders.values() for one in some]
    late, now = sum(each is not None and each < 0 for each in days), days.count(0)
    expect(today.locator("#due")).to_contain_text(f"기한 지남 {late}")
    expect(today.locator("#due")).to_contain_text(f"오늘 {now}")
    expect(today.locator("#due")).to_contain_text(f"내일 {days.count(1)}")
    expect(today.locator("#due")).to_contain_text(f"그 뒤 {len(days) - late - now - days.count(1)}")
    expect(today.locator("#done-of")).to_have_text(f"완료 0 / {len(days)}")
    expect(today.locator("#nothing-to-do")).to_have_text(f"할 일 없음{listed['nothing_to_do']}")
    expect(today.locator("#files-at")).to_contain_text(f"파일 기준 {listed['files']['at'][11:]}")
    expect(today.locator("#fresh")).to_contain_text("최신")
    expect(today.locator("#stale")).to_be_hidden()
    late_ones = today.locator("#outcomes a").filter(has_text="기한 지남 있음").all_inner_texts()
    assert [text.split("\n")[0] for text in late_ones] == ["반품·교환", "발송"]
    expect(today.get_by_role("heading", name=day.desk.home.name)).to_be_visible()
    assert today.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_group_says_everything_once_and_its_numbers_and_message_are_copied(today):
    shown(today, "ship")
    group = outcome_of(today, "ship")["groups"][0]
    head = today.locator(".group").first
    expect(head.locator("summary").first).to_contain_text(f"기한 지남 {len(group['orders'])}건")
    expect(head).to_contain_text(group["why"])
    assert head.inner_text().count(group["message"]) == 1
    averting = next(each for each in outcome_of(today, "ship")["groups"] if each["averts"])
    expect(today.locator("#groups")).to_contain_text(f"오늘 보내면 벌점 {averting['averts']}점을 막습니다")
    head.get_by_text("처리 순서").click()
    expect(head.locator(".steps li").first).to_have_text(group["steps"][0])

    numbers = [order["number"] for order in group["orders"]]
    head.get_by_role("button", name=f"상품주문번호 {len(numbers)}개 복사").click()
    expect(today.locator("#notice")).to_contain_text(f"상품주문번호 {len(numbers)}개를 복사했습니다")
    assert copied(today).split() == numbers
    head.get_by_role("button", name="글 복사").click()
    expect(today.locator("#notice")).to_contain_text("글을 복사했습니다")
    assert copied(today) == group["message"]
    row = row_of(today, numbers[0])
    expect(row).to_contain_text(f"지남 {-group['orders'][0]['days']}일")
    expect(row).to_contain_text(f"벌점 {group['orders'][0]['penalty']}")
    assert row.bounding_box()["height"] <= 40
    assert row.get_by_role("link", name="판매자센터에서 열기").get_attribute("href") == group["orders"][0]["link"]


def test_risky_approvals_stand_first_and_many_at_once_are_asked_about(today):
    shown(today, "approve")
    approve = outcome_of(today, "approve")
    expect(today.locator("#task")).to_contain_text("취소 승인은 되돌릴 수 없습니다. 번호를 한 번 더 보세요.")
    sections = today.locator("#groups section")
    assert [text.split("\n")[0] for text in sections.all_inner_texts()] == ["먼저 볼 것", "나머지"]
    assert sections.first.locator(".group").count() == sum(group["risky"] for group in approve["groups"])

    first = today.locator(".group").first
    n = len(approve["groups"][0]["orders"])
    first.get_by_role("button", name="모두 완료", exact=True).click()
    expect(first).to_contain_text(f"{n}건을 판매자센터에서 '취소(환불) 처리 완료'까지 보셨나요?")
    expect(first.get_by_role("button", name="아직이요")).to_be_focused()
    numbers = [order["number"] for group in approve["groups"][1:] for order in group["orders"]]
    tell_elsewhere(today, numbers[-1:], "보류")
    loaded_anew(today)
    expect(first).to_contain_text(f"{n}건을 판매자센터에서")
    expect(first.get_by_role("button", name="아직이요")).to_be_focused()
    tell_elsewhere(today, numbers[-1:], "아직")
    first.get_by_role("button", name="아직이요").click()
    expect(first.get_by_role("button", name="모두 완료", exact=True)).to_be_focused()
    assert the_list(today)["done"] == []


def test_own_cancels_stand_on_a_card_for_each_reason(today):
    shown(today, "seller_cancel")
    groups = outcome_of(today, "seller_cancel")["groups"]
    sold_out = [group for group in groups if group["reason"] == "상품품절"]
    n = sum(len(group["orders"]) for group in sold_out)
    points = sum(order["penalty"] for group in sold_out for order in group["orders"])
    card = today.locator("#groups section.card").first
    expect(card.get_by_role("heading")).to_have_text(f"상품품절 {n}건 · 벌점 합계 {points}점")
    acts = card.locator(".acts").first.locator("li").all_inner_texts()
    ours = len(sold_out[0]["orders"])
    assert acts == [f"상품주문번호 {ours}개 복사", "사유 '상품품절'", "글 복사", "모두 완료"]


def test_what_is_done_goes_to_the_done_ones_and_the_focus_to_the_next_row(today):
    shown(today, "ship")
    numbers = [order["number"] for order in outcome_of(today, "ship")["groups"][0]["orders"]]
    before = counts(today)["발송"]

    row_of(today, numbers[0]).get_by_role("button", name="완료").click()
    assert focused(today) == numbers[1]
    expect(row_of(today, numbers[0])).to_have_count(0)
    assert focused(today) == numbers[1]
    assert counts(today)["발송"] == before - 1
    expect(today.locator("#done-link")).to_contain_text("1")

    today.locator("#done-link").click()
    expect(row_of(today, numbers[0])).to_contain_text("발송")
    row_of(today, numbers[0]).get_by_role("button", name="되돌리기").click()
    expect(today.locator("#done-link")).to_contain_text("0")
    expect(today.get_by_role("heading", name="오늘 완료한 주문")).to_be_focused()
    assert counts(today)["발송"] == before


def test_the_whole_list_is_worked_by_keys_wherever_the_korean_keyboard_puts_the_letters(today):
    shown(today, "ship")
    group = outcome_of(today, "ship")["groups"][0]
    first, second, third = (order["number"] for order in group["orders"][:3])
    before = counts(today)["발송"]
    today.reload()  # what was told before it cannot be taken back by Z
    expect(today.locator("#groups li.order").first).to_be_visible()
    today.keyboard.press("j")
    assert focused(today) == first
    today.keyboard.press("ArrowDown")
    assert focused(today) == second
    today.keyboard.press("k")
    assert focused(today) == first
    today.keyboard.press("n")
    expect(today.locator("#notice")).to_contain_text("상품주문번호 1개를 복사했습니다")
    assert copied(today) == first
    today.keyboard.press("c")
    expect(today.locator("#notice")).to_contain_text("글을 복사했습니다")
    assert copied(today) == group["orders"][0]["message"]

    # with the Korean keyboard on, the key of E says ㄷ
    hangul = {"key": "ㄷ", "code": "KeyE", "bubbles": True, "cancelable": True}
    press = "(init) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', init))"
    today.evaluate(press, hangul)
    today.keyboard.press("e")
    assert focused(today) == third
    expect(today.locator("#done-link")).to_contain_text("2")
    assert {each["number"] for each in the_list(today)["done"]} == {first, second}
    assert focused(today) == third
    today.keyboard.press("z")
    expect(row_of(today, second)).to_be_visible()
    assert [each["number"] for each in the_list(today)["done"]] == [first]
    today.keyboard.press("z")
    expect(row_of(today, first)).to_be_visible()
    assert counts(today)["발송"] == before
    assert focused(today) == third
    expect(today.locator("#notice")).to_contain_text("되돌렸습니다")
    today.keyboard.press("z")
    expect(today.locator("#notice")).to_contain_text("되돌릴 것이 없습니다")

    today.keyboard.press("h")
    expect(row_of(today, third)).to_contain_text("보류")
    today.keyboard.press("z")
    expect(row_of(today, third)).not_to_contain_text("보류")
    assert focused(today) == second
    today.keyboard.press("ArrowRight")
    expect(row_of(today, second).get_by_role("checkbox")).to_be_focused()
    today.keyboard.press("ArrowLeft")
    today.keyboard.press("Tab")
    assert today.evaluate("document.activeElement.localName") == "summary"


def test_selected_orders_are_done_together(today):
    shown(today, "ship")
    numbers = [order["number"] for order in outcome_of(today, "ship")["groups"][0]["orders"]]
    row_of(today, numbers[0]).get_by_role("checkbox").click()
    today.keyboard.press("Shift+ArrowDown")
    assert focused(today) == numbers[1]
    expect(today.locator("#picked-said")).to_have_text("2건을 골랐습니다")
    today.locator("#picked").get_by_role("button", name="번호 복사").click()
    expect(today.locator("#notice")).to_contain_text("상품주문번호 2개를 복사했습니다")
    assert copied(today).split() == numbers[:2]
    row_of(today, numbers[2]).focus()
    today.keyboard.press("x")
    expect(today.locator("#picked-said")).to_have_text("3건을 골랐습니다")
    today.keyboard.press("x")
    today.locator("#picked").get_by_role("button", name="완료").click()
    expect(today.locator("#done-link")).to_contain_text("2")
    expect(today.locator("#picked")).to_be_hidden()
    expect(row_of(today, numbers[2])).to_be_focused()
    today.keyboard.press("z")
    expect(today.locator("#done-link")).to_contain_text("0")


def test_an_answer_that_is_asked_for_says_what_it_leads_to_and_a_key_gives_it(today):
    shown(today, "review")
    order = next(
        order
        for group in outcome_of(today, "review")["groups"]
        for order in group["orders"]
        if order["asks"] == ["출고상태"]
    )
    row = row_of(today, order["number"])
    expect(row.get_by_role("button").first).to_have_text("1미포장 → 취소 승인")
    before = counts(today)
    row.focus()
    today.keyboard.press("1")
    expect(today.locator("#notice")).to_contain_text(f"{order['product']}: 미포장 → 취소 승인")
    expect(row).to_have_count(0)
    after = counts(today)
    assert {name: after[name] - before[name] for name in after} == {
        name: {"답해 주세요": -1, "취소 승인": 1}.get(name, 0) for name in after
    }
    assert today.evaluate("document.activeElement !== document.body")
    today.keyboard.press("z")
    expect(row).to_be_visible()
    assert counts(today) == before


def test_an_order_is_found_while_one_types(today):
    target = outcome_of(today, "ship")["groups"][-1]["orders"][0]
    today.keyboard.press("Control+k")
    expect(today.get_by_role("combobox")).to_be_focused()
    today.keyboard.type(target["number"][-9:])
    expect(today.get_by_role("option")).to_have_count(1)
    expect(today.get_by_role("option")).to_contain_text(target["number"])
    expect(today.get_by_role("option")).to_contain_text("발송")
    today.get_by_role("combobox").fill(target["product"])
    expect(today.locator("#find-said")).not_to_be_empty()
    expect(today.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    today.get_by_role("combobox").fill("그런 주문은 없음")
    expect(today.locator("#find-said")).to_have_text("오늘 목록에 그런 주문이 없습니다")
    today.get_by_role("combobox").fill(target["number"])
    today.keyboard.press("Enter")
    expect(today.locator("#find-dialog")).to_be_hidden()
    assert today.url.endswith(f"#order/{target['number']}")


def test_the_keys_are_shown_and_do_nothing_while_one_writes(today):
    shown(today, "ship")
    notice = today.locator("#notice").inner_text()
    today.keyboard.press("j")
    today.keyboard.press("Shift+Slash")
    expect(today.get_by_role("dialog", name="단축키")).to_contain_text("되돌리기")
    today.keyboard.press("e")
    today.keyboard.press("Escape")
    today.keyboard.press("Control+k")
    today.keyboard.type("eezx")
    today.keyboard.press("Escape")
    today.get_by_role("button", name="단축키").click()
    expect(today.get_by_role("dialog", name="단축키")).to_be_visible()
    today.get_by_role("button", name="닫기").click()
    assert today.locator("#notice").inner_text() == notice
    assert the_list(today)["done"] == []


def test_another_window_changes_the_list_and_this_one_keeps_its_place(today):
    shown(today, "ship")
    orders = [order["number"] for group in outcome_of(today, "ship")["groups"] for order in group["orders"]]
    today.locator(".group > summary").nth(3).click()
    row_of(today, orders[20]).get_by_role("checkbox").click()
    row_of(today, orders[22]).focus()
    top = row_of(today, orders[22]).bounding_box()["y"]
    tell_elsewhere(today, orders[7:10], "완료")
    loaded_anew(today)
    expect(row_of(today, orders[7])).to_have_count(0)
    assert focused(today) == orders[22]
    assert abs(row_of(today, orders[22]).bounding_box()["y"] - top) <= 1
    expect(row_of(today, orders[20]).get_by_role("checkbox")).to_be_checked()
    tell_elsewhere(today, orders[7:10], "아직")


def test_when_an_outcome_is_finished_it_says_what_is_next(today):
    shown(today, "seller_cancel")
    groups = outcome_of(today, "seller_cancel")["groups"]
    for one in groups:
        numbers = [order["number"] for order in one["orders"]]
        group = today.locator(".group").filter(has=row_of(today, numbers[0]))
        if group.get_attribute("open") is None:
            group.locator("summary").first.click()
        group.get_by_role("button", name="모두 완료", exact=True).click()
        group.get_by_role("button", name="네, 모두 완료").click()
        for number in numbers:
            expect(row_of(today, number)).to_have_count(0)
        assert today.evaluate("document.activeElement !== document.body")
    n = sum(len(one["orders"]) for one in groups)
    expect(today.locator("#end")).to_contain_text(f"판매자 취소 {n}건을 모두 끝냈습니다.")
    onwards = today.locator("#end").get_by_role("link")
    expect(onwards).to_contain_text("다음: 답해 주세요")
    expect(onwards).to_be_focused()
    onwards.press("Enter")
    expect(today.get_by_role("heading", name="답해 주세요")).to_be_focused()


def changed(tab: Page, change) -> None:
    """Shows the page's list with something changed in it, until the routes are taken away."""

    def answer(route):
        answered = route.fetch()
        values = answered.json()
        change(values)
        route.fulfill(response=answered, json=values)

    tab.route("**/api/today", answer)
    tab.goto(f"{tab.url.split('#')[0]}#today/ship")
    tab.reload()
    expect(tab.locator("#tally")).to_be_visible()


def test_files_of_some_hours_ago_may_lack_a_cancel_request(today):
    changed(today, lambda values: values["files"].update(hours=4, stale=True))
    expect(today.locator("#stale")).to_contain_text("파일이 4시간 지났습니다. 새 취소요청이 있을 수 있습니다.")
    expect(today.locator("#fresh")).to_contain_text("오래됨")
    today.unroute_all()
    changed(today, lambda values: values["files"].update(at="2026-11-20T08:57", of_today=False, stale=True))
    expect(today.locator("#stale")).to_contain_text("오늘 받은 취소관리가 없습니다.")
    expect(today.locator("#files-at")).to_have_text("파일 기준 11.20 08:57")
    today.locator("#stale").get_by_role("link", name="새 파일 넣기").click()
    expect(today.get_by_role("heading", name="파일 넣기")).to_be_visible()
    today.unroute_all()


def test_a_day_whose_work_is_all_done_says_so(today):
    changed(today, lambda values: values.update(outcomes=[]))
    expect(today.locator("#end")).to_contain_text("오늘 할 일을 모두 마쳤습니다.")
    today.unroute_all()


def test_the_next_morning_is_not_taken_for_a_finished_one(tmp_path, tab, marks):
    now = clock.moment(None)
    yesterday = now - timedelta(days=1)
    made = app.demo_desk(tmp_path / "양말가게", yesterday)
    app.run(made.desk, yesterday, app.Passwords([made.password]), marks=marks)
    waiting = app.status(made.desk, now.date()).waiting.items
    late = sum(item.act_by is not None and item.act_by < now.date() for item in waiting)
    assert waiting
    page = page_starts.started(made.desk)

    tab.goto(page.url)
    expect(tab.locator("#no-files")).to_contain_text("아직 오늘 파일이 없습니다.")
    expect(tab.locator("#earlier")).to_have_text(
        f"{yesterday:%m.%d}에 만든 목록에서 아직 기다리는 일 {len(waiting)}건 (기한 지남 {late}건). "
        "오늘 파일을 넣으면 지금 상태로 다시 나옵니다."
    )
    for hidden in ("#end", "#tally", "#stale"):
        expect(tab.locator(hidden)).to_be_hidden()
    assert page_starts.ended(page) == 0


def test_answers_that_contradict_each_other_are_shown_with_their_times(day, today):
    number = next(
        order["number"]
        for group in outcome_of(today, "negotiate")["groups"]
        for order in group["orders"]
        if order["asks"] == ["구매자동의"] and not order["told"]
    )
    for name, answer in (("전화", "예"), ("톡톡", "아니오")):
        Path(day.desk.inbox / f"{name}.csv").write_text(f"상품주문번호,구매자동의\n{number},{answer}\n", "utf-8")
    app.run(day.desk, clock.moment(None), app.Passwords([]))
    today.reload()
    shown(today, "review")
    while (closed := today.locator(".group:not([open]) > summary")).count():
        closed.first.click()
    row = row_of(today, number)
    expect(row).to_contain_text("서로 다른 답이 있습니다. 어느 쪽이 맞나요?")
    expect(row.locator(".answers p")).to_contain_text("예 (")
    expect(row.locator(".answers p")).to_contain_text("아니오 (")
    row.get_by_role("button").filter(has_text="예 →").click()
    expect(row).to_have_count(0)
    (settled,) = (
        order
        for each in the_list(today)["outcomes"]
        for group in each["groups"]
        for order in group["orders"]
        if order["number"] == number
    )
    assert settled["told"] == {"구매자동의": "예"}
