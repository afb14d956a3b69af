"""Compares files of different times: requests that vanished, actions without effect, orders that left every export.

Everything follows from the content of the files and the moments at which they were made, so the result does not depend
on the way in which they were dropped.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import pandas as pd

from processor.model import (
    ANSWER_CELLS,
    Action,
    Batch,
    Col,
    Kind,
    Past,
    PastOrder,
    ReadSheet,
    RememberedAnswer,
    Text,
    josa,
)
from processor.model.matching import named, space_free_words, texts
from processor.model.recalled import CellKey
from processor.recall.answers import Answers
from processor.recall.notes import Notes
from processor.recall.remembered import then
from processor.rulebook.types import OPEN_CANCEL, Rulebook

_IN_SIGHT: Final = timedelta(days=7)
"""취소관리 lists one week unless the seller asks for more (exports §2.9), so a missing older request may still be there."""
_LEAVING: Final = ("", *(action for action in Action if action.entry.leaves_exports))
_IRREVERSIBLE: Final = tuple(action for action in Action if action.irreversible)
_SHOWING: Final = tuple(action for action in Action if action.entry.shows_when_done)
_PENDING: Final = ("", "결제완료", "신규", "발송대기")
_NOW: Final = datetime(9999, 1, 1)  # noqa: DTZ001 - later than any file
_ENDING: Final = tuple(cell.column for cell in ANSWER_CELLS if cell.of_the_claim)
_OF_THE_REQUEST: Final = (Col.CLAIM_REASON, Col.CLAIM_CHANNEL, Col.CLAIM_REQUESTED)
_STATES: Final = (Col.CANCEL_STATUS, Col.RETURN_STATUS, Col.EXCHANGE_STATUS)


def left_every_list(claims: pd.DataFrame) -> pd.Series[bool]:
    """Which orders are in no list any more: each kind of export that showed them has a newer list without them."""
    return claims[Col.SEEN_AT].notna() & claims[Col.SEEN_IN].eq("")


def expected_to_leave(claims: pd.DataFrame, past: Past, answers: Answers, book: Rulebook) -> pd.Series[bool]:
    """Which orders were expected to leave: approved, cancelled or sent before this day, with no failure reported.

    An order that only files of this day show was expected to leave if it has no running claim.
    """
    if claims.empty:
        return pd.Series(dtype="bool", index=claims.index)
    before = then(claims, past.orders)
    failed = [
        result is not None and result.value in ("실패", "보류") and result.about == run
        for result, run in zip(
            (answers.now.get((number, Col.RESULT)) for number in claims[Col.PRODUCT_ORDER_NO]),
            before[PastOrder.RUN].tolist(),
            strict=True,
        )
    ]
    known = before[PastOrder.ACTION].notna()
    running = pd.DataFrame({role: _in_words(claims, role, book).isin(_RUNNING) for role in _STATES}).any(axis=1)
    idle = ~running & claims[Col.CLAIM_STATUS].fillna("").eq("")
    done = before[PastOrder.ACTION].isin(_LEAVING) & ~pd.Series(failed, index=claims.index, dtype="bool")
    return done.where(known, idle)


_RUNNING: Final = (*OPEN_CANCEL, "수거완료", "재배송")


class _Order(NamedTuple):
    """An order with what earlier files showed and earlier runs decided of it."""

    at: int
    number: str
    state: str  # state of its cancel, in the words of rules.yaml
    pending: bool
    label: str  # its 클레임상태, for a claim that no other column shows
    sent: bool
    shown: bool  # an export of today shows it
    requested_at: datetime | None
    seen_at: datetime | None
    asked_at: datetime | None
    asked_today: bool
    over_at: datetime | None
    unclaimed_at: datetime | None
    then: Mapping[str, object]  # columns of PastOrder
    decided_at: datetime | None


class Missing(NamedTuple):
    """A request that was open and has vanished: the word of 지난기록 for it, and since when."""

    word: str
    since: datetime | None


_THERE: Final = Missing("", None)


def compared(batch: Batch, past: Past, answers: Answers, book: Rulebook) -> tuple[Batch, set[CellKey]]:
    """The batch with 지난기록 of each order, and the keys of the answers that ended together with their claim.

    A vanished request no longer counts: its columns are set to those of an order without a request.
    """
    claims = batch.claims
    if not (orders := _orders(claims, past, book)):
        return batch, set()
    lists = [sheet for sheet in batch.lists if sheet.kind is Kind.CANCEL and sheet.whole]
    cancels = sorted(lists, key=_taken_at)
    moments = {run.number: run.as_of for run in past.runs.values()}
    notes, earlier = Notes(), claims[Col.EARLIER].tolist()
    vanished: list[int] = []
    ended: set[CellKey] = set()
    for order in orders:
        missing = _missing(order, cancels) if order.state in OPEN_CANCEL else _THERE
        word = missing.word or _unchanged(order, answers.now.get((order.number, Col.RESULT)))
        if missing.word:
            vanished.append(order.at)
        if word and not earlier[order.at]:
            earlier[order.at] = word
            notes.add(order.at, _noted(word, order))
        over_at = missing.since if missing.word else order.over_at
        if missing.word != "요청불명" and over_at is not None:
            ended |= {
                key
                for key in ((order.number, cell) for cell in _ENDING)
                if (answer := answers.now.get(key)) is not None and written_at(answer, moments) < over_at
            }
    claims = claims.assign(**{Col.EARLIER: pd.Series(earlier, index=claims.index, dtype="str")})
    return replace(batch, claims=notes.written(_without_requests(claims, vanished, book))), ended


def written_at(answer: RememberedAnswer, moments: Mapping[int, datetime]) -> datetime:
    """When an answer was written: the time of its file, else the moment of its run, else later than any file."""
    return answer.at or moments.get(answer.run, _NOW)


def _without_requests(claims: pd.DataFrame, places: Sequence[int], book: Rulebook) -> pd.DataFrame:
    if not places:
        return claims
    here = pd.Series(data=False, index=claims.index)
    here.iloc[list(places)] = True
    others = _in_words(claims, Col.RETURN_STATUS, book).ne("") | _in_words(claims, Col.EXCHANGE_STATUS, book).ne("")
    blank = {role: claims[role].mask(here & ~others) for role in _OF_THE_REQUEST}
    return claims.assign(**blank, **{Col.CANCEL_STATUS: claims[Col.CANCEL_STATUS].mask(here, "")})


def _orders(claims: pd.DataFrame, past: Past, book: Rulebook) -> list[_Order]:
    """The orders that had a cancel request, or an action of an earlier run whose effect the exports show."""
    last = pd.concat([past.latest, past.orders[~past.orders.index.isin(past.latest.index)]])
    before = then(claims, last)
    matters = claims[Col.ASKED_AT].notna() | before[PastOrder.ACTION].isin(_SHOWING)
    if not matters.any():
        return []
    now, kept = claims[matters], before[matters]
    columns = (
        [at for at, here in enumerate(matters.tolist()) if here],
        now[Col.PRODUCT_ORDER_NO].tolist(),
        _in_words(now, Col.CANCEL_STATUS, book).tolist(),
        _in_words(now, Col.ORDER_STATUS, book).isin(_PENDING).tolist(),
        now[Col.CLAIM_STATUS].fillna("").tolist(),
        now[Col.DISPATCH_SEEN].tolist(),
        now[Col.SHOWN].tolist(),
        _moments(now[Col.CLAIM_REQUESTED]),
        _moments(now[Col.SEEN_AT]),
        _moments(now[Col.ASKED_AT]),
        now[Col.ASKED_TODAY].tolist(),
        _moments(now[Col.OVER_AT]),
        _moments(now[Col.UNCLAIMED_AT]),
        kept.to_dict("records"),
        _moments(kept[PastOrder.DECIDED_AT]),
    )
    return [_Order(*row) for row in zip(*columns, strict=True)]


def _missing(order: _Order, cancels: Sequence[ReadSheet]) -> Missing:
    """Whether an open request has vanished since (요청사라짐), cannot be seen any more (요청불명), or is still there.

    cancels: the oldest list first.
    """
    asked_at, requested = order.asked_at, order.requested_at
    if asked_at is None:
        return _THERE
    if not order.asked_today and order.unclaimed_at is not None and order.unclaimed_at > asked_at:
        return Missing("요청사라짐", order.unclaimed_at)  # 주문조회 shows the order without a claim
    later = range(bisect_right(cancels, asked_at, key=_taken_at), len(cancels))
    for at in later:
        sheet = cancels[at]
        if sheet.taken_at.date() == asked_at.date():
            covers = sheet.since is None or (requested is not None and sheet.since.date() <= requested.date())
            if covers:
                return Missing("요청사라짐", sheet.taken_at)
        elif requested is not None and sheet.taken_at - requested <= _IN_SIGHT:
            return Missing("요청사라짐", sheet.taken_at)
        else:
            break  # the lists after it are still later
    beyond_sight = bool(later) and (requested is None or cancels[-1].taken_at.date() > asked_at.date())
    return Missing("요청불명", None) if beyond_sight or (order.shown and not order.asked_today) else _THERE


def _taken_at(sheet: ReadSheet) -> datetime:
    return sheet.taken_at


def _unchanged(order: _Order, result: RememberedAnswer | None) -> str:
    """그대로 where an earlier run asked for something that a newer export does not show as done."""
    if order.decided_at is None or order.seen_at is None:
        return ""
    reported = result is not None and result.about == order.then[PastOrder.RUN]
    if result is not None and reported and result.value != "완료":
        return ""  # the seller knows that it is not done
    acted = order.then[PastOrder.ACTION] in (_SHOWING if reported else _IRREVERSIBLE)
    same_claim = order.requested_at is None or order.requested_at <= order.decided_at
    silent = not order.state and not order.label
    still_open = order.state == "요청" or (silent and order.pending and not order.sent)
    return "그대로" if acted and same_claim and still_open and order.seen_at > order.decided_at else ""


def _noted(word: str, order: _Order) -> Text:
    if word != "그대로":
        when = f"{order.asked_at:%m-%d %H:%M}"
        return Text(f"취소요청은 {when} 파일에 있었습니다.", f"The cancel request was in the files of {when}.")
    when = f"{order.decided_at:%m-%d %H:%M}"
    action = Action(str(order.then[PastOrder.ACTION]))
    return Text(
        f"{when} 처리목록에는 {josa(action.ko, '으로/로')} 나와 있었고, 그 뒤에 받은 파일에도 그대로입니다.",
        f"The workbook of {when} said {action.en}, and a newer export shows it unchanged.",
    )


def _in_words(claims: pd.DataFrame, role: str, book: Rulebook) -> pd.Series[str]:
    words = named(texts(claims[role]), space_free_words(book.exports.states[role]))
    return pd.Series(words, index=claims.index, dtype="str")


def _moments(column: pd.Series[pd.Timestamp]) -> list[datetime | None]:
    return [None if pd.isna(moment) else moment.to_pydatetime() for moment in column]
