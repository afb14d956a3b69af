"""The brief of a run: all arguments of its judging, and the decisions that it recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

import pandas as pd

from processor.model import Batch, Col, Out, Past, Report, Verdict


class Decided:
    """Names of what is recorded of a decision. They are keys of the brief and of what `replay` prints."""

    ACTION: Final = "action"
    RULE: Final = "rule"
    REASON: Final = "reason"
    FAULT: Final = "fault"
    FLAGS: Final = "flags"
    FEE_RULE: Final = "fee_rule"
    PAYER: Final = "payer"
    LEGS: Final = "legs"
    EVENTS: Final = "events"
    POINTS: Final = "points"
    BY_ACTION: Final = "by_action"
    AMOUNT: Final = "amount"
    ACT_BY: Final = "act_by"


Decision = dict[str, Any]
"""What is recorded of one order: a plain value for each name of `Decided`. Orders decided alike may share one."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Brief:
    """What one run knew, and what it decided. `judge` gives the same decisions for the same brief."""

    run: str  # its name, as in 처리목록_<run>.xlsx
    as_of: datetime
    program: str  # which program judged: its version and the hash of its sources
    rules: str  # the SHA-256 of its rules
    listed: bool  # did it leave a workbook?
    acting: bool  # False: it only took note of the orders (`--catchup`)
    batch: Batch
    past: Past
    decided: Mapping[str, Decision]  # by 상품주문번호, in the order of the lists


def decisions(report: Report) -> dict[str, Decision]:
    """What is recorded of each order of a report, by 상품주문번호, in the order of the lists."""
    shared = [_of_verdict(verdict) for verdict in report.verdicts]
    rows = report.rows

    @cache
    def decision(situation: int, amount: Any, act_by: Any) -> Decision:  # noqa: ANN401 - or what pandas has for "missing"
        return {
            **shared[situation],
            Decided.AMOUNT: None if pd.isna(amount) else int(amount),
            Decided.ACT_BY: None if pd.isna(act_by) else act_by.isoformat(),
        }

    columns = (rows[Out.SITUATION], rows[Out.FEE_AMOUNT], rows[Out.ACT_BY])
    return dict(zip(rows[Col.PRODUCT_ORDER_NO], map(decision, *columns), strict=True))


def _of_verdict(verdict: Verdict) -> Decision:
    return {
        Decided.ACTION: verdict.action.value,
        Decided.RULE: verdict.rule,
        Decided.REASON: verdict.reason_code,
        Decided.FAULT: str(verdict.facts["귀책"]),
        Decided.FLAGS: [*verdict.flags],
        Decided.FEE_RULE: verdict.fee.rule,
        Decided.PAYER: verdict.fee.payer.value,
        Decided.LEGS: [leg.value for leg in verdict.fee.legs],
        Decided.EVENTS: [event.event for event in verdict.penalties],
        Decided.POINTS: verdict.points,
        Decided.BY_ACTION: sum(event.points for event in verdict.penalties if event.by_action),
    }


def differing(recorded: Mapping[str, Decision], now: Mapping[str, Decision]) -> list[str]:
    """The numbers of the orders that are decided otherwise, or by one side only."""
    return [number for number in dict.fromkeys([*recorded, *now]) if recorded.get(number) != now.get(number)]
