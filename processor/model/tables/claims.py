"""The claims table: the columns that intake reads from each row, and those that it makes when it joins rows."""

from __future__ import annotations

from typing import Final

from processor.model.answer_cells import ANSWER_CELLS
from processor.model.tables.schema import Column, Table, amount, columns_of, count, flag, moment, text, things


class _Exported:
    """Columns of the exports. `exports.columns` in rules.yaml lists the headers of each.

    Text: missing = no file had the column for this order, "" = the cell was blank.
    """

    PRODUCT_ORDER_NO: Final = text("product_order_no", "상품주문번호")
    ORDER_NO: Final = text("order_no", "주문번호, which the product orders of one purchase share")
    ORDER_STATUS: Final = text("order_status", "주문상태")
    ORDER_SUBSTATUS: Final = text("order_substatus", "주문세부상태")
    # claims
    CLAIM_STATUS: Final = text("claim_status", "클레임상태, which does not tell cancel, return and exchange apart")
    CANCEL_STATUS: Final = text("cancel_status", "취소 처리상태")
    RETURN_STATUS: Final = text("return_status", "반품 처리상태")
    EXCHANGE_STATUS: Final = text("exchange_status", "교환 처리상태")
    QUANTITY_CLAIM: Final = text("quantity_claim", "수량클레임 여부: does the claim mean a part of the quantity")
    CLAIM_REASON: Final = text("claim_reason", "the reason that the claim states")
    CLAIM_CHANNEL: Final = text("claim_channel", "접수채널: who filed the claim")
    CLAIM_REQUESTED: Final = moment("claim_requested", "when the claim was filed")
    COLLECT_STATUS: Final = text("collect_status", "수거상태 of a return or an exchange")
    COLLECT_DONE: Final = moment("collect_done", "수거완료일")
    HOLDBACK: Final = text("holdback", "보류상태: does the seller hold the refund or the exchange back")
    CANCELLED_AT: Final = moment("cancelled_at", "when the cancel was completed")
    # dates
    PAID_AT: Final = moment("paid_at", "결제일")
    CONFIRMED_AT: Final = moment("confirmed_at", "발주확인일")
    DUE_AT: Final = moment("due_at", "발송기한")
    HOPED_AT: Final = moment("hoped_at", "배송희망일")
    DISPATCHED_AT: Final = moment("dispatched_at", "발송처리일")
    INVOICE_PRINTED_AT: Final = moment("invoice_printed_at", "송장출력일")
    # goods
    PRODUCT_NO: Final = text("product_no", "상품번호")
    PRODUCT_NAME: Final = text("product_name", "상품명")
    PRODUCT_KIND: Final = text("product_kind", "상품종류: a main good or an add-on")
    OPTION: Final = text("option", "옵션정보")
    OPTION_CODE: Final = text("option_code", "옵션관리코드")
    SELLER_SKU: Final = text("seller_sku", "판매자 상품코드")
    QUANTITY: Final = amount("quantity", "수량", "pieces")
    TOTAL_AMOUNT: Final = amount("total_amount", "총 주문금액 of this product order")
    # delivery
    TRACKING_NO: Final = text("tracking_no", "송장번호")
    COURIER: Final = text("courier", "택배사")
    SHIP_METHOD: Final = text("ship_method", "배송방법")
    SHIP_METHOD_REQUESTED: Final = text("ship_method_requested", "배송방법(구매자 요청)")
    SHIP_ATTRIBUTE: Final = text("ship_attribute", "배송속성")
    CHANNEL: Final = text("channel", "판매채널")
    SUBSCRIPTION: Final = text("subscription", "구독신청회차 or 구독진행회차")
    FULFILLMENT: Final = text("fulfillment", "풀필먼트사")
    MISTAKEN_INVOICE: Final = text("mistaken_invoice", "문제송장 여부")
    MISTAKEN_AT: Final = moment("mistaken_at", "문제송장 등록일")
    BUNDLE_NO: Final = text("bundle_no", "배송비 묶음번호, which goods that ship together share")
    FEE_KIND: Final = text("fee_kind", "배송비 형태")
    FEE_POLICY: Final = text("fee_policy", "배송비 유형")
    SHIPPING_FEE: Final = amount("shipping_fee", "배송비 합계")
    SHIPPING_DISCOUNT: Final = amount("shipping_discount", "배송비 할인액")
    REMOTE_FEE: Final = amount("remote_fee", "제주/도서 추가배송비")
    RETURN_CARE: Final = text("return_care", "반품안심케어: does it cover this order")
    MEMBERSHIP_DELIVERY: Final = text("membership_delivery", "멤버십N배송: does it cover this order")
    RETURN_FEE_CHARGED: Final = amount("return_fee_charged", "반품배송비 that the Seller Center charges the buyer")


_ANSWERED: Final = {
    cell.column: Column(cell.column, "str", f"{cell.header.ko}: {cell.meaning}") for cell in ANSWER_CELLS
}
ANSWER_COLUMNS: Final[tuple[str, ...]] = tuple(_ANSWERED)
"""Columns that the seller fills."""


class _Answered:
    """Those of them that the code uses by name."""

    HANDOVER: Final = _ANSWERED["handover"]
    CONSENT: Final = _ANSWERED["consent"]
    TRUE_REASON: Final = _ANSWERED["true_reason"]
    SELLER_REASON: Final = _ANSWERED["seller_reason"]
    RESULT: Final = _ANSWERED["result"]
    MEMO: Final = _ANSWERED["memo"]


class _Stated:
    STATED_ACTION: Final = text(
        "stated_action", "조치 as a returned workbook shows it: read to say that it decides nothing"
    )


class _Joined:
    """Columns that intake makes when it joins the rows of an order, and that recall makes from earlier runs."""

    SOURCE: Final = things(
        "source", "tuple of Place: the rows of this day's files that speak of this order, newest first"
    )
    INVOICE_SEEN: Final = flag("invoice_seen", "were 발송처리일, 송장출력일 and 송장번호 all there to be looked at")
    DISPATCH_SEEN: Final = flag("dispatch_seen", "did some row, however old, show 배송중 or later")
    TROUBLE: Final = text(
        "trouble", '"" = none, "conflict" = rows contradict each other, "problem" = a row of it is a Problem'
    )
    SEEN_AT: Final = moment("seen_at", "when the newest export that shows this order was made")
    SEEN_IN: Final = text(
        "seen_in", "kinds of exports that show it and no newer list of theirs without it, space-separated"
    )
    SHOWN: Final = flag("shown", "does an export of this day's files show it")
    ASKED_AT: Final = moment("asked_at", "when the newest export that shows an open cancel request was made")
    ASKED_TODAY: Final = flag("asked_today", "does an export of this day's files show that request")
    WAITED_TODAY: Final = flag("waited_today", "does an export of this day's files show it waiting for an approval")
    OVER_AT: Final = moment("over_at", "when the first export was made that shows an open request as over")
    UNCLAIMED_AT: Final = moment("unclaimed_at", "when the newest list of orders that shows no claim was made")
    SENT_AT: Final = moment("sent_at", "when the newest export that shows the order as sent was made")
    EARLIER: Final = text("earlier", '"" or a value of the word 지난기록')
    NOTE_KO: Final = text("note_ko", "what memory has to say of this one order, in Korean")
    NOTE_EN: Final = text("note_en", "the same in English")


class Col(_Joined, _Stated, _Answered, _Exported):
    """Names of the columns of the claims table, which has one row for each 상품주문번호."""


class Mark:
    """Columns in which intake marks each source row until its fate is known."""

    SHEET: Final = count("#sheet", "index into the recognised sheets of the batch")
    ROW: Final = count("#row", "the row as Excel counts")
    PROBLEM: Final = things("#problem", "Problem, or None where the row can be used")
    ROUNDED: Final = flag("#rounded", "was 상품주문번호 a number whose last digit is 0")
    ORDER_ROUNDED: Final = flag("#order_rounded", "was 주문번호 a number whose last digit is 0")
    SILENT: Final = flag("#silent", "is it a row of an answers sheet without any answer")
    UNHELD: Final = text("#unheld", "columns of its sheet that the file does not hold for this row, space-separated")


READ: Final = Table("read", (*columns_of(_Exported), *_ANSWERED.values(), *columns_of(_Stated)))
"""Columns that are read from cells."""
MARKS: Final = Table("marks", columns_of(Mark))
ROWS: Final = READ + MARKS
"""One row for each row of each sheet, as intake reads it and the ledger stores it."""
CLAIMS: Final = Table("claims", (*READ.columns, *columns_of(_Joined)))
"""One row for each product order."""
SOLD_OUT: Final = READ.some("sold_out", Col.PRODUCT_NO, Col.SELLER_SKU, Col.OPTION_CODE, Col.OPTION)
"""The list 품절상품: each entry fills some of these; "" = any."""

CELLS: Final = tuple(column for column in columns_of(_Exported) if column != Col.PRODUCT_ORDER_NO)
"""Columns of an export that are stored with a row. The seller's answers are stored separately."""
ID_COLUMNS: Final = frozenset({Col.PRODUCT_ORDER_NO, Col.ORDER_NO})
DATE_COLUMNS: Final = frozenset(READ.of_dtype("datetime64[us]"))
NUMBER_COLUMNS: Final = frozenset(READ.of_dtype("Int64"))
