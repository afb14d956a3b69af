"""Warnings that concern the whole report, not one row: what the seller must know before acting on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from processor.judge.facts import Claims
from processor.judge.lost import lost, names
from processor.model import Action, Batch, Caution, Text, Verdict, sold_out
from processor.rulebook import Overdue, doubt_about, overdue

_SHOWN = 3
_MAY_HAVE_A_REQUEST = ("없음", "취소철회")
_LOOK_FIRST = Text(
    "발송하면 취소요청이 거절되니, 보내기 전에 판매자센터의 취소관리를 먼저 확인하세요.",
    "A dispatch refuses them: look at the Seller Center's cancel screen before you ship.",
)


def warnings(claims: Claims, verdicts: Sequence[Verdict], everything: Batch) -> Iterator[Caution]:
    """The warnings of a report. everything: the batch before orders in impossible situations were taken out."""
    if old := [*overdue(claims.book, claims.as_of.date())]:
        yield Caution(_old(old))
    if doubt := doubt_about(claims.book.exports):
        yield Caution(doubt, Action.APPROVE)
    limit = claims.book.store.approve_limit
    if any(verdict.facts["승인한도"] == "초과" for verdict in verdicts):
        many = Text(
            f"오늘 취소승인과 판매자취소가 {limit}건(store.approve_limit)을 넘어 모두 확인필요로 돌렸습니다. 파일이 맞는지 먼저 확인하세요.",
            f"More than {limit} cancels today (store.approve_limit): all became questions. Check the files first.",
        )
        yield Caution(many)
    if any(verdict.action is Action.SHIP and verdict.facts["요청"] in _MAY_HAVE_A_REQUEST for verdict in verdicts):
        yield from _before_shipping(claims)
    if strangers := sold_out.unmatched(everything):
        some = ", ".join(strangers[:_SHOWN]) + (" …" if len(strangers) > _SHOWN else "")
        unmatched = Text(
            f"품절상품 목록 가운데 해당하는 주문이 없는 줄 {len(strangers)}개: {some}. 정말 주문이 없는지, 번호와 옵션이 똑같이 적혔는지 확인하세요.",
            f"Rows of the sold-out list that fit no order: {len(strangers)} ({some}). Check numbers and option texts.",
        )
        yield Caution(unmatched)


def _before_shipping(claims: Claims) -> Iterator[Caution]:
    """Warns where an unread file or row may hold a cancel request, because a dispatch refuses it for good."""
    seen, missing = {sheet.kind for sheet in claims.batch.sheets}, lost(claims.batch, claims.book)
    unread = names(missing)
    if not any(kind is not None and kind.entry.tells_of_requests for kind in seen):
        more = Text(f" (읽지 못한 것: {unread.ko})", f" (not read: {unread.en})") if missing else Text("", "")
        why = Text(
            f"취소관리 파일이 없어(또는 읽지 못해) 취소요청이 있는지 알 수 없습니다{more.ko}.",
            f"There is no 취소관리 export (or it could not be read), so nobody knows of cancel requests{more.en}.",
        )
    elif missing:
        why = Text(
            f"취소·반품·교환 파일 가운데 읽지 못했거나 쓰지 못한 것이 있어 취소요청이 있는지 알 수 없습니다: {unread.ko}.",
            f"Something of the claim exports could not be read or used, so nobody knows what requests stand there: {unread.en}.",
        )
    else:
        return
    yield Caution(Text(f"{why.ko} {_LOOK_FIRST.ko}", f"{why.en} {_LOOK_FIRST.en}"), Action.SHIP)


def _old(old: list[Overdue]) -> Text:
    """One sentence for all overdue reviews, so that they do not hide today's urgent warnings."""
    ko = ", ".join(f"{one.what.ko} ({one.by}까지)" for one in old)
    en = ", ".join(f"{one.what.en} (by {one.by})" for one in old)
    return Text(
        f"rules.yaml에서 다시 확인하기로 한 날(review_by)이 지났습니다: {ko}. 바뀐 것이 없는지 확인하기 전까지는 벌점과 기한이 예전 기준일 수 있습니다.",
        f"Past the day on which it was to be looked at again (review_by in rules.yaml): {en}. Until somebody has, points and deadlines may be old.",
    )
