"""Comparing mornings: requests that vanished, acts that did not take, orders that are in no export any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import pandas as pd

from processor.judge.answers import Answers, Key
from processor.judge.claims import named, space_free
from processor.judge.notes import Notes
from processor.judge.remembered import then
from processor.model import Action, Batch, Col, Given, Kept, Kind, Past, Text, josa
from processor.rulebook.types import Rulebook

Lists = Mapping[str, datetime]
"""Kind of export → when the newest whole list of this batch was made."""

_IN_SIGHT: Final = timedelta(days=7)
"""취소관리 lists one week unless the seller asks for more (exports §2.9): an older request may only be out of its sight."""
_NAMELESS: Final = frozenset({"order_no_missing", "order_no_damaged", "order_no_suspect"})
_LEAVING: Final = ("", Action.APPROVE, Action.SELLER_CANCEL, Action.SHIP, Action.NONE)
"""Once done on the screen, or sent, these leave the exports: nothing to say."""
_IRREVERSIBLE: Final = tuple(action for action in Action if action.irreversible)
_MISSED: Final = ("요청사라짐", "요청불명")
_PENDING: Final = ("", "결제완료", "신규", "발송대기")
_ENDING: Final = (Col.CONSENT, Col.TRUE_REASON, Col.SELLER_REASON)
"""Answers about a claim, which end with it; where a parcel is does not."""


def newest_lists(batch: Batch) -> Lists:
    """A selection (선택주문) is no whole list, and where a number could not be read nobody knows who is missing."""
    nameless = {problem.place[:2] for problem in batch.row_problems if problem.code in _NAMELESS}
    lists: dict[str, datetime] = {}
    for sheet in batch.sheets:
        whole = "선택주문" not in sheet.file and (sheet.file, sheet.sheet) not in nameless
        if sheet.kind is not None and sheet.taken_at is not None and whole:
            lists[sheet.kind.value] = max(sheet.taken_at, lists.get(sheet.kind.value, sheet.taken_at))
    return lists


def left_every_list(missing: pd.DataFrame, lists: Lists) -> pd.Series[bool]:
    """Every kind of export that used to show the order has a newer list today, and none shows it."""
    pairs = zip(missing[Kept.SEEN_IN].tolist(), _moments(missing[Kept.SEEN_AT]), strict=True)
    found = [
        bool(kinds) and seen_at is not None and all(kind in lists and lists[kind] > seen_at for kind in kinds.split())
        for kinds, seen_at in pairs
    ]
    return pd.Series(found, index=missing.index, dtype="bool")


def expected_to_leave(missing: pd.DataFrame, answers: Answers) -> pd.Series[bool]:
    """Approved, cancelled or sent, unless the seller said that it failed."""
    results = [answers.now.get((number, Col.RESULT)) for number in missing.index]
    failed = [
        result is not None and result.value in ("실패", "보류") and result.about == run
        for result, run in zip(results, missing[Kept.RUN].tolist(), strict=True)
    ]
    return missing[Kept.ACTION].isin(_LEAVING) & ~pd.Series(failed, index=missing.index, dtype="bool")


class _Order(NamedTuple):
    """An order that a newer export shows, beside its last time."""

    at: int
    number: str
    state: str  # of its cancel, in the words of rules.yaml
    pending: bool
    silent: bool  # no export of today shows a claim of it
    sent: bool
    requested_at: datetime | None
    seen_at: datetime
    seen_in: str
    then: Mapping[str, object]  # columns of Kept
    decided_at: datetime
    seen_then: datetime
    requested_then: datetime | None

    @property
    def request_missing(self) -> bool:
        return bool(self.then[Kept.REQUEST_OPEN]) and self.silent


def compared(batch: Batch, past: Past, answers: Answers, lists: Lists, book: Rulebook) -> tuple[Batch, set[Key]]:
    """The batch with 지난기록 of each order that a newer export shows; and the answers that ended with their claim."""
    before = then(batch.claims, past)
    claims = batch.claims.assign(**{Col.SEEN_IN: _seen_in(batch.claims, before, lists)})
    notes, earlier = Notes(), claims[Col.EARLIER].tolist()
    ended: set[Key] = set()
    for order in _orders(claims, before, book):
        said = _change(order, lists, answers.now.get((order.number, Col.RESULT)))
        if said:
            earlier[order.at] = said
            notes.add(order.at, _noted(said, order))
        over = order.then[Kept.REQUEST_OPEN] and order.state not in ("요청", "진행") and said != "요청불명"
        if over and order.number not in answers.settled:
            ended |= {(order.number, cell) for cell in _ENDING if (order.number, cell) in answers.now}
    claims = claims.assign(**{Col.EARLIER: pd.Series(earlier, index=claims.index, dtype="str")})
    return replace(batch, claims=notes.written(claims)), ended


def _orders(claims: pd.DataFrame, before: pd.DataFrame, book: Rulebook) -> list[_Order]:
    """Those that memory may have something to say of: asked for, missed, or acted upon before, and seen again since."""
    matters = before[Kept.REQUEST_OPEN].eq(other=True) | before[Kept.EARLIER].isin(_MISSED)
    matters |= before[Kept.ACTION].isin([*_IRREVERSIBLE, Action.SHIP])
    places = claims.index[matters & (claims[Col.SEEN_AT] > before[Kept.SEEN_AT])].tolist()
    now, kept = claims.loc[places], before.loc[places]
    progress = _in_words(now, Col.ORDER_STATUS, book)
    columns = (
        places,
        now[Col.PRODUCT_ORDER_NO].tolist(),
        state := _in_words(now, Col.CANCEL_STATUS, book),
        [word in _PENDING for word in progress],
        [not word and not label for word, label in zip(state, now[Col.CLAIM_STATUS].fillna(""), strict=True)],
        now[Col.DISPATCH_SEEN].tolist(),
        _moments(now[Col.CLAIM_REQUESTED]),
        _moments(now[Col.SEEN_AT]),
        now[Col.SEEN_IN].tolist(),
        kept.to_dict("records"),
        _moments(kept[Kept.DECIDED_AT]),
        _moments(kept[Kept.SEEN_AT]),
        _moments(kept[Kept.REQUESTED_AT]),
    )
    return [_Order(*row) for row in zip(*columns, strict=True)]


def _change(order: _Order, lists: Lists, result: Given | None) -> str:
    """The word of 지난기록, "" when there is nothing to say."""
    if order.request_missing:
        return _request_missing(order, lists)
    if order.then[Kept.EARLIER] in _MISSED and order.silent:
        return str(order.then[Kept.EARLIER])
    told = result is not None and result.about == order.then[Kept.RUN]
    if result is not None and told and result.value != "완료":
        return ""  # the seller knows that it is not done
    acted = order.then[Kept.ACTION] in _IRREVERSIBLE or (told and order.then[Kept.ACTION] == Action.SHIP)
    same_claim = order.requested_at is None or order.requested_at <= order.decided_at
    still_open = order.state == "요청" or (order.silent and order.pending and not order.sent)
    return "그대로" if acted and same_claim and still_open and order.seen_at > order.decided_at else ""


def _request_missing(order: _Order, lists: Lists) -> str:
    """A request that was open is not there: has it been withdrawn, or can nobody tell?"""
    if Kind.SEARCH in order.seen_in.split() and Kind.SEARCH in lists:
        return "요청사라짐"  # 주문조회 shows the order, and no claim
    looked = lists.get(Kind.CANCEL)
    if looked is None or looked <= order.seen_then or order.requested_then is None:
        return "요청불명"
    return "요청사라짐" if looked - order.requested_then <= _IN_SIGHT else "요청불명"


def _noted(said: str, order: _Order) -> Text:
    when = f"{order.decided_at:%m-%d %H:%M}"
    if said != "그대로":
        return Text(f"취소요청은 {when}에 처리한 파일에 있었습니다.", f"The cancel request was in the files of {when}.")
    action = Action(str(order.then[Kept.ACTION]))
    return Text(
        f"{when} 처리목록에는 {josa(action.ko, '으로/로')} 나갔고, 그 뒤에 받은 파일에도 그대로입니다.",
        f"The workbook of {when} said {action.en}, and a newer export shows it unchanged.",
    )


def _seen_in(claims: pd.DataFrame, before: pd.DataFrame, lists: Lists) -> pd.Series[str]:
    """The kinds of exports that show each order: those of today, and those of then that had no newer list today."""
    seen = claims[Col.SEEN_IN].tolist()
    kept = before[Kept.SEEN_IN].fillna("").tolist()
    for at, (today, kinds) in enumerate(zip(seen, kept, strict=True)):
        if today and kinds and kinds != today:
            seen[at] = " ".join(sorted({*today.split(), *(kind for kind in kinds.split() if kind not in lists)}))
    return pd.Series(seen, index=claims.index, dtype="str")


def _in_words(claims: pd.DataFrame, role: str, book: Rulebook) -> list[str]:
    return named(claims[role].fillna(""), space_free(book.exports.states[role])).tolist()


def _moments(column: pd.Series[pd.Timestamp]) -> list[datetime | None]:
    return [None if pd.isna(moment) else moment.to_pydatetime() for moment in column]
