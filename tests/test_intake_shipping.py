"""배송현황 as the Seller Center gave it about 2022 (50 columns) and gives it in 2026 (53); positions as in exports §2.8."""

from datetime import datetime

import pytest
import xlsxwriter
from opened import opening

from processor import intake, samples
from processor.model import Col, Kind, Place
from processor.samples import layouts

pytestmark = pytest.mark.slow

AS_OF = datetime(2020, 1, 1)  # files of that day and of any later one prove what they show

ONE, ORDER = "2026111810000001", "2026111890000001"
SENT, PAID, ARRIVED = datetime(2026, 11, 19, 17, 30), datetime(2026, 11, 18, 10, 0), datetime(2026, 11, 20, 14, 0)

SHIPPING_2026 = """상품주문번호, 주문번호, 발송처리일, 주문상태, 배송속성, 풀필먼트사(주문 기준), 배송방법, 택배사, 송장번호,
구매확정연장 상태, 판매채널, 구매자명, 구매자ID, 수취인명, 클레임상태, 상품번호, 상품명, 상품종류, 반품안심케어, 멤버십N배송, 옵션정보,
수량, 상품가격, 옵션가격, 최종 상품별 할인액, 최초 상품별 할인액, 판매자 부담 할인액, 최종 상품별 총 주문금액, 최초 상품별 총 주문금액, 결제일,
배송완료일, 구매확정 요청일, 구매확정 요청자, 문제송장 여부, 문제송장 등록일, 문제송장 등록사유, 자동구매확정예정일, 구매확정연장 설정일,
구매확정연장 사유, 판매자 상품코드, 판매자 내부코드1, 판매자 내부코드2, 배송비 묶음번호, 배송비 형태, 배송비 유형, 배송비 합계,
제주/도서 추가배송비, 배송비 할인액, 수취인연락처1, 수취인연락처2, 배송지, 구매자연락처, 우편번호"""
SHIPPING_2022 = """상품주문번호, 주문번호, 발송처리일, 주문상태, 배송속성, 풀필먼트사, 배송방법, 택배사, 송장번호, 구매확정연장상태,
판매채널, 구매자명, 구매자ID, 수취인명, 클레임상태, 상품번호, 상품명, 상품종류, 반품안심케어, 옵션정보, 수량, 상품가격, 옵션가격,
상품별 할인액, 판매자 부담 할인액, 상품별 총 주문금액, 결제일, 배송비 완료일, 구매확정 요청일, 구매확정 요청자, 문제송장 여부, 문제송장 등록일,
문제송장 등록사유, 자동구매확정예정일, 구매확정연장 설정일, 구매확정연장 사유, 판매자 상품코드, 판매자 내부코드1, 판매자 내부코드2,
배송비 묶음코드, 배송비 형태, 배송비 유형, 배송비 합계, 제주/도서 추가배송비, 배송비 할인액, 수취인연락처1, 수취인연락처2, 배송지,
구매자연락처, 우편번호"""
CELLS = {
    "상품주문번호": ONE,
    "주문번호": ORDER,
    "발송처리일": SENT,
    "주문상태": "배송완료",
    "배송속성": "일반배송",
    "풀필먼트사(주문 기준)": "가나물류",
    "풀필먼트사": "가나물류",
    "배송방법": "택배,등기,소포",
    "택배사": "한진택배",
    "송장번호": "0055123412",
    "클레임상태": "반품요청",
    "상품번호": "10000000001",
    "수량": 2,
    "최종 상품별 총 주문금액": 24000,
    "상품별 총 주문금액": 24000,
    "결제일": PAID,
    "배송완료일": ARRIVED,
    "배송비 완료일": ARRIVED,
    "배송비 묶음번호": "77",
    "배송비 묶음코드": "77",
    "배송비 합계": 3000,
    "문제송장 여부": "N",
    "구매자명": "구매자0001",
}


def names(listed):
    return [name.strip() for name in listed.replace("\n", " ").split(",")]


def read(folder, book, headers, sheet):
    path = folder / "스마트스토어_전체주문배송현황_20261121_0900.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        page, clock = workbook.add_worksheet(sheet), workbook.add_format({"num_format": "yyyy/mm/dd hh:mm"})
        page.write_row(0, 0, headers)
        for at, header in enumerate(headers):
            match CELLS.get(header):
                case datetime() as moment:
                    page.write_datetime(1, at, moment, clock)
                case str() as text:
                    page.write_string(1, at, text)
                case int() as number:
                    page.write_number(1, at, number)
    return intake.read([intake.input_file(path)], book.exports, book.reasons, opening(), AS_OF)


@pytest.mark.parametrize("sheet", ["배송현황관리", "배송현황", "시트1"])
@pytest.mark.parametrize(("listed", "columns"), [(SHIPPING_2022, 50), (SHIPPING_2026, 53)])
def test_both_lists_are_known_and_every_fact_in_them_is_read(tmp_path, book, listed, columns, sheet):
    headers = names(listed)
    assert len(headers) == columns
    batch = read(tmp_path, book, headers, sheet)
    assert (batch.file_problems, batch.row_problems) == ((), ())
    assert [count.kind for count in batch.sheets] == [Kind.SHIPPING]
    found = batch.claims.iloc[0]
    assert found[Col.SOURCE] == (Place("스마트스토어_전체주문배송현황_20261121_0900.xlsx", sheet, 2),)
    assert (found[Col.PRODUCT_ORDER_NO], found[Col.ORDER_NO]) == (ONE, ORDER)
    assert (found[Col.ORDER_STATUS], found[Col.RETURN_STATUS]) == ("배송완료", "반품요청")
    assert (found[Col.DISPATCHED_AT], found[Col.PAID_AT]) == (SENT, PAID)
    assert (found[Col.TRACKING_NO], found[Col.COURIER]) == ("0055123412", "한진택배")
    assert (found[Col.FULFILLMENT], found[Col.SHIP_ATTRIBUTE]) == ("가나물류", "일반배송")
    assert (found[Col.BUNDLE_NO], found[Col.SHIPPING_FEE]) == ("77", 3000)
    assert (found[Col.QUANTITY], found[Col.TOTAL_AMOUNT]) == (2, 24000)
    assert found[Col.MISTAKEN_INVOICE] == "N"
    assert found[Col.DISPATCH_SEEN]


@pytest.mark.parametrize(("vintage", "listed"), [("2022", SHIPPING_2022), ("2026", SHIPPING_2026)])
def test_the_invented_files_have_these_columns_in_this_order(vintage, listed):
    misspelt = {
        "배송비 완료일": "배송완료일",
        "배송비 묶음코드": "배송비 묶음번호",
        "구매확정연장상태": "구매확정연장 상태",
    }
    assert list(layouts.SHIPPING[vintage]) == [misspelt.get(name, name) for name in names(listed)]


@pytest.mark.parametrize("vintage", ["2022", "2026"])
def test_invented_files_are_read_whole(tmp_path, book, vintage):
    morning = datetime(2026, 11, 23, 9, 0)
    orders = samples.orders(300, seed=7, as_of=morning)
    path = tmp_path / "스마트스토어_전체주문배송현황_20261123_0900.xlsx"
    count = samples.write_shipping(path, orders, downloaded_at=morning, vintage=vintage)
    batch = intake.read([intake.input_file(path)], book.exports, book.reasons, opening(), AS_OF)
    assert count > 0
    assert (len(batch.claims), batch.row_problems, batch.file_problems) == (count, (), ())
    sent = {order.product_order_no: order.dispatched_at for order in orders}
    for number, at, status in batch.claims[[Col.PRODUCT_ORDER_NO, Col.DISPATCHED_AT, Col.ORDER_STATUS]].itertuples(
        index=False
    ):
        assert abs(at - sent[number]).total_seconds() < 1
        assert status in ("배송중", "배송완료")
