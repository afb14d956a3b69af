"""A month at one desk, as long and as large as wanted: new orders each day, and what becomes of those of before.

Orders are dispatched, cancelled as the list asked, or given up by their buyers; some requests are withdrawn; the seller
answers some questions on a sheet of his own; and rules.yaml is changed on two days. The same arguments give the same month.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from processor import rulebook, samples
from processor.app.desk import Desk
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.intake import Passwords
from processor.judge import WORDS
from processor.market.downloads import file_name
from processor.model import Action, Col, Out
from processor.rulebook import Rulebook
from processor.samples import Claim, Order
from processor.samples.turns import approved, sent, withdrawn

FIRST = datetime.fromisoformat("2026-11-02T09:00")
EDITS = {0.4: ("packed: negotiate", "packed: approve"), 0.7: ("return_fee: null", "return_fee: 3500")}
"""Share of the days that have passed → what the seller changes in rules.yaml."""


Run = Callable[[Desk, Rulebook, RunOptions], object]
"""What runs a desk once: `opened.run` in the tests."""


@dataclass(slots=True)
class Month:
    """The desk after the month. rules: run → the rules that it was made with."""

    desk: Desk
    done: dict[str, Done] = field(default_factory=dict)
    rules: dict[str, Rulebook] = field(default_factory=dict)


def a_month(home: Path, run: Run, *, days: int, orders: int, seed: int = 24) -> Month:
    """Runs the desk once a day. `orders`: how many product orders the exports of a day show."""
    dice = random.Random(seed)
    desk = Desk(home)
    for folder in (desk.inbox, desk.outbox):
        folder.mkdir(parents=True)
    desk.rules.write_bytes(rulebook.default_rules().read_bytes())
    month, live, actions = Month(desk), list[Order](), dict[str, Action]()
    edits = {round(share * days): edit for share, edit in EDITS.items()}
    book = rulebook.read(desk.rules, WORDS)
    for day in range(days):
        as_of = FIRST + timedelta(days=day)
        if day in edits:
            before, after = edits[day]
            text = desk.rules.read_text("utf-8")
            assert before in text, before
            desk.rules.write_text(text.replace(before, after, 1), "utf-8")
            book = rulebook.read(desk.rules, WORDS)
        live = [order for each in live if (order := _later(each, actions.get(each.product_order_no), as_of, dice))]
        new = samples.orders(orders, seed=seed * 1000 + day, as_of=as_of)
        live += new[: max(orders - len(live), orders // 8)]
        _drop(desk.inbox, live, actions, as_of, dice)
        done = run(desk, book, RunOptions(as_of, Passwords()))
        assert isinstance(done, Done)
        name = f"{as_of:%Y%m%d_%H%M%S}"
        month.done[name], month.rules[name] = done, book
        verdicts = done.report.verdicts
        rows = done.report.rows
        actions |= {
            number: verdicts[at].action
            for number, at in zip(rows[Col.PRODUCT_ORDER_NO], rows[Out.SITUATION], strict=True)
        }
    return month


def _later(order: Order, action: Action | None, morning: datetime, dice: random.Random) -> Order | None:
    """The order on the next morning; None if no screen shows it any more."""
    chance = dice.random()
    if order.claim_finished or order.status in ("배송완료", "구매확정", "결제대기"):
        return None
    if action is Action.APPROVE:
        return approved(order, morning) if chance < 0.8 else order
    if order.claim is not None and order.claim.kind == "cancel":
        return withdrawn(order, morning) if chance < 0.2 else order if chance < 0.8 else None
    if order.dispatched_at is not None:
        return order if chance < 0.4 else None
    if chance < 0.08:
        return replace(order, claim=Claim("cancel", "취소요청", "구매의사취소", morning - timedelta(hours=1)))
    return sent(order, morning) if chance < 0.6 else order


def _drop(
    inbox: Path, orders: list[Order], actions: Mapping[str, Action], as_of: datetime, dice: random.Random
) -> None:
    for screen, write in (("발주발송관리", samples.write_dispatch), ("취소관리", samples.write_cancel)):
        write(
            inbox / file_name(screen, as_of - timedelta(minutes=4)), orders, downloaded_at=as_of - timedelta(minutes=4)
        )
    if answers := list(_answers(orders, actions, dice)):
        samples.write_answers(inbox / f"답변_{as_of:%m%d}.xlsx", answers)
    for path in inbox.glob("*.xlsx"):  # they have lain there for a while: nobody waits whether they still grow
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)


def _answers(orders: list[Order], actions: Mapping[str, Action], dice: random.Random) -> Iterator[dict[str, str]]:
    for order in orders:
        if actions.get(order.product_order_no) in (Action.NEGOTIATE, Action.REVIEW) and dice.random() < 0.8:
            yield {
                "상품주문번호": order.product_order_no,
                "출고상태": dice.choice(("미포장", "포장", "집화")),
                "구매자동의": dice.choice(("예", "아니오", "")),
            }
