"""The lines that say why an amount of shipping is not known, and which setting of rules.yaml or which file would tell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import Enum

from processor.model import Col, Leg, Out, Payer, Text, several
from processor.outbox import totals
from processor.outbox.part import Part, plain
from processor.outbox.sheet import Line, Tone
from processor.rulebook.types import FeeRow


class _Setting(Enum):
    """A setting of `store` in rules.yaml without which an amount is not known."""

    RETURN_FEE = Text("return_fee(반품 배송비 편도)", "return_fee (return shipping, one way)")
    OUTBOUND_FEE = Text(
        "outbound_fee(무료배송 상품의 처음 배송비 편도)", "outbound_fee (outbound shipping of goods that ship free)"
    )
    FREE_OVER = Text(
        "free_shipping_over(무료배송 기준 금액)", "free_shipping_over (the sum from which goods ship free)"
    )


class _Wait(Enum):
    """What an amount waits for that no setting tells."""

    DECISION = Text("조치나 책임이 정해져야 아는 것", "what to do, or whose fault it is, must be settled first")
    PROOF = Text(
        "실제로 든 비용처럼 근거 칸에 적힌 것을 확인해야 하는 것",
        "what the basis names must be known, such as the real cost",
    )
    FILE = Text(
        "처음 배송비가 어느 파일에도 없는 것(발주발송관리나 주문조회를 '배송비 합계' 항목을 켜고 받아 함께 넣어 주세요)",
        "no file tells the outbound fee (download 발주발송관리 or 주문조회 with its column 배송비 합계 and drop it in too)",
    )


_Lacking = tuple[_Setting, ...] | _Wait


def unknown_fees(part: Part) -> Iterator[Line]:
    """The lines about the orders of which somebody bears shipping of an unknown amount; none where all are known."""
    counts = Counter(_lacking(part))
    if not counts:
        return
    settings = {key: times for key, times in counts.items() if isinstance(key, tuple)}
    if settings:
        told = Text.joined(" · ", [_settled(names, times) for names, times in settings.items()])
        yield Line(
            Text(
                f"금액을 모르는 주문 {counts.total():,}건 가운데 {sum(settings.values()):,}건은 rules.yaml의 store에 원 단위로 적어 주시면 계산합니다: "
                f"{told.ko}. 상품마다 다르면 store.products에 적어 주세요.",
                f"Of {several(counts.total(), 'order')} with an unknown amount, {sum(settings.values()):,} can be computed once it "
                f"is written, in won, under store in rules.yaml: {told.en}. Where products differ, under store.products.",
            ),
            Tone.HEADING,
        )
    waits = [
        Text(f"{key.value.ko} {times:,}건", f"{key.value.en}: {several(times, 'order')}")
        for key, times in counts.items()
        if isinstance(key, _Wait)
    ]
    if waits:
        rest = Text.joined(" · ", waits)
        yield Line(Text(f"설정으로는 알 수 없는 금액: {rest.ko}", f"Amounts that no setting tells: {rest.en}"))


def _settled(names: tuple[_Setting, ...], times: int) -> Text:
    """The settings that are needed together, and how many orders then have an amount."""
    together = Text("를 함께 적으면", " together") if len(names) > 1 else Text("를 적으면", "")
    named = Text(" + ".join(name.value.ko for name in names), " and ".join(name.value.en for name in names))
    return Text(f"{named.ko}{together.ko} {times:,}건", f"{named.en}{together.en}: {several(times, 'order')}")


def _lacking(part: Part) -> Iterator[_Lacking]:
    """What is lacking for each order with an unknown amount."""
    rows = {row.id: row for row in part.book.fees.rows}
    columns = (Out.FEE_AMOUNT, Out.FEE_OUTBOUND, Out.FEE_RETURN, Out.FREE_OVER, Col.PRODUCT_NO)
    cells = zip(part.situations, *(plain(part.rows[name]) for name in columns), strict=True)
    for situation, amount, outbound, back, free_over, product in cells:
        verdict = part.report.verdicts[situation]
        fee, row = verdict.fee, rows.get(verdict.fee.rule)
        if amount is not None or not totals.bears_something(fee):
            continue
        if fee.payer is Payer.UNDECIDED:
            if row is not None and _needs_minimum(row) and free_over is None:
                told = _outbound_fee(part, str(product or "")) is not None
                yield (_Setting.FREE_OVER,) if told else (_Setting.FREE_OVER, _Setting.OUTBOUND_FEE)
            else:
                yield _Wait.DECISION
        elif row is not None and row.open_amount:
            yield _Wait.PROOF
        elif Leg.OUTBOUND in fee.legs and outbound is None and verdict.facts.get("처음배송비") != "무료":
            yield _Wait.FILE
        else:
            of_legs = ((Leg.RETURN, back, _Setting.RETURN_FEE), (Leg.OUTBOUND, outbound, _Setting.OUTBOUND_FEE))
            names = tuple(setting for leg, won, setting in of_legs if leg in fee.legs and won is None)
            yield names or _Wait.DECISION


def _needs_minimum(row: FeeRow) -> bool:
    """Whether the row fits only while it is not known if the rest of the bundle reaches the free-shipping minimum."""
    cell = row.when.get("무료기준")
    return cell is not None and not any(cell.fits(known) for known in ("이상", "미만"))


def _outbound_fee(part: Part, product_no: str) -> int | None:
    """What outbound shipping of this product costs by the settings, in won: the product's own, else the store's."""
    store = part.book.store
    own = store.products.get(product_no)
    return store.outbound_fee if own is None or own.outbound_fee is None else own.outbound_fee
