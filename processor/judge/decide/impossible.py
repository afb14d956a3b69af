"""Orders in a situation that rules.yaml calls impossible are problems, not decisions: something in the files is wrong."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from processor.judge.facts.claims import Claims
from processor.judge.situations import number, spread
from processor.model import UNKNOWN, Batch, Col, Problem, Text
from processor.rulebook.types import Row, Rulebook, Situation


def set_aside(claims: Claims) -> Batch:
    """The batch without those orders: every row that speaks of one is a problem.

    What is left of such an order is not decided either: its other lines are told that something is wrong (자료).
    """
    batch, impossible = claims.batch, claims.book.impossible
    words = {word for row in impossible for word in row.when}
    facts = {word: column for word, column in claims.facts.items() if word in words}
    if batch.claims.empty or not facts:
        return batch
    codes, situations = number(facts, claims.seen_before)
    shown = [next((row for row in impossible if row.fits(situation)), None) for situation in situations]
    said = spread(
        codes, [row and _said(row, each, claims.book) for row, each in zip(shown, situations, strict=True)], lambda x: x
    )
    found = said.notna() & claims.text(Col.TROUBLE).ne("conflict")  # what its rows say otherwise is asked about
    if not found.any():
        return batch
    orders = batch.claims.loc[found, [Col.PRODUCT_ORDER_NO, Col.SOURCE]].assign(said=said[found])
    beside = claims.order().isin(claims.order()[found]) & claims.text(Col.TROUBLE).eq("")
    left = batch.claims.assign(**{Col.TROUBLE: batch.claims[Col.TROUBLE].mask(beside, "problem")})
    return replace(
        batch,
        claims=left[~found].reset_index(drop=True),
        row_problems=(*batch.row_problems, *_problems(orders)),
    )


def _problems(orders: pd.DataFrame) -> list[Problem]:
    return [
        Problem("impossible_state", place, message, fix, column="상품주문번호", value=order)
        for order, places, (message, fix) in orders.itertuples(index=False)
        for place in places
    ]


def _said(row: Row, situation: Situation, book: Rulebook) -> tuple[Text, Text]:
    """What is wrong, and what to do."""
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
