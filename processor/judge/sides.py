"""What rules decide on each order, as far as two rulebooks are compared: no lists, no points by day, no other answers."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from processor.judge.judging import judge_orders, money
from processor.judge.workdays import Workdays
from processor.model import Col, Out, Past, Verdict
from processor.model.impact import Side
from processor.model.recalled import Recalled
from processor.rulebook.types import Rulebook


def sides(recalled: Recalled, book: Rulebook, as_of: datetime, calendar: Workdays, past: Past) -> dict[str, Side]:
    """By 상품주문번호, for the orders of which `judge` would make a row. In half the time of `judge`; pure."""
    orders, acted = judge_orders(recalled.batch, book, as_of, calendar, past)
    numbers = orders.claims.table[Col.PRODUCT_ORDER_NO].tolist()
    amounts = money(orders, acted)[Out.FEE_AMOUNT].tolist()
    return {
        number: _side(orders.verdicts[code], None if pd.isna(amount) else amount)
        for number, code, amount in zip(numbers, orders.codes.tolist(), amounts, strict=True)
        if number not in recalled.done
    }


def _side(verdict: Verdict, amount: int | None) -> Side:
    return Side(
        action=verdict.action,
        rule=verdict.rule,
        reason=verdict.reason_code,
        payer=verdict.fee.payer,
        legs=verdict.fee.legs,
        amount=amount,
        points=verdict.points,
        brought=sum(event.points for event in verdict.penalties if event.by_action),
        why=verdict.why,
    )
