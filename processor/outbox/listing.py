"""The open work of a report as plain values, for a face that shows it by outcome, group and order.

It is the list that the workbook shows: the same groups in the same order, and the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from processor.market.seller_center import ORDER_PAGE
from processor.model import ANSWER_CELLS, CELL_NAMED, RESULT, UNKNOWN, Action, Answer, Col, Report, Text
from processor.outbox import captions, totals
from processor.outbox.action_columns import ACT_BY, ASKED, DRAFT, columns_of
from processor.outbox.actions import caution_lines, task, urgency
from processor.outbox.groups import Group, chosen, deadlines, grouped, of_groups
from processor.outbox.part import Part, plain, some, whole
from processor.outbox.sheet import Value
from processor.rulebook.types import Rulebook


@dataclass(frozen=True, slots=True)
class Listing:
    """The lists of a report. `values` gives them in one language; its keys are a contract with other programs."""

    report: Report
    book: Rulebook

    def values(self, lang: str) -> dict[str, Any]:
        """The outcomes that ask something of the seller, by their most urgent deadline, and how much asks nothing."""
        part = whole(self.report, self.book)
        counts = totals.actions(self.report)
        return {
            "type": "today",
            "as_of": self.report.as_of.isoformat(timespec="minutes"),
            "orders": len(self.report.rows),
            "nothing_to_do": sum(count for action, count in counts.items() if not action.to_do),
            "problems": len(self.report.batch.row_problems) + len(self.report.batch.file_problems),
            "outcomes": [
                _outcome(action, part, lang) for action in totals.order_of_work(self.report) if counts[action]
            ],
        }


def _outcome(action: Action, part: Part, lang: str) -> dict[str, Any]:
    here, groups = grouped(action, some(part, [verdict.action is action for verdict in part.report.verdicts]))
    orders = list(_orders(action, here, lang))
    own = [order["message"] for order in orders]
    shared = of_groups(own, here, groups, "ko")
    firsts = deadlines(here, groups)
    warnings = caution_lines([one for one in part.report.warnings if one.before is action])
    return {
        "action": action.value,
        "name": action.text.said(lang),
        "task": task(action).said(lang),
        "irreversible": action.entry.irreversible,
        "notes": [_said(line.text, lang) for line in warnings],
        "groups": [
            {
                **_group(group, lang),
                "act_by": first.isoformat() if first else None,
                "urgency": _urgency(first, here, lang),
                "message": message,
                "orders": orders[group.first : group.last],
            }
            for group, first, message in zip(groups, firsts, shared, strict=True)
        ],
    }


def _group(group: Group, lang: str) -> dict[str, Any]:
    steps = group.steps.said(lang)
    return {
        "letter": group.letter,
        "why": group.why.said(lang),
        "risky": group.risky,
        "steps": steps.split(" → ") if steps else [],
        "points": group.points.said(lang),
    }


def _orders(action: Action, part: Part, lang: str) -> Iterator[dict[str, Any]]:
    fills = {column.name: fill for column, fill in columns_of(ASKED)}
    named = {
        "product": captions.PRODUCT_NAME,
        "option": captions.OPTION,
        "why": captions.WHY,
        "message": DRAFT.header,
        "act_by": ACT_BY.header,
        "points": Text("패널티", "Penalty"),
    }
    cells: dict[str, Sequence[Value]] = {key: fills[_said(name, "ko")](part) for key, name in named.items()}
    cells["quantity"] = plain(part.rows[Col.QUANTITY])
    cells["number"] = plain(part.rows[Col.PRODUCT_ORDER_NO])
    cells["order_no"] = plain(part.rows[Col.ORDER_NO])
    reasons = chosen(action, part)
    told = {cell.header.ko: plain(part.rows[cell.column]) for cell in ANSWER_CELLS if cell is not RESULT}
    for place, situation in enumerate(part.situations):
        verdict = part.report.verdicts[situation]
        act_by = cells["act_by"][place]
        yield {
            **{key: _said(column[place], lang) for key, column in cells.items()},
            "urgency": _urgency(act_by, part, lang),
            "reason": reasons[place].said(lang),
            "rule": verdict.rule,
            "link": ORDER_PAGE.format(cells["number"][place]),
            "asks": [_header(name, lang) for name in verdict.asks],
            "answers": [_answer(answer, verdict.rule, lang) for answer in verdict.answers],
            "told": {name: held[place] for name, held in told.items() if held[place] not in (None, "", UNKNOWN)},
        }


def _answer(answer: Answer, rule: str, lang: str) -> dict[str, Any]:
    """A possible answer and what it leads to."""
    return {
        "cell": answer.cell,
        "header": _header(answer.cell, lang),
        "value": answer.value,
        "said": answer.said.said(lang),
        "leads_to": answer.action.value,
        "leads_to_name": answer.action.text.said(lang),
        "changes": answer.rule != rule,
    }


def _header(cell: str, lang: str) -> str:
    return CELL_NAMED[cell].header.said(lang)


def _urgency(act_by: Value, part: Part, lang: str) -> str:
    """지남, 오늘, 내일, or nothing."""
    mark = urgency(act_by, part.report.as_of.date()) if isinstance(act_by, date) else None
    return _said(mark.words, lang) if mark else ""


def _said(value: Value, lang: str) -> Any:  # noqa: ANN401 - what JSON knows
    """A value of a column as JSON has it; a blank text where it is unknown."""
    match value:
        case Text():
            return value.said(lang)
        case date():
            return value.isoformat()
        case None:
            return ""
        case _:
            return value
