"""The tables of the ledger's database. `ledger/store.py` creates them; a test compares them with these declarations."""

from __future__ import annotations

from typing import Final

from processor.model.tables.claims import Col
from processor.model.tables.judged import Point
from processor.model.tables.schema import Column, Table, columns_of, count, flag, moment, text


class PastOrder:
    """The state of an order when it was last handled: names of the columns beside its 상품주문번호."""

    ORDER_NO: Final = text("order_no", "주문번호")
    BUNDLE_NO: Final = text("bundle_no", "배송비 묶음번호")
    OPEN: Final = flag("open", "may something still come of it")
    ACTION: Final = text("action", 'a value of Action; "" = taken note of without acting')
    RULE: Final = text("rule", "the row of the rules that decided it")
    RUN: Final = count("run", "number of the run that decided it last")
    DECIDED_AT: Final = moment("decided_at", "the moment of that run")
    SINCE: Final = moment("since", "since when the action has been the same")
    ACT_BY: Final = moment("act_by", "the day until which to act")
    ASKS: Final = text("asks", "answer cells that would settle it, space-separated")
    FLAGS: Final = text("flags", "flags of the verdict, space-separated")
    DISPATCHED: Final = flag("dispatched", "had it left, whatever older files say")
    SEEN_AT: Final = moment("seen_at", "when the newest export that showed it was made")
    PRODUCT: Final = text("product", "상품명")
    PRODUCT_NO: Final = text("product_no", "상품번호")
    PAID_ON: Final = moment("paid_on", "the day of payment")
    OWN_CANCEL: Final = text(
        "own_cancel", 'the buyer\'s reason for which the seller cancelled it himself; "" = he did not'
    )


class RunColumn:
    """One row for each run with an entry."""

    NUMBER: Final = count("number", "counts up from 1")
    NAME: Final = text("name", "as in 처리목록_<name>.xlsx")
    AS_OF: Final = moment("as_of", "the moment by which it judged")
    RULES: Final = text("rules", "SHA-256 of its rules")
    VERSION: Final = text("version", "which program made it")
    ORDERS: Final = count("orders", "how many it told of", "product orders")
    LISTED: Final = flag("listed", "did it leave a workbook")


class FileColumn:
    """One row for each file and the rules it was handled by, because other rules may give another result."""

    SHA256: Final = text("sha256", "of the file")
    RULES: Final = text("rules", "SHA-256 of the rules")
    NAME: Final = text("name", "as it lay in the inbox")
    RUN: Final = count("run", "number of the run")


class AnswerColumn:
    """One row for each answer that a run read, kept until the order is closed."""

    PRODUCT_ORDER_NO: Final = text("product_order_no", "상품주문번호")
    CELL: Final = text("cell", "a name of ANSWER_COLUMNS")
    RUN: Final = count("run", "number of the run that was given it")
    VALUE: Final = text("value", '"" = nothing any more')
    ASKED: Final = flag("asked", "did answers contradict each other, so that the cell waits for the right one")
    ABOUT: Final = count("about", "처리결과 only: number of the run whose action it tells of")
    AT: Final = moment("at", "when it was written, as far as its file tells; NULL = in that run")
    HELD: Final = flag("held", "has no later run of the same day found otherwise")


class GivenColumn:
    """Columns, beside some of Point, for the penalty points that an event brought or will bring."""

    GRANTED_ON: Final = text("granted_on", 'the day on which they are given; "" = not known')
    BY_ACTION: Final = flag("by_action", "does the action of that run bring them")
    RUN: Final = count("run", "number of the run")


class SheetColumn:
    """One row for each sheet whose rows may still be needed."""

    NUMBER: Final = count("number", "counts up from 1")
    RUN: Final = count("run", "number of the run that read it")
    SHA256: Final = text("sha256", "of its file")
    FILE: Final = text("file", "name of its file")
    NAME: Final = text("name", "name of the sheet")
    KIND: Final = text("kind", "a value of Kind")
    TAKEN_AT: Final = moment("taken_at", "when the Seller Center made it")
    DATED: Final = flag("dated", "does its name tell that time")
    TYPED: Final = flag("typed", "do its cells tell text from numbers")
    HEADERS: Final = text("headers", "JSON: its headers as written, by the role of the column")
    WHOLE: Final = flag("whole", "is it a list of all that its screen shows")


class EvidenceColumn:
    """One row for each row of those sheets, as it was read."""

    PRODUCT_ORDER_NO: Final = text(
        "product_order_no", '상품주문번호; "" = it could not be read, or a list of goods has none'
    )
    SHEET: Final = count("sheet", "number of its sheet")
    ROW: Final = count("row", "the row as Excel counts")
    CELLS: Final = text("cells", "JSON: what is not blank, by the role of the column")
    PROBLEM: Final = text("problem", "JSON: why it cannot be used; NULL = it can")


class AnswerRowColumn:
    """One row for each row of this day's files with answers of the seller, as written."""

    RUN: Final = count("run", "number of the run that read it")
    PRODUCT_ORDER_NO: Final = text("product_order_no", "상품주문번호")
    FILE: Final = text("file", "name of its file")
    SHEET: Final = text("sheet", "name of its sheet")
    ROW: Final = count("row", "the row as Excel counts")
    AT: Final = moment("at", "when its file was made")
    WORKBOOK: Final = text("workbook", "the run that wrote the workbook; NULL = another file, or renamed")
    CELLS: Final = text("cells", "JSON: what it says, by the name of the answer cell")
    ACTION: Final = text("action", "조치 as it stands there")


class LostColumn:
    """One row for each file or sheet of this day that could not be read."""

    RUN: Final = count("run", "number of the run")
    PROBLEM: Final = text("problem", "JSON: why it could not be read")
    NUMBERS: Final = text("numbers", "orders in tables that were refused, space-separated")


class DayColumn:
    DAY: Final = text("day", "the day as whose first run began things stood so")


(_PRODUCT_ORDER_NO,) = (column for column in columns_of(Col) if column == Col.PRODUCT_ORDER_NO)
_DAY: Final = columns_of(DayColumn)


def _points() -> tuple[Column, ...]:
    shared = (Point.PRODUCT_ORDER_NO, Point.EVENT, Point.RULE, Point.POINTS)
    return (*(column for column in columns_of(Point) if column in shared), *columns_of(GivenColumn))


PAST_ORDERS: Final = Table("past_orders", columns_of(PastOrder), index=_PRODUCT_ORDER_NO)
"""Orders as earlier runs left them, found by 상품주문번호."""

RUNS: Final = Table("runs", columns_of(RunColumn))
FILES: Final = Table("files", columns_of(FileColumn))
ORDERS: Final = Table("orders", (_PRODUCT_ORDER_NO, *PAST_ORDERS.columns))
ANSWERS: Final = Table("answers", columns_of(AnswerColumn))
GIVEN: Final = Table("points", _points())
SHEETS: Final = Table("sheets", columns_of(SheetColumn))
EVIDENCE: Final = Table("evidence", columns_of(EvidenceColumn))
ANSWER_ROWS: Final = Table("told", columns_of(AnswerRowColumn))
LOST: Final = Table("lost", columns_of(LostColumn))
ORDERS_BEFORE: Final = Table("orders_before", (*_DAY, *ORDERS.columns))
"""The state at the beginning of the day of each order that this day's runs have changed."""
POINTS_BEFORE: Final = Table("points_before", (*_DAY, *GIVEN.columns))

LEDGER: Final = (RUNS, FILES, ORDERS, ANSWERS, GIVEN, SHEETS, EVIDENCE, ANSWER_ROWS, LOST, ORDERS_BEFORE, POINTS_BEFORE)
"""All tables of the database."""
