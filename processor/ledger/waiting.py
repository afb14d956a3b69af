"""The orders that wait for somebody to act, by the last decisions. The command `status` shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from processor import disk
from processor.ledger.sql import rows
from processor.ledger.store import connection, understanding
from processor.ledger.values import check
from processor.model import Action, Turn
from processor.model.tables.ledger import ANSWERS, ORDERS, RUNS, AnswerColumn

_QUERY: Final = """
    SELECT product_order_no, order_no, product, action, rule, since, act_by, asks, flags, name,
        (SELECT value FROM answers
         JOIN runs AS its ON its.number = about
         WHERE answers.product_order_no = orders.product_order_no AND cell = 'result' AND held
         AND its.as_of >= MAX(since, COALESCE(seen_at, ''))
         ORDER BY answers.run DESC LIMIT 1) AS result
    FROM orders JOIN runs ON runs.number = orders.run
    WHERE open AND action NOT IN ('', 'none')
"""


class Item(NamedTuple):
    """One waiting order."""

    product_order_no: str
    order_no: str
    product: str
    action: Action
    rule: str
    since: datetime
    act_by: date | None
    asks: tuple[str, ...]
    flags: tuple[str, ...]
    workbook: str
    result: str  # 처리결과: "" · 보류 · 실패

    @property
    def turn(self) -> Turn:
        """Who has to act next."""
        return self.action.turn


class Waiting(NamedTuple):
    items: list[Item]  # sorted by deadline
    done: int  # the number of orders that the seller marked as done and no newer export contradicts
    last_run: datetime | None


def waiting(path: Path) -> Waiting:
    """The waiting orders by the last runs. Reads the ledger only."""
    if not disk.taken(path):
        return Waiting([], 0, None)
    with connection(path, writing=False) as base, understanding(path):
        found = rows(base, _QUERY, of=(ORDERS, RUNS))
        check(ANSWERS, {AnswerColumn.VALUE: [order["result"] or "" for order in found]})
        asked = [_item(order) for order in found]
        (last,) = base.execute("SELECT MAX(as_of) FROM runs").fetchone()
        last_run = datetime.fromisoformat(last) if last else None
    still = sorted(_not_done(asked), key=lambda item: (item.act_by or date.max, item.since, item.product_order_no))
    return Waiting(still, len(asked) - len(still), last_run)


def _not_done(items: list[Item]) -> Iterator[Item]:
    return (item for item in items if item.result != "완료" or not item.action.clicked)


def _item(order: Mapping[str, Any]) -> Item:
    return Item(
        product_order_no=order["product_order_no"],
        order_no=order["order_no"],
        product=order["product"],
        action=Action(order["action"]),
        rule=order["rule"],
        since=datetime.fromisoformat(order["since"]),
        act_by=date.fromisoformat(order["act_by"]) if order["act_by"] else None,
        asks=tuple(order["asks"].split()),
        flags=tuple(order["flags"].split()),
        workbook=f"처리목록_{order['name']}.xlsx",
        result=order["result"] or "",
    )
