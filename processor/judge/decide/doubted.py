"""Finds the seller's own cancels whose stated buyer's reason may be false, by the history of the product.

A false reason is 고의적 부당행위, sanctioned without points (policy §4.3). Nothing here stops an order or proposes another
reason. The seller is warned how such a cancel looks, and decides.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import numpy as np
import pandas as pd

from processor.judge.facts import Claims, among, count_alike
from processor.model import CELL_NAMED, Action, Col, Past, Point, Text
from processor.model.matching import Texts
from processor.rulebook import reasons
from processor.rulebook.types import Rulebook

REPEATED: Final = "되풀이"
SOLD_OUT: Final = "품절이력"
OUT_TODAY: Final = "오늘품절"


def own_cancels(claims: Claims, action: Texts) -> Texts:
    """For each order that the seller cancels himself, now or within the window: the buyer's reason stated; else ""."""
    request, buyers = claims.facts["요청"], claims.facts["귀책"] == "구매자"
    when = claims.table[Col.CANCELLED_AT].fillna(claims.table[Col.CLAIM_REQUESTED])
    lately = ~when.lt(_first_day(claims)).to_numpy(bool)
    done = among(request, ["완료", "취소처리중"]) & (claims.facts["접수"] == "판매자") & lately
    return np.where(buyers & (done | (action == Action.SELLER_CANCEL.ko)), claims.facts["사유"], "")


def doubts(claims: Claims, own: Texts, past: Past) -> Texts:
    """Why the reason is in doubt, for each order that the seller wants to cancel for a buyer's reason; "" = no doubt.

    품절이력: the product was cancelled as sold out within the window. 오늘품절: the seller says today that it is sold out.
    되풀이: it was cancelled for buyers' reasons as often as `penalties.repeats` names.
    """
    product = claims.text(Col.PRODUCT_NO)
    known = product != ""
    first = _first_day(claims).date()
    before = {number: sum(day >= first for day in days) for number, days in past.own_cancels.items()}
    times = count_alike(own != "", product) + np.array([before.get(number, 0) for number in product], int)
    cancelled = set(past.points.loc[_of_cancels(past.points, claims), Point.PRODUCT_NO])
    out_today = set(product[claims.facts["실제사유"] == reasons.sold_out(claims.book.reasons).cause])
    wished = (claims.facts["요청"] == "판매자취소") & (claims.facts["귀책"] == "구매자") & known
    wished &= claims.facts["사유일치"] != "아니오"  # 아니오: known to be false, which a row of the rules answers
    return claims.choose(
        (wished & among(product, cancelled), SOLD_OUT),
        (wished & among(product, out_today), OUT_TODAY),
        (wished & (own != "") & (times >= claims.book.penalties.repeats.times), REPEATED),
        otherwise="",
    )


def _of_cancels(points: pd.DataFrame, claims: Claims) -> pd.Series[bool]:
    """Sold-out cancels within the window."""
    events = {row.event for row in claims.book.penalties.table.rows if row.by_action}
    return points[Point.EVENT].isin(events) & points[Point.DAY].ge(_first_day(claims))


def _first_day(claims: Claims) -> pd.Timestamp:
    """The first day of the sanction window that ends today."""
    return pd.Timestamp(claims.as_of.date() - timedelta(days=claims.book.penalties.sanction.window_days - 1))


def in_doubt(doubt: str, book: Rulebook) -> Text:
    """The warning to the seller: what makes the reason doubtful, and how a false reason is sanctioned."""
    days, times = book.penalties.sanction.window_days, book.penalties.repeats.times
    seen = {
        REPEATED: Text(
            f"이 상품은 {days}일 안에 구매자 사유로 {times}번 이상 직접 취소하게 됩니다",
            f"this product is cancelled by you for buyers' reasons {times} times or more within {days} days",
        ),
        SOLD_OUT: Text(
            f"이 상품은 {days}일 안에 품절로 취소한 적이 있습니다",
            f"this product was cancelled as sold out within {days} days",
        ),
        OUT_TODAY: Text("이 상품은 오늘 품절이라고 알려 주셨습니다", "you say today that this product is sold out"),
    }[doubt]
    return Text(
        f"{seen.ko}. 구매자가 정말 요청한 취소인지 다시 확인하고 그 대화를 남겨 두세요. 실제 이유가 품절이면 실제사유에 품절을 적으세요: "
        "사실과 다른 사유로 취소하면 벌점 없이 바로 제재를 받는 부당행위이고, 사유는 구매자에게 보입니다",
        f"{seen.en}: see again whether the buyer really asked, and keep the conversation; if it is sold out, say so "
        f"in {CELL_NAMED['실제사유'].header.en}, for a false reason is an offence that is sanctioned at once without points, and the buyer sees the reason",
    )
