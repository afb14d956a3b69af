"""Each line of the decision table (policy §10): what is done, who pays how much, which points, by when.

Worked by hand from that page and from what its §11 settles where it leaves a choice; where the two differ §11 decides
(a missing fact is 확인필요, a picked-up parcel is 고객협의). The moment is Mon 2026-11-23, 09:00. An order was
paid on Fri 11-20 and is due on Wed 11-25; its buyer asked on Fri 11-20 (+ 2 working days: Tue 11-24).
F0 = 3,000 won, R = 3,000, the goods 30,000.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import pandas as pd
import pytest
from made import product
from test_facts import Line, batch_of, with_store

from processor.app.think import think
from processor.judge import Workdays
from processor.model import Col, Out, Scenario, Verdict
from processor.outbox.lines import of_verdict
from processor.rulebook.types import Rulebook

pytestmark = pytest.mark.slow

MONDAY = datetime(2026, 11, 23, 9, 0)
OUT, BACK, BOTH = ("outbound",), ("return",), ("outbound", "return")
FEES = {"return_fee": 3000, "outbound_fee": 3000}
NOBODY = ("none", (), 0)
UNDECIDED = ("undecided", (), None)

ORDER = {
    Col.ORDER_STATUS: "발송대기", Col.ORDER_SUBSTATUS: "발주확인", Col.INVOICE_SEEN: True, Col.PAID_AT: "2026-11-20 10:00",
    Col.DUE_AT: "2026-11-25 23:59", Col.SHIP_METHOD: "택배,등기,소포", Col.SHIP_ATTRIBUTE: "일반배송",
    Col.CHANNEL: "스마트스토어", Col.BUNDLE_NO: "77", Col.FEE_KIND: "선불", Col.FEE_POLICY: "유료", Col.SHIPPING_FEE: 3000,
    Col.TOTAL_AMOUNT: 30_000, Col.PRODUCT_NO: "8100000001", Col.QUANTITY_CLAIM: "N",
}  # fmt: skip
FREE = {Col.FEE_KIND: "무료", Col.FEE_POLICY: "무료", Col.SHIPPING_FEE: 0}
CONDITIONAL = {Col.FEE_KIND: "무료", Col.FEE_POLICY: "조건부무료", Col.SHIPPING_FEE: 0}
ASKED = {
    **ORDER, Col.CANCEL_STATUS: "취소요청", Col.CLAIM_REQUESTED: "2026-11-20 10:00", Col.CLAIM_CHANNEL: "구매자",
    Col.CLAIM_REASON: "구매의사취소",
}  # fmt: skip
SELLERS, NOBODYS = {Col.CLAIM_REASON: "배송누락"}, {Col.CLAIM_REASON: "배송지연"}
PACKED, PICKED_UP, DIRECT = {Col.HANDOVER: "포장"}, {Col.HANDOVER: "집화"}, {Col.SHIP_METHOD: "직접전달"}
PRINTED = {Col.INVOICE_PRINTED_AT: "2026-11-20 15:00"}
SENT = {Col.ORDER_STATUS: "배송중", Col.DISPATCHED_AT: "2026-11-20 16:00", Col.TRACKING_NO: "551234567890"}
ARRIVED = {**SENT, Col.ORDER_STATUS: "배송완료"}
GIFT, BOOKED = {Col.CHANNEL: "선물하기"}, {Col.CHANNEL: "정기구독"}
NOTIFIED = {Col.ORDER_SUBSTATUS: "발송지연"}
SOLD_OUT = {**ORDER, Col.SELLER_REASON: "상품품절"}
AGREED, REFUSED = {Col.CONSENT: "예"}, {Col.CONSENT: "아니오"}
MADE = {"8100000001": product("8100000001", "주문제작", "예")}
MADE_FREELY = {"8100000001": product("8100000001", "주문제작", "아니오")}
ABROAD = {"8100000001": product("8100000001", "해외")}

Fee = tuple[str, tuple[str, ...], int | None]  # payer, legs, won; None = unknown


class Case(NamedTuple):
    """A line of policy §10, the order that it speaks of with others beside it, and what must come of it."""

    line: str
    order: Line
    action: str
    fee: Fee
    act_by: str | None
    given: int = 0
    by_action: int = 0
    reason: str | None = "any"
    flags: tuple[str, ...] = ()
    beside: Sequence[Line] = ()
    store: dict[str, Any] = {}  # noqa: RUF012 - never changed
    moment: datetime = MONDAY


CASES = [
    # ── 10.2 guards ──
    Case("G1 done", {**ASKED, Col.ORDER_STATUS: "취소", Col.CANCEL_STATUS: "취소완료"}, "none", NOBODY, None),
    Case(
        "G2 an exchange in the order", {**ASKED, Col.ORDER_NO: "1"}, "negotiate", UNDECIDED, "2026-11-24",
        beside=[{**ORDER, **ARRIVED, Col.ORDER_NO: "1", Col.EXCHANGE_STATUS: "교환요청"}],
    ),
    Case("G2 a return of the line", {**ASKED, **ARRIVED, Col.RETURN_STATUS: "반품요청"}, "negotiate", UNDECIDED, "2026-11-24"),
    Case("G3 contradicting rows", {**ASKED, Col.TROUBLE: "conflict"}, "review", UNDECIDED, "2026-11-24", flags=("conflicting_rows",)),
    Case(
        "G4 a false reason", {**ORDER, **AGREED, Col.SELLER_REASON: "구매의사취소", Col.TRUE_REASON: "품절"}, "review",
        UNDECIDED, "2026-11-25", flags=("reason_mismatch",),
    ),
    Case(
        "G6 the add-on stays", {**ASKED, Col.ORDER_NO: "1"}, "negotiate", NOBODY, "2026-11-24", flags=("addon_first",),
        beside=[{**ORDER, Col.ORDER_NO: "1", Col.BUNDLE_NO: "78", Col.PRODUCT_KIND: "추가구성상품"}],
    ),
    Case("G7 an unknown state", {**ASKED, Col.ORDER_STATUS: "취소요청"}, "review", UNDECIDED, "2026-11-24", flags=("unknown_state",)),
    # ── 10.3 the buyer asked ──
    Case("B1 not paid", {**ASKED, Col.ORDER_STATUS: "결제대기", Col.PAID_AT: None, Col.DUE_AT: None}, "none", NOBODY, None),
    Case("B2 completed by itself", {**ASKED, Col.ORDER_STATUS: "취소", Col.CANCEL_STATUS: "취소완료"}, "none", NOBODY, None),
    Case("B3", ASKED, "approve", NOBODY, "2026-11-24", reason="INTENT_CHANGED"),
    Case("B4", {**ASKED, **SELLERS}, "approve", NOBODY, "2026-11-24", reason="DROPPED_DELIVERY"),
    Case("B4 sold out", {**ASKED, Col.CLAIM_REASON: "상품품절"}, "approve", NOBODY, "2026-11-24", flags=("sold_out_reason",)),
    Case("B5 negotiate", {**ASKED, **PACKED}, "negotiate", NOBODY, "2026-11-24"),
    Case("B5 approve", {**ASKED, **PACKED}, "approve", NOBODY, "2026-11-24", store={"packed": "approve"}),
    Case("B5 by the seller's fault", {**ASKED, **PACKED, **SELLERS}, "approve", ("seller", (), 0), "2026-11-24"),
    Case(
        "B5 sold out", {**ASKED, **PACKED, Col.CLAIM_REASON: "상품품절"}, "approve", ("seller", (), 0), "2026-11-24",
        flags=("sold_out_reason",),
    ),
    Case("B6", {**ASKED, **PRINTED}, "negotiate", NOBODY, "2026-11-24"),
    Case("B7 paid", {**ASKED, **PICKED_UP}, "negotiate", ("buyer", BACK, 3000), "2026-11-24"),
    Case("B7 free", {**ASKED, **FREE, **PICKED_UP}, "negotiate", ("buyer", BOTH, 6000), "2026-11-24"),
    Case("B8", {**ASKED, **PICKED_UP, **SELLERS}, "negotiate", ("seller", BOTH, 6000), "2026-11-24"),
    Case("B9", {**ASKED, **PICKED_UP, **DIRECT}, "negotiate", ("buyer", BOTH, None), "2026-11-24"),
    Case("B10", {**ASKED, **DIRECT}, "approve", NOBODY, "2026-11-24"),
    Case("B11", {**ASKED, **PICKED_UP, **DIRECT, **SELLERS}, "negotiate", ("seller", BOTH, 6000), "2026-11-24"),
    Case("B12", {**ASKED, **NOTIFIED}, "none", NOBODY, None, flags=("verify",)),
    Case(  # promised for Wed 11-18, asked on Fri 11-20: the point of Thu 11-19 stays
        "B12 the promise was missed before", {**ASKED, **NOTIFIED, Col.DUE_AT: "2026-11-18 23:59"}, "none", NOBODY, None,
        given=2, flags=("verify",),
    ),
    Case("B13", ASKED, "negotiate", ("buyer", (), None), "2026-11-24", store={"products": MADE}),
    Case("B13 fault unknown", {**ASKED, **NOBODYS}, "negotiate", UNDECIDED, "2026-11-24", store={"products": MADE}),
    Case("B14", ASKED, "approve", NOBODY, "2026-11-24", store={"products": MADE_FREELY}),
    Case("B15", ASKED, "negotiate", ("buyer", (), None), "2026-11-24", store={"products": ABROAD}),
    Case("B15 fault unknown", {**ASKED, **NOBODYS}, "negotiate", UNDECIDED, "2026-11-24", store={"products": ABROAD}),
    Case("B16", {**ASKED, Col.QUANTITY_CLAIM: "Y"}, "review", UNDECIDED, "2026-11-24", flags=("partial_quantity",)),
    Case("B17", {**ASKED, Col.CLAIM_REASON: "상품품절", Col.QUANTITY_CLAIM: "Y"}, "review", NOBODY, "2026-11-24", flags=("partial_quantity",)),
    Case(
        "B17 free above a minimum", {**ASKED, **CONDITIONAL, Col.CLAIM_REASON: "상품품절", Col.QUANTITY_CLAIM: "Y"},
        "review", ("seller", OUT, None), "2026-11-24", flags=("partial_quantity",),
    ),
    Case("B18 gift", {**ASKED, **GIFT}, "approve", NOBODY, "2026-11-24"),
    Case("B18 subscription", {**ASKED, **BOOKED}, "approve", NOBODY, "2026-11-24"),
    Case("B19 paid", {**ASKED, **SENT}, "return", ("buyer", BACK, 3000), "2026-11-24"),
    Case("B19 free", {**ASKED, **SENT, **FREE}, "return", ("buyer", BOTH, 6000), "2026-11-24"),
    Case(
        "B19 one line of a bundle, free", {**ASKED, **SENT, **FREE}, "return", ("buyer", BACK, 3000), "2026-11-24",
        beside=[{**ORDER, **SENT, **FREE}],
    ),
    Case("B19 free, to an island", {**ASKED, **SENT, **FREE, Col.REMOTE_FEE: 4000}, "return", ("buyer", BOTH, 10_000), "2026-11-24"),
    Case("B19 F0 not told", {**ASKED, **SENT, **FREE, Col.SHIPPING_FEE: None}, "return", ("buyer", BACK, None), "2026-11-24"),
    Case("B20", {**ASKED, **SENT, **SELLERS}, "return", ("seller", BOTH, 6000), "2026-11-24"),
    Case(
        "B20 one line of a bundle", {**ASKED, **SENT, **SELLERS}, "return", ("seller", BACK, 3000), "2026-11-24",
        beside=[{**ORDER, **SENT}],
    ),
    Case("B20 F0 not told", {**ASKED, **SENT, **SELLERS, Col.SHIPPING_FEE: None}, "return", ("seller", BOTH, None), "2026-11-24"),
    Case("B21", {**ASKED, **SENT, **DIRECT}, "return", ("buyer", BOTH, None), "2026-11-24"),
    Case("B22", {**ASKED, **ARRIVED}, "return", ("buyer", BACK, 3000), "2026-11-24"),
    Case("B23", {**ASKED, **ARRIVED, **SELLERS}, "return", ("seller", BOTH, 6000), "2026-11-24"),
    Case("B24", {**ASKED, **ARRIVED, Col.ORDER_STATUS: "구매확정"}, "negotiate", ("buyer", BACK, 3000), None),
    Case("B25", {**ASKED, Col.CANCEL_STATUS: "취소철회"}, "ship", NOBODY, "2026-11-25", flags=("alive_again",)),
    Case("B25 sent", {**ASKED, **SENT, Col.CANCEL_STATUS: "취소철회"}, "none", NOBODY, None),
    Case("B27 not packed", {**ASKED, **NOBODYS}, "approve", NOBODY, "2026-11-24", reason=None),
    Case("B27 packed", {**ASKED, **PACKED, **NOBODYS}, "negotiate", NOBODY, "2026-11-23"),
    Case("B27 sent", {**ASKED, **SENT, **NOBODYS}, "return", ("undecided", BACK, None), "2026-11-24"),
    Case("B27 charged all the same", {**ASKED, **SENT, **NOBODYS, Col.RETURN_FEE_CHARGED: 2500}, "return", ("buyer", BACK, 2500), "2026-11-24"),
    Case("B19 what the screen charges", {**ASKED, **SENT, Col.RETURN_FEE_CHARGED: 2500}, "return", ("buyer", BACK, 2500), "2026-11-24"),
    Case("B20 the screen charges nobody", {**ASKED, **SENT, **SELLERS, Col.RETURN_FEE_CHARGED: 0}, "return", ("seller", BOTH, 6000), "2026-11-24"),
    # ── 10.4 the seller starts ──
    Case(
        "V1", {**SOLD_OUT, **AGREED}, "seller_cancel", ("seller", (), 0), "2026-11-25", by_action=2, reason="SOLD_OUT",
        flags=("mark_sold_out",),
    ),
    Case("V1 subscription", {**SOLD_OUT, **AGREED, **BOOKED}, "seller_cancel", ("seller", (), 0), "2026-11-25", by_action=3, flags=("mark_sold_out",)),
    Case("V1 gift", {**SOLD_OUT, **AGREED, **GIFT}, "seller_cancel", ("seller", (), 0), "2026-11-25", by_action=3, flags=("mark_sold_out",)),
    Case(  # Wed 11-18 + 3 working days, before the deadline that the file tells
        "V1 the law comes first", {**SOLD_OUT, **AGREED, Col.PAID_AT: "2026-11-18 10:00"}, "seller_cancel",
        ("seller", (), 0), "2026-11-23", by_action=2, flags=("mark_sold_out",),
    ),
    Case(
        "V1 the deadline comes first", {**SOLD_OUT, **AGREED, Col.DUE_AT: "2026-11-24 23:59"}, "seller_cancel",
        ("seller", (), 0), "2026-11-24", by_action=2, flags=("mark_sold_out",),
    ),
    Case(  # Thu 11-19 passed: 1 point was given on Fri, and today's cancel brings 2
        "V1 late already", {**SOLD_OUT, **AGREED, Col.PAID_AT: "2026-11-16 10:00", Col.DUE_AT: "2026-11-19 23:59"},
        "seller_cancel", ("seller", (), 0), "2026-11-19", given=1, by_action=2, flags=("mark_sold_out",),
    ),
    Case(
        "V1 one line of a bundle", {**SOLD_OUT, **AGREED}, "seller_cancel", ("seller", (), 0), "2026-11-25", by_action=2, flags=("mark_sold_out",),
        beside=[ORDER],
    ),
    Case("V2", SOLD_OUT, "negotiate", NOBODY, "2026-11-25"),
    Case("V3", {**SOLD_OUT, **REFUSED}, "negotiate", NOBODY, "2026-11-25"),
    Case("V4", {**ORDER, **AGREED, Col.SELLER_REASON: "배송지연"}, "seller_cancel", ("seller", (), 0), "2026-11-25", reason="DELAYED_DELIVERY"),
    Case("V4 service", {**ORDER, **AGREED, Col.SELLER_REASON: "서비스불만족"}, "seller_cancel", ("seller", (), 0), "2026-11-25", reason="PRODUCT_UNSATISFIED"),
    Case("V5", {**ORDER, **AGREED, Col.SELLER_REASON: "상품정보상이"}, "seller_cancel", ("seller", (), 0), "2026-11-25", reason="INCORRECT_INFO"),
    Case("V6 mind", {**ORDER, **AGREED, Col.SELLER_REASON: "구매의사취소"}, "seller_cancel", NOBODY, "2026-11-25", reason="INTENT_CHANGED"),
    Case("V6 colour", {**ORDER, **AGREED, Col.SELLER_REASON: "색상및사이즈변경"}, "seller_cancel", NOBODY, "2026-11-25", reason="COLOR_AND_SIZE"),
    Case("V6 wrong", {**ORDER, **AGREED, Col.SELLER_REASON: "다른상품잘못주문"}, "seller_cancel", NOBODY, "2026-11-25", reason="WRONG_ORDER"),
    Case("V6 packed", {**ORDER, **AGREED, **PACKED, Col.SELLER_REASON: "구매의사취소"}, "negotiate", NOBODY, "2026-11-25"),
    Case(
        "V6 picked up", {**ORDER, **AGREED, **PICKED_UP, Col.SELLER_REASON: "구매의사취소"}, "negotiate",
        ("buyer", BACK, 3000), "2026-11-25",
    ),
    Case("V6 printed", {**ORDER, **AGREED, **PRINTED, Col.SELLER_REASON: "구매의사취소"}, "negotiate", NOBODY, "2026-11-25"),
    Case("V6 handover unknown", {**ORDER, **AGREED, Col.INVOICE_SEEN: False, Col.SELLER_REASON: "구매의사취소"}, "review", UNDECIDED, "2026-11-25"),
    Case("V6 not agreed", {**ORDER, Col.SELLER_REASON: "구매의사취소"}, "negotiate", NOBODY, "2026-11-25"),
    Case("V8", {**SOLD_OUT, **AGREED, **SENT}, "return", ("seller", BOTH, 6000), None),
    Case(  # not scanned yet: Fri 11-20 + 2 working days, else 3 points for a false invoice
        "V8 not handed over",
        {**SOLD_OUT, Col.CANCEL_STATUS: "취소요청", Col.CLAIM_CHANNEL: "판매자", Col.CLAIM_REASON: "상품품절", Col.DISPATCHED_AT: "2026-11-20 16:00", Col.SEEN_AT: "2026-11-23 08:50"},
        "return", ("seller", BOTH, 6000), "2026-11-24",
    ),
    Case("V8 by the buyer's wish", {**ORDER, **AGREED, **SENT, Col.SELLER_REASON: "구매의사취소"}, "return", ("buyer", BACK, 3000), None),
    Case("V9", {**ORDER, **AGREED, Col.SELLER_REASON: "가격오류"}, "review", UNDECIDED, "2026-11-25", flags=("no_reason_code",)),
    Case("V10", {**SOLD_OUT, **AGREED, **PICKED_UP}, "review", UNDECIDED, "2026-11-25", flags=("contradiction",)),
    # ── 10.5 no claim ──
    Case("D1", {**ORDER, Col.DUE_AT: "2026-11-23 23:59"}, "ship", NOBODY, "2026-11-23"),
    Case("D2", {**ORDER, Col.DUE_AT: "2026-11-20 23:59"}, "ship", NOBODY, "2026-11-20", given=1, flags=("late",)),
    Case("D2 four days", {**ORDER, Col.DUE_AT: "2026-11-17 23:59"}, "ship", NOBODY, "2026-11-17", given=1, flags=("late",)),
    Case("D3", {**ORDER, Col.DUE_AT: "2026-11-16 23:59"}, "ship", NOBODY, "2026-11-16", given=4, flags=("late",)),
    Case("D4", {**ORDER, **NOTIFIED, Col.DUE_AT: "2026-11-20 23:59"}, "ship", NOBODY, "2026-11-20", given=2, flags=("late", "promise_passed")),
    Case(
        "D4 subscription", {**ORDER, **NOTIFIED, **BOOKED, Col.DUE_AT: "2026-11-20 23:59"}, "ship", NOBODY, "2026-11-20",
        given=3, flags=("late", "promise_passed"),
    ),
    Case(  # Wed 11-18 + 2: Thu, Fri; on Mon nobody had scanned it
        "D5",
        {**ORDER, Col.DISPATCHED_AT: "2026-11-18 16:00", Col.TRACKING_NO: "551234567890", Col.SEEN_AT: "2026-11-23 08:50"},
        "none", NOBODY, None, given=3,
    ),
    Case(  # Thu 11-19 + 3: Fri, Mon, Tue
        "D6", {**ORDER, **ARRIVED, Col.RETURN_STATUS: "수거완료", Col.COLLECT_DONE: "2026-11-19 10:00", Col.CLAIM_REASON: "단순변심"},
        "return", ("buyer", BACK, 3000), "2026-11-24",
    ),
    Case(
        "D6 on hold",
        {
            **ORDER, **ARRIVED, Col.RETURN_STATUS: "수거완료", Col.COLLECT_DONE: "2026-11-09 10:00",
            Col.CLAIM_REASON: "단순변심", Col.HOLDBACK: "환불보류중",
        },
        "return", ("buyer", BACK, 3000), None,
    ),
    Case(
        "D6 exchange on hold",
        {
            **ORDER, **ARRIVED, Col.EXCHANGE_STATUS: "수거완료", Col.COLLECT_DONE: "2026-11-09 10:00",
            Col.CLAIM_REASON: "단순변심", Col.HOLDBACK: "교환보류",
        },
        "ship", ("buyer", BOTH, 6000), None,
    ),
    Case(
        "D6 late", {**ORDER, **ARRIVED, Col.RETURN_STATUS: "수거완료", Col.COLLECT_DONE: "2026-11-17 10:00", Col.CLAIM_REASON: "단순변심"},
        "return", ("buyer", BACK, 3000), "2026-11-20", given=1, flags=("late",),
    ),
    Case(
        "D7", {**ORDER, Col.PAID_AT: "2025-09-25 10:00", Col.DUE_AT: "2025-09-30 23:59"}, "ship", NOBODY, "2025-09-30",
        flags=("late",), moment=datetime(2025, 10, 1, 9, 0),
    ),
    Case("D8", {**ORDER, Col.SHIP_ATTRIBUTE: "N판매자배송", Col.DUE_AT: "2026-11-19 23:59"}, "ship", NOBODY, "2026-11-19", given=2, flags=("late",)),
]  # fmt: skip  # a line of the policy's table is a line here


Judged = tuple[pd.Series, Verdict]


def _alone(case: Case, book: Rulebook, workdays: Workdays) -> Judged:
    book = with_store(book, **{**FEES, **case.store})
    report = think(batch_of(case.order, *case.beside), book, case.moment, workdays)
    row = report.rows[report.rows[Col.PRODUCT_ORDER_NO].eq("2026111800000001")].iloc[0]
    return row, report.verdicts[row[Out.SITUATION]]


@pytest.fixture(scope="module")
def judged(book: Rulebook, workdays: Workdays) -> dict[str, Judged]:
    """Orders that need nothing beside them in one batch, each with its own bundle, order and product."""
    single = [case for case in CASES if not (case.beside or case.store) and case.moment == MONDAY]
    lines = [
        {**case.order, Col.BUNDLE_NO: str(n), Col.ORDER_NO: str(n), Col.PRODUCT_NO: str(n)}
        for n, case in enumerate(single, start=900)
    ]
    report = think(batch_of(*lines), with_store(book, **FEES), MONDAY, workdays)
    rows = report.rows.sort_values(Col.PRODUCT_ORDER_NO)
    return {
        case.line: (row, report.verdicts[row[Out.SITUATION]])
        for case, (_, row) in zip(single, rows.iterrows(), strict=True)
    }


@pytest.mark.parametrize("case", CASES, ids=[case.line for case in CASES])
def test_a_line_of_the_policys_table(case: Case, judged: dict[str, Judged], book: Rulebook, workdays: Workdays) -> None:
    row, verdict = judged.get(case.line) or _alone(case, book, workdays)
    said = of_verdict(verdict, "ko")
    won = None if pd.isna(row[Out.FEE_AMOUNT]) else int(row[Out.FEE_AMOUNT])
    act_by = None if pd.isna(row[Out.ACT_BY]) else f"{row[Out.ACT_BY]:%Y-%m-%d}"
    assert {
        "action": said["action"],
        "fee": (said["fee"]["payer"], tuple(said["fee"]["legs"]), won),
        "act_by": act_by,
        "penalty": {name: points for name, points in said["penalty"].items() if name != "event"},
        "flags": tuple(said["flags"]),
    } == {
        "action": case.action,
        "fee": case.fee,
        "act_by": case.act_by,
        "penalty": {"points": case.given + case.by_action, "given": case.given, "by_action": case.by_action},
        "flags": case.flags,
    }
    assert case.reason in ("any", said["reason"])
    assert said["irreversible"] is (case.action in ("approve", "seller_cancel"))


def test_every_line_of_the_policys_table_has_a_case() -> None:
    told = {case.line.split()[0] for case in CASES}
    as_others = {"G5": "V2", "G8": "B19", "B26": "B19", "V7": "V2"}  # the same situation under another number
    assert set(as_others.values()) <= told
    lines = {*(f"G{n}" for n in range(1, 9)), *(f"B{n}" for n in range(1, 28)), *(f"V{n}" for n in range(1, 11))}
    lines |= {f"D{n}" for n in range(1, 9)}
    assert lines == told | set(as_others)


def test_d9_a_projected_ratio_warns_early(book: Rulebook, workdays: Workdays) -> None:
    """7 points of 20 orders are 35 %: seven orders, each late by a day."""
    late = {**ORDER, Col.DUE_AT: "2026-11-20 23:59"}
    report = think(batch_of(*[late] * 7, *[ORDER] * 13), book, MONDAY, workdays)
    assert report.forecast.days[0].counts[Scenario.ALWAYS].safe == 7
    assert report.forecast.early
    few = think(batch_of(*[late] * 6, *[ORDER] * 14), book, MONDAY, workdays)
    assert not few.forecast.early
