"""Turns orders whose situation rules.yaml calls impossible into problems, because something in the files is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from processor.judge.facts import Claims, among, find
from processor.judge.situations import number
from processor.judge.workdays import Workdays
from processor.model import UNKNOWN, Batch, Col, Place, Problem, Text
from processor.rulebook.types import Row, Rulebook, Situation

_Sentences = tuple[Text, Text]
"""The two sentences of a problem: what is wrong, and what to do about it."""


def possible(batch: Batch, book: Rulebook, as_of: datetime, calendar: Workdays) -> Claims:
    """The claims, with facts, without the orders in an impossible situation; those are problems of its batch.

    Taking an order out changes the facts of the other lines of its purchase, so facts are found and checked again until
    no impossible situation is left.
    """
    claims = find(batch, book, as_of, calendar)
    while any(said := _ruled_out(claims)):
        claims = find(_set_aside(claims, said), book, as_of, calendar)
    return claims


def _ruled_out(claims: Claims) -> list[_Sentences | None]:
    """For each order the problem's sentences if a row of `impossible` fits."""
    impossible = claims.book.impossible
    words = {word for row in impossible for word in row.when}
    facts = {word: column for word, column in claims.facts.items() if word in words}
    if claims.table.empty or not facts:
        return [None] * len(claims.table)
    codes, situations = number(facts)
    rows = [next((row for row in impossible if row.fits(situation)), None) for situation in situations]
    said = [row and _said(row, situation, claims.book) for row, situation in zip(rows, situations, strict=True)]
    contradicting = claims.text(Col.TROUBLE) == "conflict"  # its rows contradict each other: a question, no problem
    return [None if asked else said[code] for code, asked in zip(codes.tolist(), contradicting.tolist(), strict=True)]


def _set_aside(claims: Claims, said: Sequence[_Sentences | None]) -> Batch:
    """The batch without these orders: every row that names one becomes a problem.

    The other lines of the same purchases stay, and their fact 자료 records that a line could not be used.
    """
    batch, found = claims.batch, np.array([sentences is not None for sentences in said])
    beside = among(claims.order(), {*claims.order()[found]}) & (claims.text(Col.TROUBLE) == "")
    left = batch.claims.assign(**{Col.TROUBLE: batch.claims[Col.TROUBLE].mask(beside, "problem")})
    orders = batch.claims.loc[found, [Col.PRODUCT_ORDER_NO, Col.SOURCE]]
    problems = [
        _problem(order, place, *sentences)
        for order, places, sentences in zip(*(orders[name] for name in orders), filter(None, said), strict=True)
        for place in places
    ]
    return replace(batch, claims=left[~found].reset_index(drop=True), row_problems=(*batch.row_problems, *problems))


def _problem(order: str, place: Place, message: Text, fix: Text) -> Problem:
    return Problem("impossible_state", place, message, fix, column="상품주문번호", value=order)


def _said(row: Row, situation: Situation, book: Rulebook) -> _Sentences:
    known = [(book.words[word].text, book.words[word].named(situation.get(word, UNKNOWN))) for word in row.when]
    ko, en = (" · ".join(f"{word.said(lang)} {value.said(lang)}" for word, value in known) for lang in ("ko", "en"))
    return (
        Text(f"있을 수 없는 상황입니다 ({ko}): {row.why.ko}.", f"This can't be ({en}): {row.why.en}."),
        Text(
            "판매자센터에서 이 주문의 상태를 보고 파일을 새로 받아 다시 넣으세요. 정말 이런 주문이라면 화면에서 직접 처리하고 "
            f"rules.yaml의 {row.id} 줄을 고치세요.",
            "Look at the order in the Seller Center, download the files afresh and drop them in again. If the order is really "
            f"like this, act on the screen and mend row {row.id} of rules.yaml.",
        ),
    )
