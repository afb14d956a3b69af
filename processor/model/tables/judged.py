"""The tables of a report: the columns that judging adds, the points of each order, the goods to mark as sold out."""

from __future__ import annotations

from typing import Final

from processor.model.tables.claims import CLAIMS, READ, Col
from processor.model.tables.schema import Table, amount, columns_of, count, flag, moment, text


class Out:
    """Names of the columns that judging adds to the claims table."""

    SITUATION: Final = count("situation", "index into Report.verdicts")
    ACT_BY: Final = moment("act_by", "the day or moment until which to act")
    OPEN: Final = flag("open", "may something still come of it, so that it is worth remembering")
    PAID_ON: Final = moment("paid_on", "the day of payment; NaT = not paid, or not known")
    OWN_CANCEL: Final = text(
        "own_cancel", 'the buyer\'s reason for which the seller cancels it himself; "" = he does not'
    )
    FEE_OUTBOUND: Final = amount("fee_outbound", "the outbound leg's part of FEE_AMOUNT")
    FEE_RETURN: Final = amount("fee_return", "the return leg's part of FEE_AMOUNT")
    FEE_AMOUNT: Final = amount("fee_amount", "the shipping that somebody has to pay")
    REMOTE_OUTBOUND: Final = amount("remote_outbound", "the part of FEE_OUTBOUND that is the surcharge of 제주·도서")
    REMOTE_RETURN: Final = amount("remote_return", "the part of FEE_RETURN that is the surcharge of 제주·도서")
    FEE_SHARED: Final = flag("fee_shared", "are its legs counted on another line of the bundle")
    SUPPORT: Final = amount("support", "the return leg that Naver may pay instead; 0 = none")
    FREE_OVER: Final = amount("free_over", "the sum from which the bundle ships free")
    FEE_REFUND: Final = amount(
        "fee_refund", "the initial fee that goes back to the buyer with it; missing = none, or not known"
    )
    FEE_NOTE_KO: Final = text("fee_note_ko", "what only this row knows of its fee, in Korean")
    FEE_NOTE_EN: Final = text("fee_note_en", "the same in English")
    DELAY_DAYS: Final = amount(
        "delay_days", "for how long a late refund bears interest; missing = its start is not known", "days"
    )
    DELAY_WON: Final = amount("delay_won", "that interest up to today")


class Point:
    """Names of the columns of the table of points, with one row for each event that brought or may bring points."""

    PRODUCT_ORDER_NO: Final = text("product_order_no", "상품주문번호")
    PRODUCT_NO: Final = text("product_no", "상품번호")
    PRODUCT: Final = text("product", "상품명")
    RULE: Final = text("rule", "id of the row of the penalty table")
    EVENT: Final = text("event", "what brings the points; an order has each event once, or once a day")
    POINTS: Final = count("points", "how many", "points")
    DAY: Final = moment("day", "the dawn on which they are given; NaT = not known")
    DAY_ELSE: Final = moment("day_else", "the same by the other reading, where sources disagree")
    UNTIL: Final = moment("until", "the last day on which they can be avoided")
    STATE: Final = text("state", "a value of PointState")
    DAILY: Final = flag("daily", "do they come again on each working day from `day` on")
    LISTED: Final = flag("listed", "is the order on one of today's lists")
    ENDED: Final = flag("ended", "does what today's list asks for end what brings them")
    REMEMBERED: Final = flag("remembered", "did an earlier run see it that today's files do not show")


class Marked:
    """Names of further columns of the table of goods to be marked 품절, beside product and option."""

    ORDERS: Final = count("orders", "product orders of it that are to be cancelled", "orders")


JUDGED: Final = CLAIMS + Table("judged", columns_of(Out))
"""The rows of a report."""
POINT: Final = Table("points", columns_of(Point))
TO_MARK: Final = READ.some("to_mark", Col.PRODUCT_NO, Col.PRODUCT_NAME, Col.OPTION) + Table("", columns_of(Marked))
"""The goods to be marked 품절 in the Seller Center."""
