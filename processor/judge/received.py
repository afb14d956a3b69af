"""Says in the row of an order that was answered today what follows from the answers, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from processor.model import CELL_NAMED, Col, Out, Text, Verdict


def acknowledged(rows: pd.DataFrame, verdicts: Sequence[Verdict], received: Mapping[str, Text]) -> pd.DataFrame:
    """The rows (tables.JUDGED) with these sentences and what follows from the decision in their notes.

    received: 상품주문번호 → the sentence that its answers of today have come.
    """
    if not received:
        return rows
    columns = {Col.NOTE_KO: rows[Col.NOTE_KO].tolist(), Col.NOTE_EN: rows[Col.NOTE_EN].tolist()}
    for at, (order, situation) in enumerate(zip(rows[Col.PRODUCT_ORDER_NO], rows[Out.SITUATION], strict=True)):
        if order in received:
            said = Text.joined(" ", [received[order], *_follows(verdicts[situation])])
            for column, text in zip(columns.values(), said, strict=True):
                column[at] = f"{column[at]} {text}".strip()
    return rows.assign(**{role: pd.Series(texts, index=rows.index, dtype="str") for role, texts in columns.items()})


def _follows(verdict: Verdict) -> list[Text]:
    action = verdict.action
    if not action.to_do:
        return [Text("이 주문에는 하실 일이 없습니다.", "Nothing is to be done with this order.")]
    if action.decides:
        said = Text(f"이제 〈{action.ko}〉에서 처리하세요.", f"Go on with it on 〈{action.en}〉.")
    else:
        said = Text("아직 정할 수 없습니다.", "It can't be decided yet.")
    return [said, *_missing(verdict)]


def _missing(verdict: Verdict) -> list[Text]:
    """What is still needed: the answers that the verdict asks for; else, where it can't be decided, the reason says it."""
    if verdict.asks:
        headers = [CELL_NAMED[cell].header for cell in verdict.asks]
        ko, en = "·".join(header.ko for header in headers), ", ".join(header.en for header in headers)
        return [Text(f"더 필요한 답: {ko}.", f"Still needed: {en}.")]
    return (
        []
        if verdict.action.decides
        else [Text("무엇이 더 필요한지는 앞의 이유를 보세요.", "See the reason before this for what is missing.")]
    )
