"""The sheet 비용부담: a list of shipping and interest with a row per claim and leg, and the sum that each payer bears."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from processor.model import COSTS, UNKNOWN, Col, Leg, Out, Payer, Text, several
from processor.outbox import captions, totals
from processor.outbox.part import Part, at, plain
from processor.outbox.sheet import (
    Block,
    Column,
    Line,
    Look,
    Sheet,
    Table,
    Tally,
    Term,
    Tone,
    Value,
    table_by_row,
)
from processor.outbox.unknown_fees import unknown_fees
from processor.outbox.wording import LEGS, certainty, sources, value_of

_LEDGER: Final = "costs_ledger"
_BY_PAYER: Final = "costs_by_payer"
_LEG: Final = Column(Text("구간", "Leg"), Look.LONG, 16, 20)
_PAYER: Final = Column(Text("부담", "Borne by"), Look.WORDS, 13, 13)
_AMOUNT: Final = Column(Text("금액", "Amount"), Look.WON, 14, 16)
_SHIPPING: Final = Column(Text("배송비", "Shipping"), Look.WON, 14, 18)
_LATE_REFUND: Final = Column(Text("환불 지연배상", "Late-refund interest"), Look.WON, 18, 18)
_COLUMNS: Final = (
    Column(captions.PRODUCT_ORDER_NO, Look.ORDER, 18, 18),
    Column(captions.PRODUCT_NAME, Look.LONG, 16, 22),
    _LEG,
    _PAYER,
    _AMOUNT,
    Column(captions.SUPPORT, Look.WON, 15, 16),
    Column(Text("배송비 유형", "Shipping fee"), Look.WORDS, 14, 14),
    Column(Text("근거", "Basis"), Look.LONG, 24, 46),
    Column(Text("묶음번호", "Bundle no."), Look.TEXT, 12, 20, folded=True),
    Column(Text("확실도", "Certainty"), Look.LONG, 12, 22, folded=True),
    Column(captions.RULE, Look.TEXT, 8, 15, folded=True),
    Column(captions.SOURCE, Look.LONG, 14, 40, folded=True),
)
_PAYER_COLUMNS: Final = (
    Column(Text("부담하는 쪽", "Payer"), Look.WORDS, 18, 18),
    Column(Text("줄 수", "Lines"), Look.COUNT, 10, 14),
    _SHIPPING,
    _LATE_REFUND,
    Column(Text("금액 모름", "Amount unknown"), Look.COUNT, 13, 13),
    Column(captions.SUPPORT, Look.WON, 14, 16),
)
_BALANCE: Final = (
    Column(Text("비용부담 합계 확인", "Balance of costs"), Look.WORDS, 18, 18),
    Column(Text("부담별 합계", "Sum of the payers"), Look.WON, 12, 20),
    Column(Text("장부 합계", "Sum of the ledger"), Look.WON, 14, 18),
    Column(Text("차이", "Difference"), Look.WON, 10, 14),
)
_AMOUNTS: Final = {
    Leg.OUTBOUND: (Out.FEE_OUTBOUND, Out.REMOTE_OUTBOUND),
    Leg.RETURN: (Out.FEE_RETURN, Out.REMOTE_RETURN),
}
_MONEY: Final = (
    *chain.from_iterable(_AMOUNTS.values()),
    Out.FEE_AMOUNT,
    Out.SUPPORT,
    Out.DELAY_DAYS,
    Out.DELAY_WON,
    Col.TOTAL_AMOUNT,
)
_REMOTE: Final = {
    Leg.OUTBOUND: Text("제주/도서 추가 (보낼 때)", "remote area, outbound"),
    Leg.RETURN: Text("제주/도서 추가 (반품 때)", "remote area, return"),
}
_UNKNOWN: Final = Text(UNKNOWN, "unknown")
_NO_LEG: Final = Text("정해진 구간 없음", "no leg")
_INTEREST: Final = Text("환불 지연배상", "interest of a late refund")
_NOTE: Final = Text(
    "아래 표는 주문마다 구간 하나에 한 줄이고, 위의 숫자는 아래 표의 합계입니다. "
    "플랫폼 지원은 네이버가 대신 낼 수 있는 금액이며 어느 쪽의 합계에도 넣지 않습니다.",
    "The table below has one line for each claim and leg, and the figures above are its sums. "
    "〈플랫폼 지원〉 is paid by Naver, if at all: no sum of a payer holds it.",
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of the list of costs; `place`: the order's row in the part."""

    place: int
    leg: Text
    payer: Payer
    won: int | None
    basis: Text
    rule: str
    cited: tuple[str, ...]
    support: int | None = None


def cost_sheet(part: Part) -> Sheet:
    here = _with_costs(part)
    if not here.situations:
        nothing = Text("누군가 배송비를 부담해야 하는 주문이 없습니다.", "There is no claim with shipping to be paid.")
        return Sheet(COSTS, (Line(nothing, Tone.TITLE),))
    return Sheet(COSTS, tuple(_blocks(here)))


def cost_check(part: Part) -> Iterator[Table]:
    """The table that compares the sum over all payers with the sum of the list of costs; none on a day without costs."""
    here = _with_costs(part)
    if here.situations:
        yield table_by_row("costs_balance", _BALANCE, [_balance(_sum(_entries(here)))])


def _with_costs(part: Part) -> Part:
    """The orders of which somebody bears shipping, or whose refund is late."""
    bears = [totals.bears_something(verdict.fee) for verdict in part.report.verdicts]
    late = (part.rows[Out.DELAY_DAYS] > 0).fillna(value=False).tolist()
    return at(part, [place for place, number in enumerate(part.situations) if bears[number] or late[place]])


def _blocks(part: Part) -> Iterator[Block]:
    entries = list(_entries(part))
    orders = len(part.situations)
    won, unknown = _sum(entries), sum(entry.won is None for entry in entries)
    yield Line(
        Text(
            f"배송비를 따져야 하는 주문 {orders:,}건 · 아는 금액 합계 {won:,}원 · 금액을 모르는 줄 {unknown:,}개",
            f"{several(orders, 'claim')} with shipping to be paid · {won:,} won known · {several(unknown, 'amount')} not known",
        ),
        Tone.TITLE,
    )
    yield from unknown_fees(part)
    yield table_by_row(_BY_PAYER, _PAYER_COLUMNS, _by_payer(entries), _counted())
    yield Line(_NOTE)
    yield _ledger(entries, part)


def _counted() -> tuple[str, ...]:
    return tuple(column.name for column in _PAYER_COLUMNS[1:])


def _entries(part: Part) -> Iterator[_Entry]:
    columns = (plain(part.rows[name]) for name in (*_MONEY, Out.FEE_NOTE_KO, Out.FEE_NOTE_EN))
    for place, (*amounts, ko, en) in enumerate(zip(*columns, strict=True)):
        known = {name: won for name, won in zip(_MONEY, amounts, strict=True) if isinstance(won, int)}
        yield from _of_claim(part, place, known, Text(str(ko or ""), str(en or "")))


def _of_claim(part: Part, place: int, money: Mapping[str, int], note: Text) -> Iterator[_Entry]:
    """The entries of one claim. money: its known amounts (won) and days, by the name of the column."""
    fee = part.report.verdicts[part.situations[place]].fee

    def entry(leg: Text, won: int | None, *more: Text, support: int | None = None) -> _Entry:
        basis = Text.joined("\n", [fee.basis, *more])
        return _Entry(place, leg, fee.payer, won, basis, fee.rule, fee.sources, support)

    for leg in fee.legs if totals.bears_something(fee) else ():
        whole, remote = (money.get(column) for column in _AMOUNTS[leg])
        support = money.get(Out.SUPPORT) if leg is Leg.RETURN else None
        own = None if whole is None else whole - (remote or 0)
        yield entry(LEGS[leg], own, note, support=support or None)
        if whole is not None and remote:
            yield entry(_REMOTE[leg], remote)
    if totals.bears_something(fee) and not fee.legs:
        yield entry(_NO_LEG, money.get(Out.FEE_AMOUNT), note)
    if money.get(Out.DELAY_DAYS):
        yield _interest(part, place, money)


def _interest(part: Part, place: int, money: Mapping[str, int]) -> _Entry:
    rule, days, won = part.book.delay_interest, money[Out.DELAY_DAYS], money.get(Out.DELAY_WON)
    percent = rule.percent.on(part.report.as_of.date()) or 0
    paid = money.get(Col.TOTAL_AMOUNT)
    sum_ko, sum_en = ("상품 금액 모름", "an unknown sum") if paid is None else (f"{paid:,}원", f"{paid:,} won")
    basis = Text(
        f"환불이 {days}일 늦어 구매자에게 줄 돈입니다: {sum_ko} × 연 {percent} % × {days}일 ÷ 365 (전자상거래법 18조 2항)",
        f"owed to the buyer for a refund {several(days, 'day')} late: {sum_en} × {percent} % × {days} ÷ 365 (E-Commerce Act §18②)",
    )
    return _Entry(place, _INTEREST, Payer.SELLER, won, basis, "delay_interest", rule.sources)


def _by_payer(entries: list[_Entry]) -> Iterator[tuple[Value, ...]]:
    """The row of each payer; each sum has the formula that computes it from the list of costs."""
    interest = (_LEG.name, _INTEREST)
    for payer in (Payer.BUYER, Payer.SELLER, Payer.UNDECIDED):
        own = [entry for entry in entries if entry.payer is payer]
        if not own:
            continue
        his = (_PAYER.name, payer.text)
        late = [entry for entry in own if entry.leg == _INTEREST]
        unknown = sum(one.won is None for one in own)
        yield (
            payer.text,
            Tally(len(own), Term(_LEDGER, _PAYER.name, (his,), counts=True)),
            Tally(_sum(own) - _sum(late), Term(_LEDGER, _AMOUNT.name, (his,), but=(interest,))),
            Tally(_sum(late), Term(_LEDGER, _AMOUNT.name, (his, interest))),
            Tally(unknown, Term(_LEDGER, _AMOUNT.name, (his, (_AMOUNT.name, _UNKNOWN)), counts=True)),
            Tally(sum(one.support or 0 for one in own), Term(_LEDGER, captions.SUPPORT.ko, (his,))),
        )


def _balance(won: int) -> tuple[Value, ...]:
    """The row that compares the sum over all payers with the sum of the list; the difference must be 0."""
    borne = (Term(_BY_PAYER, _SHIPPING.name), Term(_BY_PAYER, _LATE_REFUND.name))
    return (
        Text("부담별 − 장부", "payers − ledger"),
        Tally(won, *borne),
        Tally(won, Term(_LEDGER, _AMOUNT.name)),
        Tally(0, *borne, Term(_LEDGER, _AMOUNT.name, minus=True)),
    )


def _sum(entries: Iterable[_Entry]) -> int:
    return sum(entry.won or 0 for entry in entries)


def _ledger(entries: list[_Entry], part: Part) -> Table:
    orders, bundles, products = (
        plain(part.rows[name]) for name in (Col.PRODUCT_ORDER_NO, Col.BUNDLE_NO, Col.PRODUCT_NAME)
    )
    policies = [value_of("배송비", verdict, part.book) for verdict in part.report.verdicts]
    cited = {entry.cited: entry for entry in entries}
    certain = {names: certainty(names, part.book) for names in cited}
    source = {names: sources(names, part.book) for names in cited}
    rows = (
        (
            orders[entry.place],
            products[entry.place],
            entry.leg,
            entry.payer.text,
            _UNKNOWN if entry.won is None else entry.won,
            entry.support,
            policies[part.situations[entry.place]],
            entry.basis,
            bundles[entry.place],
            certain[entry.cited],
            entry.rule,
            source[entry.cited],
        )
        for entry in entries
    )
    return table_by_row(_LEDGER, _COLUMNS, rows, (_AMOUNT.name, captions.SUPPORT.ko))
