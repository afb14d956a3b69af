"""Today's batch in the light of earlier runs: answers that still hold, orders that come back to mind, what has changed.

Memory never proves that a parcel is still here: what yesterday's files said of invoices counts on its own day only. But
what has been dispatched stays dispatched, and a request that was there is missed when it is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import pandas as pd

from processor.judge import remembered, yesterday
from processor.judge.answered import answered, edited
from processor.judge.answers import Answers, Key, settle
from processor.model import (
    HEADERS,
    KEPT,
    POINT,
    Action,
    Batch,
    Caution,
    Col,
    Given,
    Kept,
    Past,
    Place,
    SheetCount,
    Text,
    Told,
)
from processor.rulebook.types import Rulebook

NOTHING_BEFORE: Final = Past(
    orders=pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in KEPT.items()}),
    answers=(),
    runs={},
    points=pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in POINT.items()}),
    paid={},
    own_cancels={},
)
"""A desk without a yesterday, as `decide` sees it."""


@dataclass(frozen=True, eq=False, slots=True)
class Recalled:
    """The batch with what memory adds, and what it leads to."""

    batch: Batch
    answers: tuple[Given, ...]  # to be remembered from this run on
    now: Mapping[Key, Given]  # all that hold, with those
    gone: tuple[str, ...]  # orders that left the exports as was to be expected
    warnings: tuple[Caution, ...]


def recall(batch: Batch, past: Past, book: Rulebook, as_of: datetime) -> Recalled:
    batch = replace(batch, told=_about_open_orders(batch, past))
    answers = settle(batch.told, past, book)
    lists = yesterday.newest_lists(batch)
    missing = _missing(batch, past)
    left = yesterday.left_every_list(missing, lists)
    expected = left & yesterday.expected_to_leave(missing, answers)

    batch = remembered.completed(_without_old_news(batch, answers), past, as_of)
    beside = remembered.companions(missing[~left], batch)
    batch = remembered.brought_back(batch, missing[left & ~expected], "목록에없음", as_of)
    batch = remembered.brought_back(batch, missing.loc[beside], "", as_of)
    sold_out = remembered.of_sold_out_goods(missing[~left].drop(index=beside), batch, as_of)
    batch = remembered.brought_back(batch, sold_out, "", as_of)
    batch, ended = yesterday.compared(batch, past, answers, lists, book)
    batch = answered(batch, answers, ended, past, book)
    return Recalled(
        batch,
        (*answers.new, *(Given(order, cell, value="", run=0) for order, cell in sorted(ended))),
        answers.now,
        tuple(missing.index[expected]),
        tuple(_warnings(batch, missing[expected], _left_over(missing[~left].drop(index=[*beside, *sold_out.index])))),
    )


def _missing(batch: Batch, past: Past) -> pd.DataFrame:
    """Open orders that no row of today names, readable or not."""
    named = batch.unread.union(batch.claims[Col.PRODUCT_ORDER_NO].tolist())
    unnamed = pd.Series([number not in named for number in past.orders.index], index=past.orders.index, dtype="bool")
    return past.orders[past.orders[Kept.OPEN] & unnamed]


def _about_open_orders(batch: Batch, past: Past) -> tuple[Told, ...]:
    """What is written beside a closed order is out of date, unless a new export shows it open and a sheet by hand speaks."""
    closed = set(past.orders.index[~past.orders[Kept.OPEN]])
    shown = set(batch.claims.loc[batch.claims[Col.SEEN_AT].notna(), Col.PRODUCT_ORDER_NO].tolist())
    return tuple(
        row
        for row in batch.told
        if row.product_order_no not in closed or (row.product_order_no in shown and row.workbook not in past.runs)
    )


def _without_old_news(batch: Batch, answers: Answers) -> Batch:
    """Orders that no export of today shows and of which nothing new is said: their rows are listed, not decided again."""
    claims = batch.claims
    silent = claims[Col.SEEN_AT].isna() & ~claims[Col.PRODUCT_ORDER_NO].isin(list(answers.settled))
    if not silent.any():
        return batch
    sources = claims.loc[silent, Col.SOURCE].tolist()
    return replace(
        batch,
        claims=claims[~silent].reset_index(drop=True),
        sheets=tuple(_listed(sheet, sources) for sheet in batch.sheets),
    )


def _listed(sheet: SheetCount, sources: list[tuple[Place, ...]]) -> SheetCount:
    """The newest row of an order counted as decided, the others as merged."""
    here = (sheet.file, sheet.sheet)
    decided = sum(source[0][:2] == here for source in sources)
    rows = sum(place[:2] == here for source in sources for place in source)
    return replace(
        sheet, decided=sheet.decided - decided, merged=sheet.merged - (rows - decided), listed=sheet.listed + rows
    )


def _left_over(orders: pd.DataFrame) -> int:
    """Earlier work that no file of today speaks of."""
    return int((~orders[Kept.ACTION].isin(["", Action.NONE])).sum())


def _warnings(batch: Batch, gone: pd.DataFrame, left_over: int) -> Iterator[Caution]:
    """What is true of the whole morning."""
    if rows := edited(batch):
        file, sheet, row = rows[0].place
        yield Caution(
            Text(
                f"처리목록의 조치 칸을 손으로 바꾼 줄이 {len(rows)}개 있습니다 (처음: {file} › {sheet} › {row}행). 조치는 노란 칸의 답으로만 "
                "바뀌니 바꾼 것은 쓰이지 않았습니다.",
                f"{HEADERS['조치']} was changed by hand in some rows: {len(rows)} (the first: {file} › {sheet} › row {row}). Only the yellow cells "
                "decide, so the change was not used.",
            )
        )
    if done := int(gone[Kept.ACTION].isin([Action.APPROVE, Action.SELLER_CANCEL]).sum()):
        yield Caution(
            Text(
                f"지난번에 취소승인·판매자취소로 나간 주문 {done:,}건이 새 파일에서 사라졌습니다. 처리된 것으로 보고 더 묻지 않습니다.",
                f"Orders that were to be approved or cancelled and have left the exports: {done:,}. They count as done.",
            )
        )
    if left_over:
        yield Caution(
            Text(
                f"지난 처리목록의 일 가운데 이번 파일에 나오지 않아 여기에 없는 것이 {left_over:,}건 있습니다. `python -m processor status`로 보세요.",
                f"Work of earlier workbooks that today's files do not speak of, and so is not in this one: {left_over:,}. See `python "
                "-m processor status`.",
            )
        )
