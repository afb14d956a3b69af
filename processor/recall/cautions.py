"""The cautions about the whole batch that come from comparing it with earlier runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import pandas as pd

from processor.model import (
    ACTION_HEADER,
    CLAIM_KINDS,
    ORDER_KINDS,
    Action,
    Batch,
    Caution,
    Col,
    Holds,
    Kind,
    Past,
    PastOrder,
    Text,
)
from processor.model.clock import odd_pause
from processor.recall.answered import edited
from processor.recall.answers import Answers
from processor.recall.remembered import then

CLICKED: Final = tuple(action for action in Action if action.clicked)
"""Actions that the seller carries out by clicking on a screen of the Seller Center."""
_CANCELS: Final = tuple(action for action in Action if action.cancels)
_EXPORTS: Final = (*CLAIM_KINDS, *(kind for kind in Kind if kind.holds is Holds.ORDERS))
"""Kinds of export in order of preference: the screens of claims first."""
_IDLE: Final = ("", *(action for action in Action if not action.to_do))


def cautions(
    batch: Batch, gone: pd.DataFrame, waiting: pd.DataFrame, sent_since: Sequence[str], past: Past, answers: Answers
) -> Iterator[Caution]:
    """The cautions of this run.

    gone: orders that left the exports as expected. waiting: open orders of earlier days that no file of today names.
    sent_since: orders that a later file of today no longer has, and that count as sent.
    """
    if sent_since:
        number, first = len(sent_since), sent_since[0]
        yield Caution(
            Text(
                f"오늘 먼저 받은 파일에 있던 주문 {number:,}건이 나중에 받은 같은 화면의 파일에는 없습니다 (첫 주문: {first}). 그사이 보낸 것으로 보고 "
                "뺐습니다. 나중 파일이 일부만 받은 것이면 전체를 다시 받아 넣으세요.",
                f"Orders that an earlier file of today shows and a later one of the same screen does not: {number:,} (the first: {first}). "
                "They count as sent since. If the later file holds only some of the orders, download all of them again and drop that.",
            )
        )
    if rows := edited(batch):
        file, sheet, row = rows[0].place
        yield Caution(
            Text(
                f"처리목록의 조치 칸을 손으로 바꾼 줄이 {len(rows)}개 있습니다 (첫 줄: {file} › {sheet} › {row}행). 조치는 노란 칸의 답으로만 "
                "바뀌므로 손으로 바꾼 것은 쓰지 않았습니다.",
                f"{ACTION_HEADER.en} was changed by hand in some rows: {len(rows)} (the first: {file} › {sheet} › row {row}). Only the yellow cells "
                "decide, so the change was not used.",
            )
        )
    acted = then(gone, past.orders)[PastOrder.ACTION]
    if done := int(acted.isin(_CANCELS).sum()):
        yield Caution(
            Text(
                f"지난번 목록의 취소승인·판매자취소 주문 {done:,}건이 새 파일에서 사라졌습니다. 처리된 것으로 보고 더 묻지 않습니다.",
                f"Orders that were to be approved or cancelled and have left the exports: {done:,}. They count as done.",
            )
        )
    if left_over := _left_over(waiting, past, answers):
        number = sum(left_over.values())
        screens = [screen for screen, _ in left_over.most_common()]
        yield Caution(
            Text(
                f"지난 처리목록에 있던 주문 가운데 {number:,}건은 오늘 파일에 없어 이 목록에도 없습니다. 오늘 받은 "
                f"{'·'.join(screens)} 파일을 넣으면 다시 나옵니다. 어떤 주문인지는 `python -m processor status`로 확인하세요.",
                f"Work of earlier workbooks that today's files do not speak of, and so is not in this one: {number:,}. It comes up "
                f"again with today's {', '.join(screens)}. See `python -m processor status`.",
            )
        )


def clock_cautions(batch: Batch, past: Past, as_of: datetime) -> Iterator[Caution]:
    """The cautions about times that cannot all be right: of this run and the last one, and of files from the future."""
    earlier = [run.as_of for run in past.runs.values() if run.as_of.date() != as_of.date()]
    if earlier and (pause := odd_pause(max(earlier), as_of)):
        yield Caution(
            Text(
                f"{pause.ko} 컴퓨터의 날짜가 맞는지 확인하세요. 기한과 벌점은 이 날짜로 계산합니다.",
                f"{pause.en} Check this computer's date: deadlines and points are counted by it.",
            )
        )
    if ahead := [sheet for sheet in batch.lists if sheet.stamp and sheet.kind.is_export and not sheet.earlier]:
        files, first = len({sheet.file for sheet in ahead}), ahead[0]
        yield Caution(
            Text(
                f"파일 시각이 미래인 파일이 {files:,}개 있습니다 (첫 파일: {first.file}, {first.stamp:%Y-%m-%d %H:%M}). 언제 받은 것인지 알 수 "
                "없어, 오늘 받은 다른 파일과 다르면 그 파일을 따랐습니다. 판매자센터에서 받은 이름 그대로 넣어 주세요.",
                f"Files whose time is still to come: {files:,} (the first: {first.file}, {first.stamp:%Y-%m-%d %H:%M}). Nobody can tell when they "
                "were downloaded, so other files of today were followed where they differ. Drop them with the name that the Seller Center gave.",
            )
        )


def _left_over(waiting: pd.DataFrame, past: Past, answers: Answers) -> Counter[str]:
    """Open work of earlier runs that no file of today names, counted by the screen whose export would show it."""
    before = then(waiting, past.orders)
    found: Counter[str] = Counter()
    for number, action, run, kinds in zip(
        waiting[Col.PRODUCT_ORDER_NO],
        before[PastOrder.ACTION],
        before[PastOrder.RUN],
        waiting[Col.SEEN_IN],
        strict=True,
    ):
        result = answers.now.get((number, Col.RESULT))
        done = result is not None and result.value == "완료" and result.about >= run and action in CLICKED
        if action not in _IDLE and not done:
            seen_in = kinds.split()
            found[next((kind for kind in _EXPORTS if kind in seen_in), ORDER_KINDS[0]).screen] += 1
    return found
