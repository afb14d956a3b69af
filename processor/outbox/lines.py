"""A report as JSON values, one for each line that `decide` prints for other programs. The keys are a contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from processor.model import UNKNOWN, Action, Col, Out, Place, Problem, Repeat, Report, Verdict

_FAULTS = {"구매자": "buyer", "판매자": "seller", UNKNOWN: "unknown"}


def lines(report: Report, lang: str) -> Iterator[dict[str, Any]]:
    """A value for each decision, for each problem, and last a summary with the same sums as in the workbook.

    `rows` of a problem: the bad rows that it stands for, 0 if it is of a file or sheet. Their sum is that of the summary.
    """
    of_verdicts = [of_verdict(verdict, lang) for verdict in report.verdicts]
    rows = report.rows
    amounts = rows[Out.FEE_AMOUNT].astype("object").where(rows[Out.FEE_AMOUNT].notna(), None)
    notes = rows[Col.NOTE_EN if lang == "en" else Col.NOTE_KO]  # notes of earlier runs on this order
    columns = (rows[Col.PRODUCT_ORDER_NO], rows[Col.ORDER_NO], rows[Out.SITUATION], rows[Out.ACT_BY], amounts, notes)
    for number, order, situation, act_by, amount, note, source in zip(*columns, rows[Col.SOURCE], strict=True):
        shared = of_verdicts[situation]
        yield {
            "type": "decision",
            "product_order_no": number,
            "order_no": None if pd.isna(order) else order,
            **shared,
            "why": f"{shared['why']}. {note}" if note else shared["why"],
            "fee": shared["fee"] | {"amount": None if amount is None else int(amount)},
            "act_by": None if pd.isna(act_by) else f"{act_by:%Y-%m-%d}",
            "source": [of_place(place) for place in source],
        }
    for problem, of_rows in report.batch.problems:
        yield {"type": "problem", **of_problem(problem, lang), "rows": of_rows}
    yield {"type": "summary", **summary(report)}


def summary(report: Report) -> dict[str, Any]:
    """What became of all rows: rows_read = decisions + merged + lists + problems; file_problems counts files."""
    sheets = report.account
    return {
        "rows_read": sum(sheet.read for sheet in sheets),
        "decisions": sum(sheet.decided for sheet in sheets),
        "merged": sum(sheet.merged for sheet in sheets),
        "lists": sum(sheet.listed for sheet in sheets),
        "problems": sum(sheet.problems for sheet in sheets),
        "file_problems": len({problem.place.file for problem in report.batch.file_problems}),
        "by_action": {action.value: report.count(action) for action in Action},
    }


def of_verdict(verdict: Verdict, lang: str) -> dict[str, Any]:
    """The values that all rows of one situation share. The order of the keys is part of the contract."""
    why_not = verdict.why_not
    by_action = [event for event in verdict.penalties if event.by_action]
    event = (by_action or verdict.penalties)[-1].event if verdict.penalties else None
    brought = sum(event.points for event in by_action)
    return {
        "action": verdict.action.value,
        "rule": verdict.rule,
        "why": verdict.why.said(lang),
        "why_not": {"rule": why_not.rule, "because": why_not.because.said(lang)} if why_not else None,
        "reason": verdict.reason_code,
        "fault": _FAULTS[str(verdict.facts["귀책"])],
        "fee": {
            "payer": verdict.fee.payer.value,
            "legs": [leg.value for leg in verdict.fee.legs],
            "amount": None,
            "basis": verdict.fee.basis.said(lang),
        },
        "penalty": {
            "event": event,
            "points": verdict.points,
            "given": verdict.points - brought,  # points that do not depend on this action
            "by_action": brought,
        },
        "irreversible": verdict.action.irreversible,
        "act_by": None,
        "flags": list(verdict.flags),
        "facts": verdict.facts,
    }


def of_problem(problem: Problem, lang: str) -> dict[str, Any]:
    return {
        "code": problem.code,
        **of_place(problem.place),
        "column": problem.column,
        "value": problem.value,
        "message": problem.message.said(lang),
        "fix": problem.fix.said(lang),
    }


def of_repeat(repeat: Repeat) -> dict[str, Any]:
    when = repeat.handled_at.isoformat(timespec="seconds") if repeat.handled_at else None
    return {"file": repeat.name, "first_name": repeat.first, "handled_at": when}


def of_place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "sheet": place.sheet, "row": place.row}
