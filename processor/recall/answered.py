"""Puts the valid answers into the claims table, and notes contradictions and answers in cells that do not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd

from processor.model import (
    ACTION_HEADER,
    ANSWER_COLUMNS,
    CELL_OF,
    UNKNOWN,
    Action,
    AnswerRow,
    Batch,
    Col,
    Past,
    RememberedAnswer,
    Spelling,
    Text,
    Weighing,
)
from processor.model.recalled import CellKey
from processor.recall.answers import Answers
from processor.recall.cell_history import Words
from processor.recall.notes import Notes
from processor.recall.received import CLAIM_OVER, not_used, received, requested_later, sent_later
from processor.recall.yesterday import written_at
from processor.rulebook.types import Rulebook


def answered(
    batch: Batch, answers: Answers, ended: set[CellKey], past: Past, book: Rulebook
) -> tuple[Batch, dict[str, Text]]:
    """The batch with the valid answers; and for each order that was answered today, the sentence that says so.

    "Today" depends on the files of this day alone, so the sentences do not depend on the drops in which they came.
    """
    if not (answers.now or answers.contradictions or batch.answer_rows):
        return batch, {}
    claims, notes = batch.claims, Notes()
    places = {order: at for at, order in enumerate(claims[Col.PRODUCT_ORDER_NO].tolist())}
    cells = {role: claims[role].tolist() for role in ANSWER_COLUMNS}
    requested, sent = claims[Col.CLAIM_REQUESTED], claims[Col.SENT_AT]
    words = Words(book)
    moments = {run.number: run.as_of for run in past.runs.values()}
    new = {(answer.product_order_no, answer.cell) for answer in answers.new}
    used: dict[str, list[RememberedAnswer]] = {}
    for (order, role), answer in sorted(answers.now.items(), key=_by_order_and_cell):
        at = places.get(order)
        cell = CELL_OF[role]
        if at is None or cell.weighing is Weighing.RESULT:
            continue
        word, written, because = words.of(role, answer.value), written_at(answer, moments), None
        if word in cell.before_request and _is_before(written, requested.iloc[at]):
            because = requested_later(requested.iloc[at])
        elif word in cell.before_dispatch and _is_before(written, sent.iloc[at]):
            because = sent_later(sent.iloc[at])
        elif (order, role) in ended:
            because = CLAIM_OVER
        nothing = cell.spelling is Spelling.CAUSES and answer.value == UNKNOWN
        unsaid = because is not None or nothing
        cells[role][at] = UNKNOWN if answer.asked and cell.asked else "" if unsaid else answer.value
        if (order, role) in new and cell.settles and word and not answer.asked:
            if because is None:
                used.setdefault(order, []).append(answer)
            else:
                notes.add(at, not_used(answer, written, because, words))
    earlier = claims[Col.EARLIER].tolist()
    for order, contradictions in answers.contradictions.items():
        if (at := places.get(order)) is not None:
            earlier[at] = "답변모순"
            notes.add(at, Text.joined(" · ", [each.text for each in contradictions]))
    for row in edited(batch):
        if (at := places.get(row.product_order_no)) is not None:
            notes.add(at, _decides_nothing(row))
    columns = cells | {Col.EARLIER: earlier}
    typed = {role: pd.Series(column, index=claims.index, dtype="str") for role, column in columns.items()}
    batch = replace(batch, claims=notes.written(claims.assign(**typed)))
    return batch, {order: received(given, words) for order, given in used.items()}


def _by_order_and_cell(entry: tuple[CellKey, RememberedAnswer]) -> tuple[str, int]:
    (order, role), _ = entry
    return order, ANSWER_COLUMNS.index(role)


def edited(batch: Batch) -> list[AnswerRow]:
    """Rows of a returned workbook whose 조치 differs from the action of their sheet."""
    return [
        row
        for row in batch.answer_rows
        if row.action and (action := Action.of_sheet(row.place.sheet)) and row.action not in (action.ko, action.en)
    ]


def _decides_nothing(row: AnswerRow) -> Text:
    return Text(
        f"조치 칸에 손으로 적힌 말: '{row.action}'. 조치는 노란 칸의 답으로만 바뀝니다.",
        f"Written into {ACTION_HEADER.en} by hand: '{row.action}'. Only the yellow cells change what is done.",
    )


def _is_before(written: datetime, moment: datetime) -> bool:
    """Whether an answer was written before that moment; then it says nothing about what happened at it."""
    return not pd.isna(moment) and written < moment
