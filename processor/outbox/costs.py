"""비용부담: the ledger of shipping and interest, a line per claim and leg, and what each side bears by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from processor.model import Col, Leg, Out, Payer, Text
from processor.outbox import totals
from processor.outbox.english import several
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
from processor.outbox.told import AMOUNT_UNKNOWN, LEGS, certainty, sources

NAME: Final = "비용부담"
_LEDGER: Final = "costs_ledger"
_BY_PAYER: Final = "costs_by_payer"
_COLUMNS: Final = (
    Column("상품주문번호", Look.ORDER, 18, 18),
    Column("묶음번호", Look.TEXT, 12, 20),
    Column("상품명", Look.LONG, 16, 28),
    Column("구간", Look.LONG, 16, 24),
    Column("부담", Look.TEXT, 13, 13),
    Column("금액", Look.WON, 14, 16),
    Column("플랫폼 지원", Look.WON, 15, 16),
    Column("배송비 유형", Look.TEXT, 14, 14),
    Column("근거", Look.LONG, 24, 50),
    Column("확실도", Look.LONG, 12, 22),
    Column("규칙", Look.TEXT, 8, 15),
    Column("출처", Look.LONG, 14, 40),
)
_PAYER_COLUMNS: Final = (
    Column("부담하는 쪽", Look.TEXT, 18, 18),
    Column("줄 수", Look.COUNT, 10, 14),
    Column("배송비", Look.WON, 14, 18),
    Column("환불 지연배상", Look.WON, 18, 18),
    Column("금액 모름", Look.COUNT, 13, 13),
    Column("플랫폼 지원", Look.WON, 14, 16),
)
_BALANCE: Final = (
    Column("맞추기", Look.TEXT, 18, 18),
    Column("부담별 합계", Look.WON, 12, 20),
    Column("장부 합계", Look.WON, 14, 18),
    Column("차이", Look.WON, 10, 14),
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
_NO_LEG: Final = Text("정해진 구간 없음", "no leg")
_INTEREST: Final = Text("환불 지연배상", "interest of a late refund")
_NOTE: Final = Text(
    "주문마다 구간 하나에 한 줄입니다. 위의 숫자는 아래 장부에서 수식으로 셈하므로 장부를 정렬해도 그대로입니다. "
    "플랫폼 지원은 네이버가 대신 낼 수 있는 금액이며 어느 쪽의 합계에도 넣지 않습니다.",
    "One line for each claim and leg. The figures above are formulas over the ledger, so sorting it changes nothing. "
    "〈플랫폼 지원〉 is paid by Naver, if at all: no sum of a payer holds it.",
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the ledger; `place`: its row in the part."""

    place: int
    leg: str
    payer: Payer
    won: int | None
    basis: str
    rule: str
    cited: tuple[str, ...]
    support: int | None = None


def cost_sheet(part: Part) -> Sheet:
    bears = [totals.bears_something(verdict.fee) for verdict in part.report.verdicts]
    late = (part.rows[Out.DELAY_DAYS] > 0).fillna(value=False).tolist()
    here = at(part, [place for place, number in enumerate(part.situations) if bears[number] or late[place]])
    if not here.situations:
        said = Text("누군가 배송비를 부담해야 하는 주문이 없습니다.", "There is no claim with shipping to be paid.")
        return Sheet(NAME, (Line(said.said(part.lang), Tone.TITLE),))
    return Sheet(NAME, tuple(_blocks(here)))


def _blocks(part: Part) -> Iterator[Block]:
    entries = list(_entries(part))
    orders = len(part.situations)
    won, unknown = _sum(entries), sum(entry.won is None for entry in entries)
    yield Line(
        Text(
            f"배송비를 따져야 하는 주문 {orders:,}건 · 아는 금액 합계 {won:,}원 · 금액을 확인해야 하는 줄 {unknown:,}개",
            f"{several(orders, 'claim')} with shipping to be paid · {won:,} won known · {several(unknown, 'amount')} to be checked",
        ).said(part.lang),
        Tone.TITLE,
    )
    yield table_by_row(_BY_PAYER, _PAYER_COLUMNS, _by_payer(entries, part.lang), _counted())
    yield table_by_row("costs_balance", _BALANCE, [_balance(won, part.lang)])
    yield Line(_NOTE.said(part.lang))
    yield _ledger(entries, part)


def _counted() -> tuple[str, ...]:
    return tuple(column.header for column in _PAYER_COLUMNS[1:])


def _entries(part: Part) -> Iterator[_Entry]:
    rows = part.rows[[*_MONEY, Out.FEE_NOTE_EN if part.lang == "en" else Out.FEE_NOTE_KO]]
    columns = (plain(rows[name]) for name in rows)
    for place, (*amounts, note) in enumerate(zip(*columns, strict=True)):
        known = {name: won for name, won in zip(_MONEY, amounts, strict=True) if isinstance(won, int)}
        yield from _of_claim(part, place, known, str(note or ""))


def _of_claim(part: Part, place: int, money: Mapping[str, int], note: str) -> Iterator[_Entry]:
    """`money`: what is known of it, by the columns' names."""
    fee, lang = part.report.verdicts[part.situations[place]].fee, part.lang

    def entry(leg: str, won: int | None, *more: str, support: int | None = None) -> _Entry:
        unknown = AMOUNT_UNKNOWN.said(lang) if won is None else ""
        basis = "\n".join(said for said in (fee.basis.said(lang), *more, unknown) if said)
        return _Entry(place, leg, fee.payer, won, basis, fee.rule, fee.sources, support)

    for leg in fee.legs if totals.bears_something(fee) else ():
        whole, remote = (money.get(column) for column in _AMOUNTS[leg])
        support = money.get(Out.SUPPORT) if leg is Leg.RETURN else None
        own = None if whole is None else whole - (remote or 0)
        yield entry(LEGS[leg].said(lang), own, note, support=support or None)
        if whole is not None and remote:
            yield entry(_REMOTE[leg].said(lang), remote)
    if totals.bears_something(fee) and not fee.legs:
        yield entry(_NO_LEG.said(lang), money.get(Out.FEE_AMOUNT), note)
    if money.get(Out.DELAY_DAYS):
        yield _interest(part, place, money)


def _interest(part: Part, place: int, money: Mapping[str, int]) -> _Entry:
    rule, days, won = part.book.delay_interest, money[Out.DELAY_DAYS], money.get(Out.DELAY_WON)
    percent = rule.percent.on(part.report.as_of.date()) or 0
    paid = money.get(Col.TOTAL_AMOUNT)
    sum_ko, sum_en = ("상품 금액 모름", "an unknown sum") if paid is None else (f"{paid:,}원", f"{paid:,} won")
    said = Text(
        f"환불이 {days}일 늦어 구매자에게 줄 돈입니다: {sum_ko} × 연 {percent} % × {days}일 ÷ 365 (전자상거래법 18조 2항)",
        f"owed to the buyer for a refund {several(days, 'day')} late: {sum_en} × {percent} % × {days} ÷ 365 (E-Commerce Act §18②)",
    ).said(part.lang)
    basis = said if won is not None else f"{said}\n{AMOUNT_UNKNOWN.said(part.lang)}"
    return _Entry(place, _INTEREST.said(part.lang), Payer.SELLER, won, basis, "delay_interest", rule.sources)


def _by_payer(entries: list[_Entry], lang: str) -> Iterator[tuple[Value, ...]]:
    """Each figure with the formula by which it is taken from the ledger."""
    interest = _INTEREST.said(lang)
    for payer in (Payer.BUYER, Payer.SELLER, Payer.UNDECIDED):
        own = [entry for entry in entries if entry.payer is payer]
        if not own:
            continue
        name = payer.text.said(lang)
        his = ("부담", name)
        late = [entry for entry in own if entry.leg == interest]
        yield (
            name,
            Tally(len(own), Term(_LEDGER, "부담", (his,), counts=True)),
            Tally(_sum(own) - _sum(late), Term(_LEDGER, "금액", (his, ("구간", f"<>{interest}")))),
            Tally(_sum(late), Term(_LEDGER, "금액", (his, ("구간", interest)))),
            Tally(sum(one.won is None for one in own), Term(_LEDGER, "금액", (his, ("금액", "=")), counts=True)),
            Tally(sum(one.support or 0 for one in own), Term(_LEDGER, "플랫폼 지원", (his,))),
        )


def _balance(won: int, lang: str) -> tuple[Value, ...]:
    """What the payers bear is what the ledger holds: nothing is lost, and nothing counted twice."""
    borne = (Term(_BY_PAYER, "배송비"), Term(_BY_PAYER, "환불 지연배상"))
    return (
        Text("부담별 − 장부", "payers − ledger").said(lang),
        Tally(won, *borne),
        Tally(won, Term(_LEDGER, "금액")),
        Tally(0, *borne, Term(_LEDGER, "금액", minus=True)),
    )


def _sum(entries: list[_Entry]) -> int:
    return sum(entry.won or 0 for entry in entries)


def _ledger(entries: list[_Entry], part: Part) -> Table:
    orders, bundles, products = (
        plain(part.rows[name]) for name in (Col.PRODUCT_ORDER_NO, Col.BUNDLE_NO, Col.PRODUCT_NAME)
    )
    policies = [str(verdict.facts.get("배송비", "")) for verdict in part.report.verdicts]
    cited = {entry.cited: entry for entry in entries}
    certain = {names: certainty(names, part.book, part.lang) for names in cited}
    source = {names: sources(names, part.book, part.lang) for names in cited}
    rows = (
        (
            orders[entry.place],
            bundles[entry.place],
            products[entry.place],
            entry.leg,
            entry.payer.text.said(part.lang),
            entry.won,
            entry.support,
            policies[part.situations[entry.place]],
            entry.basis,
            certain[entry.cited],
            entry.rule,
            source[entry.cited],
        )
        for entry in entries
    )
    return table_by_row(_LEDGER, _COLUMNS, rows, ("금액", "플랫폼 지원"))
