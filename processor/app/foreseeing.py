"""What other rules would do to the list of the day, told before they are written.

Both lists are made as the list of the day always is, and compared by all that they say of an order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from processor.model import Action, Col, Out, Text, josa, several
from processor.outbox import Listing

_Order = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """Orders that would stand on another list. `orders`: number, product and option of each."""

    before: Action
    after: Action
    orders: tuple[_Order, ...]

    @property
    def text(self) -> Text:
        before, after, count = self.before.text, self.after.text, len(self.orders)
        to = josa(f"'{after.ko}'", "으로/로")
        return Text(
            f"오늘 목록에서 {count:,}건이 '{before.ko}' → {to} 바뀝니다.",
            f"On today's list {several(count, 'order')} would go from '{before.en}' to '{after.en}'.",
        )


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The difference of two lists. `told_otherwise`: orders that stay where they are, of which something else changes.

    `aspects`: what changes of those, each with the number of orders.
    """

    moved: tuple[Moved, ...]
    told_otherwise: tuple[_Order, ...]
    aspects: tuple[tuple[Text, int], ...]

    def lines(self) -> Iterator[Text]:
        yield from (each.text for each in self.moved)
        if self.told_otherwise:
            count, what = len(self.told_otherwise), Text.joined(" · ", [text for text, _ in self.aspects])
            yield Text(
                f"오늘 목록의 {count:,}건은 그 자리에 있지만 {josa(what.ko, '이/가')} 달라집니다.",
                f"{several(count, 'order')} of today's list would stay where they are, but otherwise: {what.en}.",
            )
        if not self.moved and not self.told_otherwise:
            yield _THE_SAME

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        return {
            "moved": [
                {
                    "before": each.before.value,
                    "before_name": each.before.text.said(lang),
                    "after": each.after.value,
                    "after_name": each.after.text.said(lang),
                    "orders": [*each.orders],
                }
                for each in self.moved
            ],
            "told_otherwise": [*self.told_otherwise],
            "aspects": [{"name": text.said(lang), "orders": count} for text, count in self.aspects],
            "lines": [line.said(lang) for line in self.lines()],
        }


def foreseen(before: Listing, after: Listing) -> Foreseen:
    """What changes from the one list of the day to the other."""
    old, new = _by_number(before), _by_number(after)
    moved: dict[tuple[Action, Action], list[_Order]] = {}
    otherwise: list[_Order] = []
    aspects = dict.fromkeys((*_ASPECTS.values(), _THE_REST), 0)
    for number in {**old, **new}:
        (was, then), (will, now) = (side.get(number, (Action.NONE, {})) for side in (old, new))
        shown = {key: (now or then)[key] for key in _SHOWN}
        if was is not will:
            moved.setdefault((was, will), []).append(shown)
        elif then != now:
            otherwise.append(shown)
            for aspect in {_ASPECTS.get(key, _THE_REST) for key in now if then[key] != now[key]}:
                aspects[aspect] += 1
    return Foreseen(
        tuple(Moved(*actions, tuple(orders)) for actions, orders in moved.items()),
        tuple(otherwise),
        tuple((text, count) for text, count in aspects.items() if count),
    )


def _by_number(listing: Listing) -> dict[str, tuple[Action, _Order]]:
    """All that a list says of each order on it, by 상품주문번호, and what its shipping costs whom."""
    report = listing.report
    rows = report.rows[[Col.PRODUCT_ORDER_NO, Out.SITUATION, Out.FEE_AMOUNT]].astype(object)
    fees = {
        number: (fee.payer, fee.legs, amount)
        for number, situation, amount in rows.where(rows.notna(), None).itertuples(index=False)
        for fee in [report.verdicts[situation].fee]
    }
    return {
        order["number"]: (Action(outcome["action"]), {**order, "fee": fees[order["number"]]})
        for outcome in listing.values("ko")["outcomes"]
        for group in outcome["groups"]
        for order in group["orders"]
    }


_SHOWN: Final = ("number", "product", "option")
_ASPECTS: Final = {
    "fee": Text("배송비", "shipping"),
    "message": Text("보낼 글", "message"),
    "act_by": Text("기한", "deadline"),
    "urgency": Text("기한", "deadline"),
    "points": Text("벌점", "points"),
    "answers": Text("답에 따라 갈 곳", "answers that lead elsewhere"),
}
_THE_REST: Final = Text("이유나 물어보는 것", "reasons or questions")
_THE_SAME: Final = Text("오늘 목록은 그대로입니다.", "Today's list stays as it is.")
