"""Says which exports a run lacks, and how many orders it therefore had to ask about instead of deciding them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from processor.model import CELL_OF, Action, Batch, Caution, Col, Kind, Out, Text, Verdict, several


def missing(rows: pd.DataFrame, verdicts: Sequence[Verdict], batch: Batch) -> Iterator[Caution]:
    """The cautions about exports that no run of this day has read. rows: tables.JUDGED, as they stand on the lists."""
    kinds = {sheet.kind for sheet in batch.sheets if sheet.kind is not None}
    strangers = rows[Col.SEEN_AT].isna()  # no export, of whatever day, shows them
    if kinds and not any(kind.is_export for kind in kinds) and strangers.any():
        yield Caution(_only_answers(int(strangers.sum())))
    asked = rows[Out.SITUATION].map([_asks_for_handover(verdict) for verdict in verdicts].__getitem__)
    if kinds and Kind.DISPATCH not in kinds and asked.any():
        yield Caution(_no_dispatch(int(asked.sum())))


def _asks_for_handover(verdict: Verdict) -> bool:
    return verdict.action is Action.REVIEW and CELL_OF[Col.HANDOVER].header.ko in verdict.asks


def _only_answers(number: int) -> Text:
    return Text(
        f"판매자센터에서 받은 파일 없이 답만 있어 주문 {number:,}건이 지금 어떤 상태인지 모릅니다. 취소관리와 발주발송관리를 받아 inbox에 넣고 다시 "
        "실행하세요.",
        f"There are answers but no export of the Seller Center, so nothing is known of {several(number, 'order')}. Download 취소관리 and "
        "발주발송관리, drop them into inbox and run again.",
    )


def _no_dispatch(number: int) -> Text:
    return Text(
        f"오늘 받은 발주발송관리가 없어(또는 읽지 못해) 이미 포장했는지·나갔는지 모릅니다. 그래서 주문 {number:,}건을 판단하지 않고 〈확인필요〉에서 "
        "여쭙니다. 발주발송관리를 받아 inbox에 넣고 다시 실행하세요.",
        f"There is no 발주발송관리 export of today (or it could not be read), so nobody knows what is packed or has left. {several(number, 'order')} "
        "had to be asked on 〈Review〉 instead of being decided. Download it, drop it into inbox and run again.",
    )
