"""비용부담: who pays which shipping of each claim, on what ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from processor.model import Col, Leg, Out, Text
from processor.outbox import totals
from processor.outbox.english import several
from processor.outbox.part import Part, held, plain, some
from processor.outbox.sheet import Block, Column, Line, Look, Sheet, Table, Tone, Value, table_by_row, table_of
from processor.outbox.told import AMOUNT_UNKNOWN, LEGS, sources

NAME: Final = "비용부담"
_BY_PAYER: Final = (
    Column("부담하는 쪽", Look.TEXT, 18, 18),
    Column("건수", Look.COUNT, 10, 10),
    Column("아는 금액", Look.WON, 18, 30),
    Column("금액 모름", Look.COUNT, 12, 14),
)
_AMOUNTS: Final = {Leg.OUTBOUND: Out.FEE_OUTBOUND, Leg.RETURN: Out.FEE_RETURN}


def cost_sheet(part: Part) -> Sheet:
    here = some(part, [totals.bears_something(verdict.fee) for verdict in part.report.verdicts])
    if not here.situations:
        said = Text("누군가 배송비를 부담해야 하는 주문이 없습니다.", "There is no claim with shipping to be paid.")
        return Sheet(NAME, (Line(said.said(part.lang), Tone.TITLE),))
    return Sheet(NAME, tuple(_blocks(here)))


def _blocks(part: Part) -> Iterator[Block]:
    borne = totals.fees(part.report)
    won = sum(total.won for total in borne.values())
    unknown = sum(total.unknown for total in borne.values())
    yield Line(
        Text(
            f"배송비를 따져야 하는 주문 {len(part.situations):,}건 · 아는 금액 합계 {won:,}원 · 금액을 확인해야 하는 주문 {unknown:,}건",
            f"{several(len(part.situations), 'claim')} with shipping to be paid · {won:,} won known · {several(unknown, 'amount')} to be checked",
        ).said(part.lang),
        Tone.TITLE,
    )
    rows = ((payer.text.said(part.lang), total.claims, total.won, total.unknown) for payer, total in borne.items())
    yield table_by_row("costs_by_payer", _BY_PAYER, rows, ("건수", "아는 금액", "금액 모름"))
    yield _table(part)


def _table(part: Part) -> Table:
    fees = [verdict.fee for verdict in part.report.verdicts]
    source = [sources(fee.sources, part.book, part.lang) for fee in fees]
    columns: tuple[tuple[Column, list[Value]], ...] = (
        (Column("상품주문번호", Look.ORDER, 18, 18), list(held(Col.PRODUCT_ORDER_NO)(part))),
        (Column("부담", Look.TEXT, 10, 10), [fees[number].payer.text.said(part.lang) for number in part.situations]),
        (Column("구간", Look.LONG, 18, 30), _legs(part)),
        (Column("금액", Look.WON, 12, 14), list(held(Out.FEE_AMOUNT)(part))),
        (Column("근거", Look.LONG, 24, 50), _basis(part)),
        (Column("규칙", Look.TEXT, 8, 12), [fees[number].rule for number in part.situations]),
        (Column("출처", Look.LONG, 14, 40), [source[number] for number in part.situations]),
    )
    return table_of("costs_by_order", columns, totals=("금액",))


def _legs(part: Part) -> list[Value]:
    """Each leg with its amount where that is known."""
    amounts = {leg: plain(part.rows[name]) for leg, name in _AMOUNTS.items()}
    fees = [verdict.fee for verdict in part.report.verdicts]
    return [
        " + ".join(_leg(leg, amounts[leg][row], part.lang) for leg in fees[number].legs)
        for row, number in enumerate(part.situations)
    ]


def _leg(leg: Leg, amount: Value, lang: str) -> str:
    name = LEGS[leg].said(lang)
    return name if amount is None else Text(f"{name} {amount:,}원", f"{name} {amount:,} won").said(lang)


def _basis(part: Part) -> list[Value]:
    basis = [verdict.fee.basis.said(part.lang) for verdict in part.report.verdicts]
    missing = part.rows[Out.FEE_AMOUNT].isna().tolist()
    notes = plain(part.rows[Out.FEE_NOTE_EN if part.lang == "en" else Out.FEE_NOTE_KO])
    unknown = AMOUNT_UNKNOWN.said(part.lang)
    return [
        "\n".join(str(said) for said in (basis[number], note, unknown if lost else None) if said)
        for number, note, lost in zip(part.situations, notes, missing, strict=True)
    ]
