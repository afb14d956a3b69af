"""The message to the buyer, filled with what is known of the order. What is not known stays a blank to be filled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from processor.model import Action, Col, Leg, Out, Payer, Text, Verdict

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_BLANKS: Final = {
    "상품": Text("상품 이름", "product"),
    "수량": Text("수량", "quantity"),
    "주문번호": Text("주문번호", "order number"),
    "금액": Text("금액", "amount"),
    "편도": Text("편도 배송비", "one-way shipping"),
    "왕복": Text("왕복 배송비", "round-trip shipping"),
    "편도/왕복": Text("반품 배송비", "return shipping"),
    "기한": Text("날짜", "date"),
    "택배사": Text("택배사", "courier"),
    "송장": Text("송장번호", "tracking number"),
    "일자": Text("날짜", "date"),
    "기준": Text("무료배송 기준 금액", "free-shipping minimum"),
}


def fill(
    rows: pd.DataFrame, situations: Sequence[int], verdicts: Sequence[Verdict], drafts: Mapping[str, Text], lang: str
) -> list[str | None]:
    """One draft a row, or none where its verdict has none."""
    filled: list[str | None] = [None] * len(situations)
    places: dict[int, list[int]] = {}
    for place, situation in enumerate(situations):
        places.setdefault(situation, []).append(place)
    for situation, here in places.items():
        verdict = verdicts[situation]
        if verdict.message is not None and verdict.message in drafts:
            template = drafts[verdict.message].said(lang)
            texts = _texts(template, rows.iloc[here], verdict, lang)
            for place, text in zip(here, texts, strict=True):
                filled[place] = text
    return filled


def _texts(template: str, rows: pd.DataFrame, verdict: Verdict, lang: str) -> list[str]:
    """Fills in one pass, so that a product called `{금액}` stays just that."""
    pieces = _VARIABLE.split(template)  # words, variable, words, variable …, words
    columns = [
        _known(piece, rows, verdict, lang) if number % 2 else [piece] * len(rows) for number, piece in enumerate(pieces)
    ]
    return ["".join(parts) for parts in zip(*columns, strict=True)]


def _known(variable: str, rows: pd.DataFrame, verdict: Verdict, lang: str) -> list[str]:
    blank = f"〔{_BLANKS[variable].said(lang) if variable in _BLANKS else variable}〕"
    values = _values(variable, rows, verdict)
    if values is None:
        return [blank] * len(rows)
    return [value if value else blank for value in values.fillna("").tolist()]


def _values(variable: str, rows: pd.DataFrame, verdict: Verdict) -> pd.Series[str] | None:
    """What the order itself tells. When goods come in again and what a truck really cost is the seller's to say."""
    fee = verdict.fee
    match variable:
        case "상품":
            return rows[Col.PRODUCT_NAME].astype("str")
        case "수량":
            return _number(rows[Col.QUANTITY])
        case "주문번호":
            return rows[Col.ORDER_NO].astype("str")
        case "택배사":
            return rows[Col.COURIER].astype("str")
        case "송장":
            return rows[Col.TRACKING_NO].astype("str")
        case "일자":
            return _day(rows[Col.DISPATCHED_AT])
        case "기한" if verdict.action is Action.SHIP:
            return _day(rows[Out.ACT_BY])  # to send it by then is due anyway; any other date would be a new promise
        case "기준":
            return _number(rows[Out.FREE_OVER])
        case "금액" if fee.payer in (Payer.NONE, Payer.SELLER):
            return _number(_refund(rows))
        case "편도" if fee.payer is Payer.BUYER and len(fee.legs) == 1:
            return _number(rows[Out.FEE_AMOUNT])
        case "왕복" if fee.payer is Payer.BUYER and set(fee.legs) == set(Leg):
            return _number(rows[Out.FEE_AMOUNT])
        case "편도/왕복" if fee.payer is Payer.BUYER and fee.legs:
            return _number(rows[Out.FEE_AMOUNT])
    return None


def _day(moments: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    said: pd.Series[str] = moments.dt.strftime("%Y-%m-%d")
    return said


def _refund(rows: pd.DataFrame) -> pd.Series[int]:
    """All that was paid: certain only where no shipping was paid, for a fee may be shared with other lines."""
    free = (rows[Col.SHIPPING_FEE] == 0) & (rows[Col.REMOTE_FEE].fillna(0) == 0)
    return rows[Col.TOTAL_AMOUNT].where(free.fillna(False))


def _number(values: pd.Series[int]) -> pd.Series[str]:
    return values.map(lambda number: f"{number:,}", na_action="ignore").astype("str")
