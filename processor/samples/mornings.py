"""Five hand-made mornings, Monday to Friday: the orders in the exports of each day, and the seller's answers.

They serve tests of what the desk remembers between mornings. The expected decisions are in the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from processor.market.downloads import ALL_ORDERS, file_name
from processor.model import Kind
from processor.samples.cart import Line
from processor.samples.catalogue import CLOTHES, CURTAIN, CURTAIN_ROD, HOME, KITCHEN, SOLD_OUT
from processor.samples.exports import write_answers, write_cancel, write_dispatch, write_return
from processor.samples.order import Order
from processor.samples.stage import Stage, Story
from processor.samples.turns import (
    Turn,
    approved,
    asked,
    collected,
    confirmed,
    gone,
    promised,
    returned,
    sent,
    unclaimed,
    withdrawn,
)

_TAILS: Final = 95_000_000  # far above the endings of the other hand-made stories
_FIRST_BUYER: Final = 9_500

Cells = Mapping[str, str]  # header → value


@dataclass(frozen=True, slots=True)
class Morning:
    """One morning at the desk: exports downloaded just before it, and answers written since the last morning."""

    as_of: datetime
    lines: tuple[tuple[str, Order], ...]  # name of the story, and the product order in its state on this morning
    screens: tuple[str, ...]  # the exports that the seller downloaded
    answers: Mapping[str, Cells]  # 상품주문번호 → the seller's answers in the yellow cells of yesterday's workbook
    sheet: tuple[Cells, ...]  # the rows of a hand-written 답변.xlsx; mostly none


def mornings(monday: datetime) -> list[Morning]:
    """The mornings of the week that begins at this moment of a Monday. The same moment gives the same orders."""
    week = [monday + timedelta(days=count) for count in range(5)]
    tales = list(_tales(*week))
    numbers = {tale.story.name: tale.story.orders[0].product_order_no for tale in tales}
    return [
        Morning(
            as_of=as_of,
            lines=tuple(line for tale in tales for line in tale.by(week[: place + 1])),
            screens=_SCREENS[place],
            answers={numbers[name]: cells for name, cells in _ANSWERS[place].items()},
            sheet=tuple({"상품주문번호": numbers[name], **cells} for name, cells in _SHEETS[place].items()),
        )
        for place, as_of in enumerate(week)
    ]


def write_morning(inbox: Path, morning: Morning) -> list[str]:
    """Fills an inbox with the seller's downloads and answers. Gives the names of the files, in that order."""
    inbox.mkdir(parents=True, exist_ok=True)
    orders = [order for _, order in morning.lines]
    names = []
    for place, screen in enumerate(morning.screens):
        downloaded_at = morning.as_of - timedelta(minutes=5 - place)
        names.append(file_name(screen, downloaded_at))
        _WRITERS[screen](inbox / names[-1], orders, downloaded_at=downloaded_at)
    if morning.sheet:
        names.append("답변.xlsx")
        write_answers(inbox / names[-1], morning.sheet)
    return names


@dataclass(frozen=True, slots=True)
class _Tale:
    """An order in its first state, and the changes by each later morning."""

    story: Story
    tue: Turn | None = None
    wed: Turn | None = None
    thu: Turn | None = None
    fri: Turn | None = None

    def by(self, days: Sequence[datetime]) -> Iterator[tuple[str, Order]]:
        """The lines of the story on the last of these days; the first of them is Monday."""
        turns = list(zip(days[1:], (self.tue, self.wed, self.thu, self.fri), strict=False))
        for order in self.story.orders:
            stands: Order | None = order
            for morning, turn in turns:
                if stands and turn:
                    stands = turn(stands, morning)
            if stands and order.ordered_at < days[-1]:
                yield self.story.name, stands


# ── the stories ──


def _tales(mon: datetime, tue: datetime, wed: datetime, thu: datetime, _fri: datetime) -> Iterator[_Tale]:
    at = Stage(mon, tails=_TAILS, buyers=_FIRST_BUYER)
    waiting, printed, unseen = at.waiting(), at.printed(), at.waiting() | {"ticked": False}
    cancel, back = at.cancel(), at.sent_back("return", "수거중", "구매의사취소")
    with_rod = (Line(CURTAIN), Line(CURTAIN_ROD, addon=True))

    yield _Tale(at.story("1 승인하고 끝남", waiting, CLOTHES, cancel), tue=approved, wed=gone)
    yield _Tale(at.story("2 승인했는데 그대로", waiting, CLOTHES, cancel), wed=approved, thu=gone)
    yield _Tale(at.story("3 취소를 거둠", printed, CLOTHES, cancel), tue=withdrawn, wed=sent)
    yield _Tale(at.story("4 취소요청이 말없이 사라짐", printed, CLOTHES, cancel), tue=unclaimed, wed=sent)
    yield _Tale(at.story("5 통째로 사라짐", printed, CLOTHES, cancel), tue=gone)
    yield _Tale(at.story("6 출고 모름에 답함", unseen, CLOTHES, cancel), wed=approved, thu=gone)
    yield _Tale(at.story("7 품절과 동의", waiting, SOLD_OUT), fri=gone)
    yield _Tale(at.story("8 답이 엇갈림", waiting, KITCHEN))
    yield _Tale(at.story("9 발송지연 약속을 넘김", at.waiting(paid=3), CLOTHES), tue=promised(wed.date()))
    yield _Tale(at.story("10 늦음", at.waiting(paid=4), CLOTHES), wed=sent)
    yield _Tale(at.story("11 그냥 발송됨", waiting, CLOTHES), tue=sent)
    yield _Tale(at.story("12 반품", at.delivered(), CLOTHES, back), tue=collected, thu=returned, fri=gone)
    yield _Tale(at.story("13 발주확인 전 구매자 취소", at.new(), CLOTHES), tue=gone)
    yield _Tale(at.story("14 취소관리를 빠뜨린 날", printed, CLOTHES), wed=asked(8))
    yield _Tale(at.story("15 포장했다고 답함", waiting, HOME), tue=asked(7, 30))
    yield _Tale(
        at.story("16 추가상품과 함께", waiting, HOME, cancel, lines=with_rod, claimed=2), tue=approved, wed=gone
    )
    yield _Tale(at.story("17 한 주 내내 수거 중", at.delivered(), KITCHEN, back))  # keeps 반품관리 from being empty
    # ordered on the day before, so this is their first morning
    yield _Tale(at.story("평범한 주문 1", Stage(mon).new(), CLOTHES), tue=sent)
    yield _Tale(at.story("평범한 주문 2", Stage(mon).new(), KITCHEN), tue=confirmed, wed=sent)
    yield _Tale(at.story("평범한 주문 3", Stage(tue).new(), CLOTHES), wed=sent)
    yield _Tale(at.story("평범한 주문 4", Stage(tue).new(), HOME), wed=confirmed, thu=sent)
    yield _Tale(at.story("평범한 주문 5", Stage(wed).new(), KITCHEN), thu=confirmed, fri=sent)
    yield _Tale(at.story("평범한 주문 6", Stage(thu).new(), CLOTHES), fri=sent)


# ── the seller's actions: one line for each day ──

_DISPATCH, _CANCEL, _RETURN = f"{ALL_ORDERS}{Kind.DISPATCH.screen}", Kind.CANCEL.screen, Kind.RETURN.screen
_SCREENS: Final = (
    (_DISPATCH, _CANCEL, _RETURN),
    (_DISPATCH, _CANCEL, _RETURN),
    (_DISPATCH, _CANCEL, _RETURN),
    (_DISPATCH, _RETURN),  # 취소관리 is forgotten
    (_DISPATCH, _CANCEL, _RETURN),
)
_ANSWERS: Final[tuple[Mapping[str, Cells], ...]] = (
    {},
    {
        "6 출고 모름에 답함": {"출고상태": "미포장"},
        "7 품절과 동의": {"실제사유": "품절"},
        "8 답이 엇갈림": {"실제사유": "품절", "구매자동의": "예"},
    },
    {
        "7 품절과 동의": {"구매자동의": "예"},
        "15 포장했다고 답함": {"출고상태": "포장", "메모": "창고에 물어봄"},
    },
    {"8 답이 엇갈림": {"구매자동의": "아니오"}},
    {},
)
_SHEETS: Final[tuple[Mapping[str, Cells], ...]] = ({}, {}, {"8 답이 엇갈림": {"구매자동의": "아니오"}}, {}, {})


class _Writer(Protocol):
    def __call__(self, path: Path, orders: Iterable[Order], *, downloaded_at: datetime) -> int: ...


_WRITERS: Final[Mapping[str, _Writer]] = {_DISPATCH: write_dispatch, _CANCEL: write_cancel, _RETURN: write_return}
