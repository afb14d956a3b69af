"""설정: as a seller writes them, tried on today's list, and saved."""

from __future__ import annotations

from pathlib import Path

import page_starts
import pytest
from page_starts import another_address
from playwright.sync_api import Page, expect

from processor import app
from processor import page as page_code
from processor.app import Passwords
from processor.cli import clock
from processor.page.words import WORDS
from processor.rulebook.settings import SETTINGS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shop(tmp_path_factory, marks):
    """The page of the demo's desk after its run."""
    now = clock.moment(None)
    demo = app.demo_desk(tmp_path_factory.mktemp("settings") / "옷가게", now)
    app.run(demo.desk, now, Passwords([demo.password]), marks=marks)
    page = page_starts.started(demo.desk)
    yield page
    assert page_starts.ended(page) == 0


@pytest.fixture
def settings(shop, tab) -> Page:
    tab.goto(another_address(shop))
    expect(tab.locator("#outcomes a").first).to_be_visible()
    tab.get_by_role("link", name="설정").click()
    expect(tab.get_by_label("반품 배송비 (편도)")).to_be_visible()
    return tab


def count(tab: Page, outcome: str) -> int:
    return int(tab.locator("#outcomes a").filter(has_text=outcome).locator(".count").inner_text())


def test_every_setting_has_its_label_and_its_place_on_the_page():
    script = (Path(page_code.__file__).parent / "static" / "js" / "settings.js").read_text("utf-8")
    of_the_shop = [
        setting.key for setting in SETTINGS if "products" not in setting.key and setting.key != ("penalty_now",)
    ]
    of_a_product = [setting.key[2] for setting in SETTINGS if len(setting.key) == 3]

    assert [key for key in of_the_shop if f'"{".".join(key)}"' not in script] == []
    assert [part for part in of_a_product if f'"{part}"' not in script] == []
    assert {f"settings_{'_'.join(key)}" for key in of_the_shop} <= WORDS.keys()
    assert {f"settings_product_{part}" for part in of_a_product} <= WORDS.keys()


def test_what_a_change_does_is_seen_before_it_is_saved_and_then_true(shop, settings):
    tab, before = settings, shop.desk.rules.read_bytes()
    approved = count(tab, "취소 승인")
    tab.get_by_label("바로 승인").check()
    tab.get_by_label("반품 배송비 (편도)").fill("3천원")
    tab.get_by_role("button", name="바꾸면 어떻게 되나 보기").click()

    expect(tab.get_by_role("heading", name="저장하면 이렇게 됩니다")).to_be_focused()
    told = tab.locator("#settings-told")
    expect(told).to_contain_text("반품 배송비 (편도): 모름 → 3,000원")
    expect(told).to_contain_text("오늘 목록에서 1건이 '구매자와 대화'에서 '취소 승인' 쪽으로 바뀝니다.")
    told.get_by_text("보기", exact=True).click()
    expect(told.locator("details[open] li")).to_have_count(1)
    assert shop.desk.rules.read_bytes() == before

    tab.get_by_role("button", name="저장", exact=True).click()
    expect(tab.locator("#notice")).to_contain_text("저장했습니다.")
    expect(tab.get_by_label("반품 배송비 (편도)")).to_have_value("3,000원")
    assert count(tab, "취소 승인") == approved + 1
    wanted = before.replace(b"  packed: negotiate", b"  packed: approve")
    assert shop.desk.rules.read_bytes() == wanted.replace(b"  return_fee: null", b"  return_fee: 3000")
    assert tab.complaints == []


def test_who_stands_in_a_field_stays_there_when_the_screen_is_shown_anew(settings):
    field = settings.get_by_label("반품 배송비 (편도)")
    field.focus()
    settings.evaluate("async () => await (await import('/static/js/screens.js')).refresh()")
    expect(field).to_be_focused()


def test_each_wrong_value_is_said_at_its_field_and_nothing_is_saved(shop, settings):
    tab, before = settings, shop.desk.rules.read_bytes()
    tab.get_by_label("오늘출발 마감").fill("2시")
    with tab.expect_response("**/api/settings"):
        tab.evaluate(
            "dispatchEvent(new HashChangeEvent('hashchange'))"
        )  # shown anew, as after a change of another window
    tab.wait_for_timeout(200)
    expect(tab.get_by_label("오늘출발 마감")).to_have_value("2시")
    tab.get_by_label("한 번에 승인이 이보다 많으면 멈춤").fill("0건")
    tab.get_by_role("button", name="바꾸면 어떻게 되나 보기").click()

    cut_off = tab.get_by_label("오늘출발 마감")
    expect(cut_off).to_be_focused()
    expect(cut_off).to_have_attribute("aria-invalid", "true")
    expect(tab.locator("[id='set-today_cutoff-wrong']")).to_contain_text("오전인지 오후인지 알 수 없습니다.")
    cut_off.fill("오후 2시")
    expect(cut_off).not_to_have_attribute("aria-invalid", "true")
    tab.get_by_role("button", name="바꾸면 어떻게 되나 보기").click()
    expect(tab.locator("[id='set-approve_limit-wrong']")).to_have_text("'0' 대신 1 이상인 정수를 적으세요.")
    tab.get_by_label("한 번에 승인이 이보다 많으면 멈춤").fill("")
    tab.get_by_role("button", name="바꾸면 어떻게 되나 보기").click()
    expect(tab.locator("#settings-told")).to_contain_text("한 번에 승인이 이보다 많으면 멈춤: 300건 → 끔")
    tab.get_by_role("button", name="취소", exact=True).click()

    expect(cut_off).to_have_value("")
    expect(tab.locator("#settings-would")).to_be_hidden()
    assert shop.desk.rules.read_bytes() == before


def test_a_product_of_today_is_found_made_to_differ_and_taken_out_again(shop, settings):
    tab, before = settings, shop.desk.rules.read_bytes()
    tab.get_by_role("button", name="상품 찾기").click()
    tab.get_by_label("오늘 목록의 상품 이름이나 번호").fill("양말")
    tab.get_by_role("button", name="데일리 양말 5켤레").click()
    number = "8100000003"
    expect(tab.get_by_label("어떤 상품인가요")).to_be_focused()
    tab.get_by_label("어떤 상품인가요").select_option("주문제작")
    tab.get_by_role("button", name="바꾸면 어떻게 되나 보기").click()
    tab.get_by_role("button", name="저장", exact=True).click()
    expect(tab.locator("#notice")).to_contain_text("저장했습니다.")
    assert app.rules(shop.desk.rules).store.products[number].goods == "주문제작"

    tab.get_by_role("button", name="예외에서 빼기").click()
    expect(tab.get_by_text("저장하면 예외에서 빠집니다.")).to_be_visible()
    tab.get_by_role("button", name="바꾸면 어떻게 되나 보기").click()
    tab.get_by_role("button", name="저장", exact=True).click()
    expect(tab.get_by_text("모든 상품이 가게 설정을 따릅니다.")).to_be_visible()
    assert shop.desk.rules.read_bytes() == before


def test_a_mistake_beside_the_settings_is_said_with_its_place(shop, settings):
    tab, before = settings, shop.desk.rules.read_bytes()
    shop.desk.rules.write_bytes(before.replace(b"  personal: drop ", b"  personal: x "))
    try:
        tab.get_by_label("한 번에 승인이 이보다 많으면 멈춤").fill("200건")
        tab.get_by_role("button", name="바꾸면 어떻게 되나 보기").click()
        expect(tab.locator("#settings-said")).to_contain_text("'x'는 여기에 쓸 수 없습니다.")
    finally:
        shop.desk.rules.write_bytes(before)
