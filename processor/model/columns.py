"""Names of the columns of the claims table."""

from __future__ import annotations

from typing import Final


class Col:
    """Names of the columns of the claims table; `rules.yaml` lists under `exports.columns` the headers that fill each.

    Text columns (dtype str): missing = no file had that column for this order, "" = seen and blank.
    """

    PRODUCT_ORDER_NO: Final = "product_order_no"
    ORDER_NO: Final = "order_no"
    ORDER_STATUS: Final = "order_status"
    ORDER_SUBSTATUS: Final = "order_substatus"
    # claims
    CLAIM_STATUS: Final = "claim_status"  # 주문조회 only: a label that does not tell cancel, return, exchange apart
    CANCEL_STATUS: Final = "cancel_status"
    RETURN_STATUS: Final = "return_status"
    EXCHANGE_STATUS: Final = "exchange_status"
    QUANTITY_CLAIM: Final = "quantity_claim"
    CLAIM_REASON: Final = "claim_reason"
    CLAIM_CHANNEL: Final = "claim_channel"
    CLAIM_REQUESTED: Final = "claim_requested"
    COLLECT_STATUS: Final = "collect_status"
    COLLECT_DONE: Final = "collect_done"
    HOLDBACK: Final = "holdback"
    CANCELLED_AT: Final = "cancelled_at"
    # dates
    PAID_AT: Final = "paid_at"
    CONFIRMED_AT: Final = "confirmed_at"
    DUE_AT: Final = "due_at"
    HOPED_AT: Final = "hoped_at"
    DISPATCHED_AT: Final = "dispatched_at"
    INVOICE_PRINTED_AT: Final = "invoice_printed_at"
    # goods
    PRODUCT_NO: Final = "product_no"
    PRODUCT_NAME: Final = "product_name"
    PRODUCT_KIND: Final = "product_kind"
    OPTION: Final = "option"
    OPTION_CODE: Final = "option_code"
    SELLER_SKU: Final = "seller_sku"
    QUANTITY: Final = "quantity"
    TOTAL_AMOUNT: Final = "total_amount"
    # delivery
    TRACKING_NO: Final = "tracking_no"
    COURIER: Final = "courier"
    SHIP_METHOD: Final = "ship_method"
    SHIP_METHOD_REQUESTED: Final = "ship_method_requested"
    SHIP_ATTRIBUTE: Final = "ship_attribute"
    CHANNEL: Final = "channel"
    SUBSCRIPTION: Final = "subscription"
    FULFILLMENT: Final = "fulfillment"
    MISTAKEN_INVOICE: Final = "mistaken_invoice"
    MISTAKEN_AT: Final = "mistaken_at"
    BUNDLE_NO: Final = "bundle_no"
    FEE_KIND: Final = "fee_kind"
    FEE_POLICY: Final = "fee_policy"
    SHIPPING_FEE: Final = "shipping_fee"
    SHIPPING_DISCOUNT: Final = "shipping_discount"
    REMOTE_FEE: Final = "remote_fee"
    RETURN_CARE: Final = "return_care"  # 반품안심케어: does it cover this order
    MEMBERSHIP_DELIVERY: Final = "membership_delivery"  # 멤버십N배송: the same
    RETURN_FEE_CHARGED: Final = "return_fee_charged"  # 반품배송비: what the Seller Center charges the buyer, in won
    # the seller's answers
    HANDOVER: Final = "handover"
    CONSENT: Final = "consent"
    TRUE_REASON: Final = "true_reason"
    SELLER_REASON: Final = "seller_reason"
    RESULT: Final = "result"
    MEMO: Final = "memo"
    STATED_ACTION: Final = (
        "stated_action"  # 조치 as a returned workbook shows it: read only to say that it decides nothing
    )
    # made by intake while joining
    SOURCE: Final = "source"  # tuple[Place, ...]: every row of every file that speaks of this order, newest first
    INVOICE_SEEN: Final = "invoice_seen"  # bool: 발송처리일, 송장출력일 and 송장번호 were all there to be looked at
    DISPATCH_SEEN: Final = "dispatch_seen"  # bool: some row, however old, showed 배송중 or later
    TROUBLE: Final = "trouble"  # "" · "conflict" (rows contradict each other) · "problem" (a row of it is a Problem)
    SEEN_AT: Final = "seen_at"  # datetime64: when the newest export that shows this order was made; missing = none does
    SEEN_IN: Final = (
        "seen_in"  # the kinds of exports that show it, and no newer list of theirs without it; space-separated
    )
    SHOWN: Final = "shown"  # bool: an export of this day's files shows it
    ASKED_AT: Final = "asked_at"  # datetime64: when the newest export that shows an open cancel request was made
    ASKED_TODAY: Final = "asked_today"  # bool: an export of this day's files shows that request
    OVER_AT: Final = "over_at"  # datetime64: when the first export was made that shows an open request as over
    UNCLAIMED_AT: Final = "unclaimed_at"  # datetime64: when the newest list of orders that shows no claim was made
    SENT_AT: Final = "sent_at"  # datetime64: when the newest export that shows the order as sent was made
    # made of what earlier runs left
    EARLIER: Final = "earlier"  # "" or a value of the word 지난기록
    NOTE_KO: Final = "note_ko"  # what memory has to say of this one order
    NOTE_EN: Final = "note_en"


ID_COLUMNS: Final = frozenset({Col.PRODUCT_ORDER_NO, Col.ORDER_NO})
DATE_COLUMNS: Final = frozenset(
    {
        Col.CLAIM_REQUESTED,
        Col.COLLECT_DONE,
        Col.CANCELLED_AT,
        Col.MISTAKEN_AT,
        Col.PAID_AT,
        Col.CONFIRMED_AT,
        Col.DUE_AT,
        Col.HOPED_AT,
        Col.DISPATCHED_AT,
        Col.INVOICE_PRINTED_AT,
    }
)
NUMBER_COLUMNS: Final = frozenset(
    {
        Col.QUANTITY,
        Col.TOTAL_AMOUNT,
        Col.SHIPPING_FEE,
        Col.SHIPPING_DISCOUNT,
        Col.REMOTE_FEE,
        Col.RETURN_FEE_CHARGED,
    }
)
ANSWER_COLUMNS: Final = (Col.HANDOVER, Col.CONSENT, Col.TRUE_REASON, Col.SELLER_REASON, Col.RESULT, Col.MEMO)
