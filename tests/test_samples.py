"""The invented orders and exports: the same for the same seed, consistent in themselves, and laid out like Naver's files."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from itertools import pairwise

import msoffcrypto
import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from processor import samples

pytestmark = pytest.mark.slow

at = datetime.fromisoformat
MONDAY = at("2026-11-23 09:00")
CFB = bytes.fromhex("D0CF11E0A1B11AE1")
COLUMN_COUNTS = {"2021": 66, "2022": 65, "2023": 64, "2026": 72, "trimmed": 27}
SHIPPING_PLACES = {  # of 50 and of 53 columns
    "2022": {
        2: "발송처리일",
        5: "풀필먼트사",
        8: "송장번호",
        14: "클레임상태",
        19: "옵션정보",
        26: "결제일",
        49: "우편번호",
    },
    "2026": {
        2: "발송처리일",
        8: "송장번호",
        14: "클레임상태",
        19: "멤버십N배송",
        29: "결제일",
        30: "배송완료일",
        52: "우편번호",
    },
}
WRITERS = {
    "발주발송관리": samples.write_dispatch,
    "취소관리": samples.write_cancel,
    "반품관리": samples.write_return,
    "교환관리": samples.write_exchange,
    "주문조회": samples.write_search,
    "배송현황관리": samples.write_shipping,
    "구매확정내역": samples.write_decided,
}
# Every story, by the screens besides 주문조회 that show its lines; 발주 = 발주발송관리.
STORY_SCREENS = {
    "1 취소완료": "취소",
    "1 반품완료": "반품",
    "2 수량 일부 취소요청": "발주 취소",
    "3 반품 진행 중 판매자취소": "반품 배송",
    "4 품절을 변심으로 취소": "발주",
    "5 품절 · 동의 모름": "발주",
    "5 품절 · 동의 아니오": "발주",
    "6 취소요청 · 배송중": "취소 배송",
    "6 취소요청 · 배송중 · 무료배송": "취소 배송",
    "6 취소요청 · 배송완료 · 판매자 사유": "취소 배송",
    "7 결제대기 · 취소요청": "취소",
    "8 취소요청 · 송장 없음 · 미포장": "발주 취소",
    "8 취소요청 · 발주확인 전": "발주 취소",
    "8 취소요청 · 상품품절 사유": "발주 취소",
    "8 취소요청 · 누구 잘못인지 모르는 배송지연": "발주 취소",
    "8 취소요청 · 직접전달 · 미포장": "발주 취소",
    "8 묶음 가운데 하나만 취소요청": "발주 취소 / 발주",
    "8 묶음 모두 취소요청": "발주 취소 / 발주 취소",
    "9 취소요청 · 구매자 사유 · 포장": "발주 취소",
    "10 취소요청 · 판매자 사유 · 포장": "발주 취소",
    "11 취소요청 · 송장 출력": "발주 취소",
    "12 취소요청 · 집화 · 택배 · 구매자 사유": "발주 취소",
    "12 취소요청 · 집화 · 택배 · 판매자 사유": "발주 취소",
    "13 취소요청 · 집화 · 직접전달": "발주 취소",
    "14 취소요청 · 출고 모름": "취소",
    "15 취소요청 · 주문제작": "발주 취소",
    "15 취소요청 · 해외": "발주 취소",
    "16 취소요청 · 구매확정": "취소 확정",
    "17 취소철회 · 미발송": "발주 취소",
    "17 취소철회 · 이미 발송": "취소 배송",
    "18 품절 · 동의 예": "발주",
    "18 품절 · 동의 예 · 정기구독": "발주",
    "18 품절 · 동의 예 · 선물": "발주",
    "18 품절 · 동의 예 · 오늘출발": "발주",
    "19 구매자 변심 대리 · 동의 예": "발주",
    "20 일곱 사유에 없음": "발주",
    "21 품절인데 집화": "발주",
    "21 품절인데 배송중": "배송",
    "22 반품요청 · 구매자 사유": "반품 배송",
    "22 반품 수거중 · 판매자 사유": "반품 배송",
    "22 반품 수거완료 · 어제": "반품 배송",
    "22 반품 수거완료 · 기한 지남": "반품 배송",
    "22b 교환 수거중": "교환 배송",
    "22b 교환 수거완료": "교환 배송",
    "23 본상품만 취소요청 · 추가상품 빠짐": "발주 취소 / 발주",
    "23 본상품과 추가상품 함께 취소요청": "발주 취소 / 발주 취소",
    "24 발송기한 오늘": "발주",
    "24 발송기한 다음 영업일": "발주",
    "24 발송기한 하루 지남": "발주",
    "24 발송기한 닷새 지남": "발주",
    "25 여유 있는 주문": "발주",
    "25 새 주문": "발주",
    "25 품절상품의 다른 옵션": "발주",
    "26 품절상품 · 동의 모름": "발주",
    "26 품절상품 · 동의 예": "발주",
    "27 앞서 승인한 취소요청": "발주 취소",
}
SCREEN_WORDS = {
    "발주": "발주발송관리",
    "취소": "취소관리",
    "반품": "반품관리",
    "교환": "교환관리",
    "배송": "배송현황관리",
    "확정": "구매확정내역",
}


@pytest.fixture(scope="module")
def day():
    return samples.orders(5_000, seed=7, as_of=MONDAY)


@pytest.fixture(scope="module")
def told():
    return samples.stories(MONDAY)


def opened(path_or_bytes, name):
    book = openpyxl.load_workbook(path_or_bytes)
    assert book.sheetnames == [name]
    return book[name]


def rows_of(sheet, header_row=1):
    headers = [cell.value for cell in sheet[header_row]]
    return [dict(zip(headers, row, strict=True)) for row in sheet.iter_rows(min_row=header_row + 1, values_only=True)]


# ── the orders ──


def test_same_seed_and_moment_give_the_same_orders():
    first = samples.orders(300, seed=1, as_of=MONDAY)
    assert first == samples.orders(300, seed=1, as_of=MONDAY)
    assert first != samples.orders(300, seed=2, as_of=MONDAY)
    assert first == samples.orders(1_000, seed=1, as_of=MONDAY)[:300]
    assert samples.stories(MONDAY) == samples.stories(MONDAY)


def test_numbers_are_unique_and_begin_with_the_day_of_the_order(day, told):
    everything = [*day, *(order for _, order in told)]
    numbers = {order.product_order_no for order in everything}
    assert len(numbers) == len(everything)
    assert not numbers & {order.order_no for order in everything}
    for order in everything:
        for number in (order.product_order_no, order.order_no):
            assert number.isdecimal()
            assert len(number) == 16
            assert number.startswith(f"{order.ordered_at:%Y%m%d}")


def moments(order):
    steps = [order.ordered_at, order.paid_at, order.confirmed_at, order.invoice_printed_at]
    steps += [order.dispatched_at, order.delivered_at, order.decided_at]
    return [step for step in steps if step]


@pytest.mark.parametrize("as_of", [MONDAY, at("2026-11-28 00:00"), at("2026-12-01 23:59")])
def test_nothing_happens_before_its_cause_or_after_the_moment(as_of):
    for order in [*samples.orders(2_000, seed=3, as_of=as_of), *(order for _, order in samples.stories(as_of))]:
        steps = [*moments(order), as_of]
        assert all(earlier <= later for earlier, later in pairwise(steps)), order
        if order.claim:
            asked = [
                order.ordered_at,
                order.claim.requested_at,
                order.claim.collected_at,
                order.claim.finished_at,
                as_of,
            ]
            assert all(earlier <= later for earlier, later in pairwise([step for step in asked if step])), order


def test_a_day_has_a_bit_of_everything_and_mostly_orders_that_need_nothing(day):
    share = Counter((order.claim.kind, order.claim.status) if order.claim else None for order in day)
    assert 0.93 < share[None] / len(day) < 0.97
    assert 0.02 < share["cancel", "취소요청"] / len(day) < 0.04
    assert {kind for kind, _ in filter(None, share)} == {"cancel", "return", "exchange"}

    assert {order.status for order in day} >= {
        "결제대기",
        "결제완료",
        "발송대기",
        "배송중",
        "배송완료",
        "구매확정",
        "취소",
        "반품",
    }
    assert {order.ship_attribute for order in day} == {"일반배송", "오늘출발", "희망일배송", "예약구매"}
    assert {order.product_kind for order in day} == {"단일상품", "조합형옵션상품", "추가구성상품"}
    assert {order.channel for order in day} == {"스마트스토어", "선물하기"}
    assert {order.fee_kind for order in day} == {"무료", "선불", "착불"}
    assert {order.fee_policy for order in day} == {"무료", "유료", "조건부무료", "수량별"}
    assert {order.ship_method for order in day} == {"택배,등기,소포", "직접전달", "퀵서비스"}
    assert any(order.subscription for order in day)
    assert any(order.quantity > 1 for order in day)
    assert any(order.remote_fee for order in day)

    waiting = [order for order in day if order.to_be_sent]
    assert any(order.invoice_printed_at for order in waiting)
    assert any(order.due_at.date() == MONDAY.date() for order in waiting)
    late = sum(order.due_at < MONDAY for order in waiting)
    assert 0 < late / len(waiting) < 0.05


def test_lines_of_an_order_share_bundle_fee_and_buyer_and_add_ons_follow_their_main_good(day):
    carts = defaultdict(list)
    for order in day:
        carts[order.order_no].append(order)
    assert any(len(lines) > 1 for lines in carts.values())
    for lines in carts.values():
        assert len({(line.bundle_no, line.fee_amount, line.fee_kind, line.buyer, line.paid_at) for line in lines}) == 1
        assert lines[0].product_kind != "추가구성상품"


def test_conditional_free_shipping_turns_free_from_its_amount_on(day):
    goods = defaultdict(int)
    for order in day:
        goods[order.order_no] += order.unit_price * order.quantity
    complete = [order for order in day if order.fee_policy == "조건부무료" and order.order_no != day[-1].order_no]
    assert {order.fee_amount for order in complete} == {0, 3_000}
    assert all((order.fee_amount == 0) == (goods[order.order_no] >= 50_000) for order in complete)


def test_normal_goods_are_due_three_weekdays_after_payment(told):
    due = {name: order.due_at for name, order in told}
    assert due["24 발송기한 오늘"] == at("2026-11-23 23:59")  # paid on Wednesday the 18th
    assert due["24 발송기한 다음 영업일"] == at("2026-11-24 23:59")
    assert due["24 발송기한 하루 지남"] == at("2026-11-20 23:59")  # a Friday
    assert due["24 발송기한 닷새 지남"] == at("2026-11-16 23:59")


# ── 발주발송관리 ──


@pytest.mark.parametrize("vintage", COLUMN_COUNTS)
def test_the_dispatch_export_has_the_columns_of_its_vintage_under_a_notice(tmp_path, told, vintage):
    path = tmp_path / "발주.xlsx"
    samples.write_dispatch(path, [order for _, order in told], downloaded_at=MONDAY, vintage=vintage)
    sheet = opened(path, "발주발송관리")

    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:C1", "D1:F1"}
    assert sheet.row_dimensions[1].height > 100
    assert sheet["A1"].value.startswith("◈ 다운로드 받은 파일로 '엑셀 일괄발송' 처리하는 방법")
    assert sheet["D1"].value.startswith("◈ 각 항목 입력 방법")
    headers = [cell.value for cell in sheet[2]]
    assert len(headers) == len(set(headers)) == COLUMN_COUNTS[vintage]
    assert headers[0] == "상품주문번호"
    assert sheet["A3"].value.isdecimal()


def test_the_current_dispatch_export_stands_as_documented(tmp_path, told):
    path = tmp_path / "발주.xlsx"
    samples.write_dispatch(path, [order for _, order in told], downloaded_at=MONDAY)
    sheet = opened(path, "발주발송관리")
    expected = {
        "C": "배송속성",
        "J": "발송일",
        "Q": "수량클레임 여부",
        "AA": "수량",
        "AL": "발송처리일",
        "AO": "배송비 묶음번호",
        "BT": "수령위치 내용",
    }
    assert {letter: sheet[f"{letter}2"].value for letter in expected} == expected


def test_the_notice_breaks_its_lines_as_windows_does(tmp_path):
    path = tmp_path / "발주.xlsx"
    samples.write_dispatch(path, [], downloaded_at=MONDAY)
    lines = unescape(opened(path, "발주발송관리")["A1"].value).split("\r\n")  # a file spells \r as _x000D_
    assert lines[2] == "- 상품주문번호, 배송방법, 택배사, 송장번호"


def test_cells_are_typed_as_in_the_real_file(tmp_path, told):
    path = tmp_path / "발주.xlsx"
    printed = next(order for name, order in told if name == "11 취소요청 · 송장 출력")
    assert samples.write_dispatch(path, [printed], downloaded_at=MONDAY) == 1
    sheet = opened(path, "발주발송관리")
    cells = {sheet.cell(2, column).value: sheet.cell(3, column) for column in range(1, 73)}

    for header in ("상품주문번호", "주문번호", "상품번호", "송장번호", "배송비 묶음번호"):
        assert cells[header].data_type == "s"
    assert cells["상품주문번호"].value == printed.product_order_no
    assert cells["송장번호"].value == "012345678901"
    for header in ("결제일", "발주확인일", "발송기한", "송장출력일", "발송일"):
        assert cells[header].is_date
        assert cells[header].number_format == "yyyy/mm/dd hh:mm"
    assert cells["결제일"].value == at("2026-11-20 10:30")
    assert cells["발송기한"].value == at("2026-11-25 23:59")
    assert cells["상품가격"].value == 15_900
    assert cells["상품가격"].number_format == '"₩"#,##0'
    assert cells["수량"].value == 1
    assert cells["배송비 합계"].value == 3_000


def test_the_dispatch_day_is_filled_in_for_orders_never_sent(tmp_path, told):
    path = tmp_path / "발주.xlsx"
    samples.write_dispatch(path, [order for _, order in told], downloaded_at=MONDAY)
    for row in rows_of(opened(path, "발주발송관리"), header_row=2):
        assert row["발송일"] == MONDAY
        assert row["발송처리일"] is None


def test_without_its_notice_the_header_is_in_the_first_row(tmp_path, told):
    path = tmp_path / "발주.xlsx"
    samples.write_dispatch(path, [order for _, order in told], downloaded_at=MONDAY, notice=False)
    sheet = opened(path, "발주발송관리")
    assert sheet["A1"].value == "상품주문번호"
    assert not sheet.merged_cells.ranges


# ── which screen lists which order ──


def listed(tmp_path, screen, orders):
    path = tmp_path / f"{screen}.xlsx"
    count = WRITERS[screen](path, orders, downloaded_at=MONDAY)
    rows = rows_of(opened(path, screen), header_row=2 if screen == "발주발송관리" else 1)
    assert count == len(rows)
    return {row["상품주문번호"]: row for row in rows}


def test_every_story_is_listed_by_the_screens_that_would_show_it(tmp_path, told):
    orders = [order for _, order in told]
    shown = {word: listed(tmp_path, screen, orders) for word, screen in SCREEN_WORDS.items()}
    found = defaultdict(list)
    for name, order in told:
        found[name].append(" ".join(word for word, rows in shown.items() if order.product_order_no in rows))
    assert {name: " / ".join(lines) for name, lines in found.items()} == STORY_SCREENS


def test_the_search_export_lists_every_order_with_its_claim(tmp_path, told):
    rows = listed(tmp_path, "주문조회", [order for _, order in told])
    assert len(rows) == len(told)
    for _, order in told:
        assert rows[order.product_order_no]["클레임상태"] == (order.claim.status if order.claim else None)
    assert len(next(iter(rows.values()))) == 18


def test_the_order_status_of_a_cancel_request_lags(tmp_path, told):
    by_name = dict(told)
    rows = listed(tmp_path, "취소관리", [order for _, order in told])
    waiting = rows[by_name["8 취소요청 · 송장 없음 · 미포장"].product_order_no]
    assert (waiting["주문상태"], waiting["취소 처리상태"]) == ("결제완료", "취소요청")
    assert (waiting["취소사유"], waiting["접수채널"], waiting["수량클레임 여부"]) == ("구매의사취소", "구매자", "N")
    assert waiting["취소요청일"] == MONDAY - timedelta(minutes=40)
    assert rows[by_name["2 수량 일부 취소요청"].product_order_no]["수량클레임 여부"] == "Y"
    assert rows[by_name["1 취소완료"].product_order_no]["주문상태"] == "취소"


def test_goods_that_came_back_show_when(tmp_path, told):
    by_name = dict(told)
    rows = listed(tmp_path, "반품관리", [order for _, order in told])
    back = rows[by_name["22 반품 수거완료 · 어제"].product_order_no]
    assert (back["반품 처리상태"], back["반품수거상태"]) == ("수거완료", "수거완료")
    assert back["수거완료일"] == at("2026-11-20 15:30")
    fetched = rows[by_name["22 반품 수거중 · 판매자 사유"].product_order_no]
    assert (fetched["반품수거상태"], fetched["수거완료일"]) == ("수거중", None)


@pytest.mark.parametrize(("vintage", "known"), SHIPPING_PLACES.items())
def test_the_shipping_export_keeps_the_known_positions(tmp_path, vintage, known):
    path = tmp_path / "배송.xlsx"
    samples.write_shipping(path, [], downloaded_at=MONDAY, vintage=vintage)
    headers = [cell.value for cell in opened(path, "배송현황관리")[1]]
    assert {place: headers[place] for place in known} == known


@pytest.mark.parametrize("screen", WRITERS)
def test_people_are_placeholders(tmp_path, day, screen):
    rows = listed(tmp_path, screen, day[:1_000])
    assert rows
    for row in rows.values():
        for header, value in row.items():
            if header in ("구매자명", "수취인명"):
                assert value[:3] in ("구매자", "수취인")
                assert value[3:].isdecimal()
            elif "연락처" in header and value is not None:
                assert value == "010-0000-0000"
            elif header in ("배송지", "통합배송지", "기본배송지"):
                assert value.startswith("가상시 예시구")
            elif header == "구매자ID":
                assert value == "demo*****"


# ── files ──


def test_equal_orders_give_equal_files(tmp_path, day):
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for path in (first, second):
        samples.write_dispatch(path, day[:50], downloaded_at=MONDAY)
    assert first.read_bytes() == second.read_bytes()


def test_a_password_locks_the_file(tmp_path, day):
    path = tmp_path / "취소.xlsx"
    count = samples.write_cancel(path, day, downloaded_at=MONDAY, password="1111")
    assert path.read_bytes().startswith(CFB)

    locked = msoffcrypto.OfficeFile(BytesIO(path.read_bytes()))
    assert locked.is_encrypted()
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        locked.load_key(password="2222", verify_password=True)
    locked.load_key(password="1111", verify_password=True)
    plain = BytesIO()
    locked.decrypt(plain)
    assert len(rows_of(opened(plain, "취소관리"))) == count > 100


def test_nothing_is_overwritten(tmp_path, day):
    path = tmp_path / "주문.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        samples.write_search(path, day, downloaded_at=MONDAY)
    assert path.read_bytes() == b"mine"


def test_download_names_carry_screen_and_minute():
    assert samples.file_name("취소관리", MONDAY) == "스마트스토어_취소관리_20261123_0900.xlsx"


def test_the_sellers_own_sheets_hold_the_cells_they_were_given(tmp_path):
    samples.write_answers(tmp_path / "답변.xlsx", [{"상품주문번호": "2026112012345670", "출고상태": "포장"}])
    (answer,) = rows_of(opened(tmp_path / "답변.xlsx", "답변"))
    assert answer == {"상품주문번호": "2026112012345670", "출고상태": "포장"} | dict.fromkeys(
        ["구매자동의", "실제사유", "판매취소사유", "메모"]
    )
    samples.write_sold_out(tmp_path / "품절.xlsx", [{"상품번호": "8100000903"}])
    (product,) = rows_of(opened(tmp_path / "품절.xlsx", "품절상품"))
    assert product == {"상품번호": "8100000903"} | dict.fromkeys(["판매자 상품코드", "옵션관리코드", "옵션정보"])


def test_a_demo_inbox_holds_all_that_a_morning_needs(tmp_path):
    names = samples.demo_desk(tmp_path / "inbox", as_of=MONDAY, count=50)
    assert names == [
        "스마트스토어_전체주문발주발송관리_20261123_0855.xlsx",
        "스마트스토어_취소관리_20261123_0856.xlsx",
        "스마트스토어_반품관리_20261123_0857.xlsx",
        "스마트스토어_교환관리_20261123_0858.xlsx",
        "스마트스토어_주문조회_20261123_0859.xlsx",
        "답변.xlsx",
        "품절상품.xlsx",
    ]
    assert sorted(names) == sorted(path.name for path in (tmp_path / "inbox").iterdir())
    locked = [name for name in names if (tmp_path / "inbox" / name).read_bytes().startswith(CFB)]
    assert locked == names[:2]


def test_the_demo_shows_a_damaged_number_and_answers_only_orders_that_exist(tmp_path, told):
    names = samples.demo_desk(tmp_path, as_of=MONDAY, count=50)
    locked = msoffcrypto.OfficeFile(BytesIO((tmp_path / names[1]).read_bytes()))
    locked.load_key(password=samples.DEMO_PASSWORD)
    plain = BytesIO()
    locked.decrypt(plain)
    numbers = [row["상품주문번호"] for row in rows_of(opened(plain, "취소관리"))]
    assert [number for number in numbers if not number.isdecimal()] == ["2.02611E+15"]

    searched = {row["상품주문번호"] for row in rows_of(opened(tmp_path / names[4], "주문조회"))}
    answered = [row["상품주문번호"] for row in rows_of(opened(tmp_path / "답변.xlsx", "답변"))]
    assert len(searched) == 50 + len(told)
    assert len(answered) == len(set(answered)) == len(samples.story_answers(MONDAY))
    assert set(answered) < searched


def test_a_dispatched_or_cancelled_order_drops_out_of_the_dispatch_export(told):
    order = dict(told)["8 취소요청 · 송장 없음 · 미포장"]
    assert order.to_be_sent
    assert not replace(order, dispatched_at=MONDAY).to_be_sent
    assert not replace(order, claim=replace(order.claim, status="취소완료")).to_be_sent
    assert replace(order, claim=replace(order.claim, status="취소철회")).to_be_sent
    assert not replace(order, ticked=False).to_be_sent
