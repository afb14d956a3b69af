"""Completes today's batch with what earlier runs remember: valid answers, open orders that no file names, changes.

Memory never proves that a parcel has not been sent: what files of other days say about invoices counts only on their
own day. But a dispatched order stays dispatched, and a request that was there before is noticed when it is gone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd

from processor.model import (
    SETTLING,
    AnswerRow,
    Batch,
    Col,
    Past,
    PastOrder,
    RememberedAnswer,
)
from processor.model.recalled import Recalled
from processor.recall import remembered, yesterday
from processor.recall.answered import answered
from processor.recall.answers import Answers, settle
from processor.recall.cautions import CLICKED, cautions, clock_cautions
from processor.recall.notes import Notes
from processor.recall.remembered import then
from processor.rulebook.types import Rulebook


def recall(batch: Batch, past: Past, book: Rulebook, as_of: datetime) -> Recalled:
    """The batch with the valid answers, without orders that need no decision, and with open orders of earlier days.

    Orders are taken out by `Batch.without`, so that their rows count as listed. Orders of earlier days come in under an
    input sheet of their own.
    """
    about_open, about_closed = _about_open_orders(batch, past)
    batch = replace(batch, answer_rows=about_open)
    answers = settle(batch.answer_rows, past, book, as_of)
    earlier = _open_orders(batch, past)
    batch = replace(batch, claims=remembered.with_the_past(batch.claims, past))

    left = yesterday.left_every_list(earlier)
    expected = left & yesterday.expected_to_leave(earlier, past, answers, book)
    batch, sent_since = _without_what_left(_without_old_news(batch, answers), past, answers, book)
    batch = _noted_as_of(batch)
    companions = ~left & remembered.companions(earlier, batch, book)
    batch = remembered.brought_back(batch, earlier[left & ~expected], "목록에없음")
    batch = remembered.brought_back(batch, earlier[companions])
    sold_out = ~left & ~companions & remembered.of_sold_out_goods(earlier, batch)
    batch = remembered.brought_back(batch, earlier[sold_out])
    batch, ended = yesterday.compared(batch, past, answers, book)
    batch, received = answered(batch, answers, ended, past, book)
    waiting = earlier[~left & ~companions & ~sold_out]
    return Recalled(
        batch,
        (*answers.new, *(RememberedAnswer(order, cell, value="", run=0) for order, cell in sorted(ended))),
        answers.now,
        (*answers.rows, *about_closed),
        tuple(earlier.loc[expected, Col.PRODUCT_ORDER_NO]),
        _news(batch, answers),
        _done(batch, past, answers),
        received,
        answers.contradictions,
        (
            *clock_cautions(batch, past, as_of),
            *cautions(batch, earlier[expected], waiting, sent_since, past, answers),
        ),
    )


def _open_orders(batch: Batch, past: Past) -> pd.DataFrame:
    """Orders that were open when the day began and that no row of today names, not even an unreadable one."""
    if batch.earlier is None:
        return batch.claims.iloc[:0]
    earlier = remembered.with_the_past(batch.earlier, past)
    still = then(earlier, past.orders)[PastOrder.OPEN].eq(other=True)
    return earlier[still & ~earlier[Col.PRODUCT_ORDER_NO].isin(list(batch.unread))]


def _about_open_orders(batch: Batch, past: Past) -> tuple[tuple[AnswerRow, ...], tuple[AnswerRow, ...]]:
    """Two groups of answer rows: those that count today, and rows of hand-written sheets about closed orders.

    An answer about a closed order is out of date, unless it stands in a hand-written sheet and an export of today shows
    the order again. The second group is kept for orders that no export of today shows yet.
    """
    closed = set(past.orders.index[~past.orders[PastOrder.OPEN]])
    hidden = closed.difference(batch.claims.loc[batch.claims[Col.SHOWN], Col.PRODUCT_ORDER_NO].tolist())
    by_hand = [row for row in batch.answer_rows if row.workbook not in past.runs]
    about_open = [
        row
        for row in batch.answer_rows
        if row.product_order_no not in (closed if row.workbook in past.runs else hidden)
    ]
    return tuple(about_open), tuple(row for row in by_hand if row.product_order_no in hidden)


def _without_old_news(batch: Batch, answers: Answers) -> Batch:
    """The batch without orders that no export of today shows and that have no new answer; their rows are listed."""
    claims = batch.claims
    return batch.without(~claims[Col.SHOWN] & ~claims[Col.PRODUCT_ORDER_NO].isin(list(answers.settled)))


def _without_what_left(batch: Batch, past: Past, answers: Answers, book: Rulebook) -> tuple[Batch, list[str]]:
    """The batch without orders that later files of this day no longer have, and that were expected to leave.

    Those that were not expected to leave stay, and the seller is asked (목록에없음). The second value lists the orders
    that count as sent although no file shows their dispatch.
    """
    claims = batch.claims
    left = claims[Col.SHOWN] & yesterday.left_every_list(claims)
    if not left.any():
        return batch, []
    expected = left & yesterday.expected_to_leave(claims, past, answers, book)
    asked = claims[Col.EARLIER].mask(left & ~expected, "목록에없음")
    sent = claims.loc[expected & ~claims[Col.DISPATCH_SEEN], Col.PRODUCT_ORDER_NO].tolist()
    return replace(batch, claims=claims.assign(**{Col.EARLIER: asked})).without(expected), sent


def _noted_as_of(batch: Batch) -> Batch:
    """The batch with a note on each order that only an answer names today: which file its state is from."""
    notes = Notes()
    for at, (shown, moment) in enumerate(zip(batch.claims[Col.SHOWN], batch.claims[Col.SEEN_AT], strict=True)):
        if not shown and not pd.isna(moment):
            notes.add(at, remembered.last_seen(moment))
    return replace(batch, claims=notes.written(batch.claims))


def _news(batch: Batch, answers: Answers) -> bool:
    """Whether there is anything new: an export, a list of goods, a problem, or an answer that may change a decision.

    A workbook that came back unchanged is nothing new.
    """
    return batch.fresh or any(
        not row.run
        and row.product_order_no in answers.settled
        and any(row.cells[cell] is not None for cell in SETTLING)
        for row in answers.rows
    )


def _done(batch: Batch, past: Past, answers: Answers) -> frozenset[str]:
    """Orders reported as done (처리결과 완료) after the newest export that shows them; they are not asked for again."""
    moments = {run.number: run.as_of for run in past.runs.values()}
    last = pd.concat([past.latest, past.orders[~past.orders.index.isin(past.latest.index)]])[PastOrder.ACTION].to_dict()
    seen = dict(zip(batch.claims[Col.PRODUCT_ORDER_NO], batch.claims[Col.SEEN_AT], strict=True))
    return frozenset(
        number
        for (number, cell), answer in answers.now.items()
        if cell == Col.RESULT
        and answer.value == "완료"
        and number in seen
        and answer.about in moments
        and not seen[number] > moments[answer.about]
        and last.get(number) in CLICKED
    )
