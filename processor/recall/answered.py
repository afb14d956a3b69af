"""Puts the valid answers into the claims table, and notes contradictions and answers in cells that do not count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pandas as pd

from processor.model import (
    ACTION_HEADER,
    ANSWER_CELLS,
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
    space_free,
)
from processor.model.matching import space_free_words
from processor.model.recalled import CellKey
from processor.recall.answers import Answers
from processor.recall.notes import Notes
from processor.recall.yesterday import written_at
from processor.rulebook.types import Rulebook


def answered(batch: Batch, answers: Answers, ended: set[CellKey], past: Past, book: Rulebook) -> Batch:
    claims, notes = batch.claims, Notes()
    places = {order: at for at, order in enumerate(claims[Col.PRODUCT_ORDER_NO].tolist())}
    cells = {role: claims[role].tolist() for role in ANSWER_COLUMNS}
    requested, sent = claims[Col.CLAIM_REQUESTED], claims[Col.SENT_AT]
    words = {cell.column: space_free_words(book.exports.states[cell.column]) for cell in ANSWER_CELLS if cell.closed}
    moments = {run.number: run.as_of for run in past.runs.values()}
    for (order, role), answer in answers.now.items():
        at = places.get(order)
        cell = CELL_OF[role]
        if at is not None and cell.weighing is not Weighing.RESULT:
            word = words.get(role, {}).get(space_free(answer.value), "")
            outdated = word in cell.before_request and _written_before(answer, requested.iloc[at], moments)
            outdated = outdated or (word in cell.before_dispatch and _written_before(answer, sent.iloc[at], moments))
            nothing = cell.spelling is Spelling.CAUSES and answer.value == UNKNOWN
            unsaid = outdated or (order, role) in ended or nothing
            cells[role][at] = UNKNOWN if answer.asked and cell.asked else "" if unsaid else answer.value
    earlier = claims[Col.EARLIER].tolist()
    for order, note in answers.notes.items():
        if (at := places.get(order)) is not None:
            earlier[at] = "답변모순"
            notes.add(at, note)
    for row in edited(batch):
        if (at := places.get(row.product_order_no)) is not None:
            notes.add(at, _decides_nothing(row))
    columns = cells | {Col.EARLIER: earlier}
    typed = {role: pd.Series(column, index=claims.index, dtype="str") for role, column in columns.items()}
    return replace(batch, claims=notes.written(claims.assign(**typed)))


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


def _written_before(answer: RememberedAnswer, moment: datetime, moments: Mapping[int, datetime]) -> bool:
    """Whether the answer was written before that moment; then it says nothing about what happened at it."""
    return not pd.isna(moment) and written_at(answer, moments) < moment
