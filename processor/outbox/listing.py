"""The open work of a report as plain values, for a face that shows it by outcome, group and order.

It is the list that the workbook shows: the same groups in the same order, and the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from processor.market.seller_center import ORDER_PAGE
from processor.model import (
    ANSWER_CELLS,
    CELL_NAMED,
    CELL_OF,
    RESULT,
    UNKNOWN,
    Action,
    Answer,
    Batch,
    Col,
    Contradiction,
    Kind,
    Out,
    Place,
    Point,
    PointState,
    Report,
    Text,
    standing,
)
from processor.outbox import captions, totals
from processor.outbox.action_columns import ACT_BY, ASKED, DRAFT, columns_of
from processor.outbox.actions import caution_lines, task
from processor.outbox.costs import cost_sheet
from processor.outbox.groups import Group, chosen, deadlines, grouped, of_groups
from processor.outbox.lines import of_place
from processor.outbox.part import Part, at, of_rows, plain, some, whole
from processor.outbox.penalties import penalty_sheet
from processor.outbox.rendering import rendered
from processor.outbox.rules import used_in
from processor.outbox.sheet import Sheet, Value
from processor.outbox.sheet_values import sheet_values
from processor.rulebook.types import Rulebook

_FRESH: Final = timedelta(hours=4)
"""For so long an export is believed to show every cancel request."""


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
            "shop": self.book.store.name,
            "as_of": self.report.as_of.isoformat(timespec="minutes"),
            "orders": len(self.report.rows),
            "nothing_to_do": sum(count for action, count in counts.items() if not action.to_do),
            "done": list(_done(self.report, lang)),
            "files": _files(self.report.batch, self.report.as_of),
            "problems": len(self.report.batch.row_problems) + len(self.report.batch.file_problems),
            "outcomes": [
                _outcome(action, part, lang) for action in totals.order_of_work(self.report) if counts[action]
            ],
        }

    @property
    def rules_used(self) -> Mapping[str, int]:
        """How often each rule was used, as the sheet 규칙 counts it; rules that were not used are left out."""
        return {str(rule): count for rule, count in used_in(self.report).items()}

    def points(self, lang: str) -> dict[str, Any]:
        """The sheet 패널티: the points now and to come, and what can still be prevented."""
        return {"type": "points", **self._sheet(penalty_sheet, lang)}

    def fees(self, lang: str) -> dict[str, Any]:
        """The sheet 비용부담: who bears shipping and interest, and how much; an unknown amount stays unknown."""
        return {"type": "fees", **self._sheet(cost_sheet, lang)}

    def _sheet(self, make: Callable[[Part], Sheet], lang: str) -> dict[str, Any]:
        (sheet,) = rendered([make(whole(self.report, self.book))], lang)
        return sheet_values(sheet)

    def order(self, number: str, lang: str) -> dict[str, Any] | None:
        """One order of the day, whatever is to be done about it: what the list has of it, and what it rests on.

        None if the day has no such order. The keys are a contract.
        """
        part, done_rows = whole(self.report, self.book), self.report.done_rows
        tables = [part] if done_rows is None else [part, of_rows(part, done_rows)]
        for table, done in zip(tables, (False, True), strict=False):
            numbers = plain(table.rows[Col.PRODUCT_ORDER_NO])
            if number in numbers:
                return {"type": "order", "done": done, **_one(at(table, [numbers.index(number)]), lang)}
        return None


def _one(part: Part, lang: str) -> dict[str, Any]:
    """Everything of the only order of that part."""
    (situation,) = part.situations
    action, wording = part.report.verdicts[situation].action, part.wordings[situation]
    (order,) = _orders(action, part, lang)
    (amount,) = plain(part.rows[Out.FEE_AMOUNT])
    steps = wording.screen.said(lang)
    return {
        **order,
        **_action(action, lang),
        "undo": wording.undo.said(lang),
        "state": _said(wording.state, lang),
        "steps": steps.split(" → ") if steps else [],
        "payer": wording.payer.said(lang),
        "amount": _said(amount, lang),
        "why_not": wording.why_not.said(lang),
        "seen": list(_seen(part.rows[Col.SOURCE].iloc[0], part.report.batch)),
        "told_today": list(_told_today(order["number"], part.report.batch, lang)),
    }


def _seen(places: Sequence[Place], batch: Batch) -> Iterator[dict[str, Any]]:
    """The rows of exports that tell of an order, the newest first."""
    sheets = {(sheet.file, sheet.name): sheet for sheet in batch.lists if sheet.kind.is_export}
    rows = [(sheets[place[:2]], place) for place in dict.fromkeys(places) if place[:2] in sheets]
    for sheet, place in sorted(rows, key=lambda row: row[0].taken_at, reverse=True):
        yield {**of_place(place), "screen": sheet.kind.screen, "at": _moment(sheet.taken_at)}


def _told_today(number: str, batch: Batch, lang: str) -> Iterator[dict[str, Any]]:
    """What the seller told today about an order and has not taken back, the last first; `told`: what takes it back."""
    for row in sorted(standing(batch.answer_rows), key=lambda row: row.at, reverse=True):
        if row.product_order_no == number and any(row.cells.values()):
            yield {
                "told": row.place.file,
                "at": _moment(row.at),
                "cells": [
                    {"column": name, "header": CELL_OF[name].header.said(lang), "value": value}
                    for name, value in row.cells.items()
                    if value
                ],
            }


def _done(report: Report, lang: str) -> Iterator[dict[str, Any]]:
    """The orders that the seller marked as done, and what was to be done with each."""
    if report.done_rows is None:
        return
    names = {"number": Col.PRODUCT_ORDER_NO, "order_no": Col.ORDER_NO, "product": Col.PRODUCT_NAME}
    names |= {"option": Col.OPTION, "quantity": Col.QUANTITY}
    columns = [plain(report.done_rows[name]) for name in (Out.SITUATION, *names.values())]
    for situation, *cells in zip(*columns, strict=True):
        action = report.verdicts[situation].action
        order = {key: _said(cell, lang) for key, cell in zip(names, cells, strict=True)}
        yield {**order, "action": action.value, "name": action.text.said(lang)}


def _files(batch: Batch, now: datetime) -> dict[str, Any]:
    """The newest export of each screen; and how old the newest one is that shows cancel requests.

    `needed`: without it decisions may be wrong. `at`: when the Seller Center made it; null = there is none.
    """
    newest = {
        kind: max((sheet.taken_at for sheet in batch.lists if sheet.kind is kind), default=None)
        for kind in Kind
        if kind.is_export
    }
    at = max((at for kind, at in newest.items() if at and kind.entry.tells_of_requests), default=None)
    return {
        "at": _moment(at),
        "hours": None if at is None else max((now - at) // timedelta(hours=1), 0),
        "of_today": at is not None and at.date() == now.date(),
        "stale": at is None or at.date() != now.date() or now - at >= _FRESH,
        "exports": [
            {
                "kind": kind.value,
                "screen": kind.screen,
                "needed": not kind.entry.dispensable,
                "at": _moment(at),
                "of_today": at is not None and at.date() == now.date(),
            }
            for kind, at in newest.items()
        ],
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="minutes") if at else None


def _outcome(action: Action, part: Part, lang: str) -> dict[str, Any]:
    here, groups = grouped(action, some(part, [verdict.action is action for verdict in part.report.verdicts]))
    orders = list(_orders(action, here, lang))
    own = [order["message"] for order in orders]
    shared = of_groups(own, here, groups, "ko")
    firsts = deadlines(here, groups)
    today = part.report.as_of.date()
    lines = part.report.points
    averted = totals.points_by_order(lines[lines[Point.ENDED]], PointState.AVOIDABLE)
    brought = totals.points_by_order(lines, PointState.BY_ACTION)
    warnings = caution_lines([one for one in part.report.warnings if one.before is action])
    return {
        **_action(action, lang),
        "notes": [_said(line.text, lang) for line in warnings],
        "groups": [
            {
                **_group(group, lang),
                "act_by": first.isoformat() if first else None,
                "days": (first - today).days if first else None,
                "averts": sum(averted.get(order["number"], 0) for order in orders[group.first : group.last]),
                "brings": sum(brought.get(order["number"], 0) for order in orders[group.first : group.last]),
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
        "reason": group.reason.said(lang),
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
    today, contradictions = part.report.as_of.date(), part.report.contradictions
    told = {cell.header.ko: plain(part.rows[cell.column]) for cell in ANSWER_CELLS if cell is not RESULT}
    for place, situation in enumerate(part.situations):
        verdict = part.report.verdicts[situation]
        act_by = cells["act_by"][place]
        yield {
            **{key: _said(column[place], lang) for key, column in cells.items()},
            "days": (act_by - today).days if isinstance(act_by, date) else None,
            "penalty": sum(event.points for event in verdict.penalties),
            "contradictions": [
                _contradiction(one, lang) for one in contradictions.get(str(cells["number"][place]), ())
            ],
            "reason": reasons[place].said(lang),
            "rule": verdict.rule,
            "link": ORDER_PAGE.format(cells["number"][place]),
            "asks": [_header(name, lang) for name in verdict.asks],
            "answers": [_answer(answer, verdict.rule, lang) for answer in verdict.answers],
            "told": {name: held[place] for name, held in told.items() if held[place] not in (None, "", UNKNOWN)},
        }


def _action(action: Action, lang: str) -> dict[str, Any]:
    return {
        "action": action.value,
        "name": action.text.said(lang),
        "task": task(action).said(lang),
        "can_be_done": action.clicked,
        "irreversible": action.entry.irreversible,
    }


def _answer(answer: Answer, rule: str, lang: str) -> dict[str, Any]:
    """A possible answer and what it leads to."""
    return {
        "cell": answer.cell,
        "column": CELL_NAMED[answer.cell].column,
        "header": _header(answer.cell, lang),
        "value": answer.value,
        "said": answer.said.said(lang),
        "leads_to": answer.action.value,
        "leads_to_name": answer.action.text.said(lang),
        "brings": answer.brings,
        "changes": answer.rule != rule,
    }


def _header(cell: str, lang: str) -> str:
    return CELL_NAMED[cell].header.said(lang)


def _contradiction(found: Contradiction, lang: str) -> dict[str, Any]:
    """The answers of one cell that contradict each other, the oldest first; one that was erased is blank."""
    cell = CELL_OF[found.cell]
    told = [{"value": each.said.ko, "said": each.said.said(lang), "at": _moment(each.at)} for each in found.told]
    return {"cell": cell.header.ko, "header": cell.header.said(lang), "told": told}


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
