"""Fills the messages to buyers with what is known of each order. A segment whose value is not known is left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

import pandas as pd

from processor.model import Action, Col, Leg, Out, Payer, Verdict, josa, one_line
from processor.outbox.part import Rows, days
from processor.outbox.sheet import Value
from processor.rulebook.drafts import PRODUCT, VARIABLES, Slot, Template
from processor.rulebook.types import Messages

Known = Mapping[str, str]
"""The known values of one order: variable → text."""


def fill(
    rows: Rows | pd.DataFrame, situations: Sequence[int], verdicts: Sequence[Verdict], messages: Messages, lang: str
) -> list[str | None]:
    """The message of each row, None where its verdict has none. It fits the length limit of its screen."""
    texts_of = cache(lambda variable: VALUES[variable].of(rows))
    forms = {situation: _form(verdicts[situation], messages, lang, texts_of) for situation in set(situations)}
    return [forms[situation].filled(place) for place, situation in enumerate(situations)]


@dataclass(frozen=True, slots=True)
class _Form:
    """The message of one situation: a template, and for each of its variables the texts of all orders.

    instead: the words for a variable that is not known.
    """

    template: Template | None = None
    limit: int | None = None
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    instead: Known = field(default_factory=dict)

    def filled(self, place: int) -> str | None:
        if self.template is None:
            return None
        known = {variable: text for variable, texts in self.texts.items() if (text := texts[place]).strip()}
        return written(self.template, {**self.instead, **known}, self.limit)


def _form(verdict: Verdict, messages: Messages, lang: str, texts_of: Callable[[str], Sequence[str]]) -> _Form:
    if verdict.message is None or verdict.message not in messages.drafts:
        return _Form()
    template = messages.draft(verdict.message, verdict.fee.says, lang)
    variables = {variable for segment in template for variable in segment.variables}
    return _Form(
        template,
        messages.limits.get(verdict.screen),
        {variable: texts_of(variable) for variable in variables if VALUES[variable].where(verdict)},
        {variable: text for variable, text in _unnamed(lang).items() if variable in variables},
    )


def _unnamed(lang: str) -> Known:
    return {variable: instead.said(lang) for variable, instead in VARIABLES.items() if instead is not None}


def one_for_all(drafts: Collection[Value], verdict: Verdict, messages: Messages, lang: str) -> Value:
    """The message for a screen that sends one text to several orders. drafts: what each alone would get; verdict: of one.

    Where they differ, it is one message without the values of single orders.
    """
    different = set(drafts)
    if len(different) == 1:
        return different.pop()
    return written(messages.draft(verdict.message or "", verdict.fee.says, lang), _unnamed(lang), None)


def written(template: Template, known: Known, limit: int | None) -> str:
    """One message. The product's name is shortened until the message fits `limit` characters.

    Optional segments are left out only where shortening is not enough (as with a very long name of a courier).
    """
    text = _substituted(template, known)
    if limit is None or len(text) <= limit:
        return text
    for kept in (template, tuple(segment for segment in template if not segment.optional)):
        for size in range(min(len(known.get(PRODUCT, "")), limit), -1, -1):
            text = _substituted(kept, {**known, PRODUCT: _shortened(known.get(PRODUCT, ""), size)})
            if len(text) <= limit:
                return text
    return text


def _shortened(name: str, size: int) -> str:
    return name if len(name) <= size else f"{name[:size].rstrip()}…"


def _substituted(template: Template, known: Known) -> str:
    """The template with its variables replaced in one pass, so that a product named `{금액}` keeps its name.

    Where a segment is left out, only one of the two spaces around it stays.
    """
    text, open_end = "", True
    for segment in template:
        if segment.optional and not all(variable in known for variable in segment.variables):
            continue
        for piece in segment.pieces:
            if isinstance(piece, Slot):
                text, open_end = text + _filled(piece, known), False
            else:
                text += piece.lstrip(" ") if open_end else piece
                open_end = text.endswith(" ") or not text
    return text.rstrip(" ") if open_end else text


def _filled(slot: Slot, known: Known) -> str:
    value = known[slot.variable]
    return josa(value, slot.particle) if slot.particle else value


class _Value(NamedTuple):
    """of: a variable's text for each row, "" where it is not known. where: the verdicts whose messages may name it."""

    of: Callable[[Rows | pd.DataFrame], list[str]]
    where: Callable[[Verdict], bool] = lambda _: True


def _text(name: str) -> _Value:
    return _Value(lambda rows: [one_line(text) for text in rows[name].fillna("")])


def _day(moments: pd.Series[pd.Timestamp]) -> list[str]:
    return [str(day) if day else "" for day in days(moments)]


def _number(values: pd.Series[int]) -> list[str]:
    return values.map(lambda number: f"{number:,}", na_action="ignore").astype("str").fillna("").tolist()


def _refund(rows: Rows | pd.DataFrame) -> list[str]:
    """The refund: all that was paid. Known only where no shipping was paid, for other lines may share a fee."""
    free = (rows[Col.SHIPPING_FEE] == 0) & (rows[Col.REMOTE_FEE].fillna(0) == 0)
    return _number(rows[Col.TOTAL_AMOUNT].where(free.fillna(False)))


def _fee(*how_many_legs: int) -> _Value:
    """What the buyer pays, for verdicts with that number of legs.

    A bundle is charged once, so its further lines have no amount.
    """
    return _Value(
        lambda rows: _number(rows[Out.FEE_AMOUNT].mask(rows[Out.FEE_SHARED])),
        lambda verdict: verdict.fee.payer is Payer.BUYER and len(set(verdict.fee.legs)) in how_many_legs,
    )


def _over(verdict: Verdict) -> bool:
    """Whether the dispatch deadline has passed."""
    left = verdict.facts.get("발송기한")
    return isinstance(left, int) and left < 0


VALUES: Final[Mapping[str, _Value]] = {
    "상품": _text(Col.PRODUCT_NAME),
    "수량": _Value(lambda rows: _number(rows[Col.QUANTITY])),
    "주문번호": _text(Col.ORDER_NO),
    "금액": _Value(_refund, lambda verdict: verdict.fee.payer in (Payer.NONE, Payer.SELLER)),
    "편도": _fee(1),
    "왕복": _fee(len(Leg)),
    "편도/왕복": _fee(1, len(Leg)),
    "기한": _Value(  # only the dispatch deadline that holds anyway: any other day would be a new promise
        lambda rows: _day(rows[Out.ACT_BY]), lambda verdict: verdict.action is Action.SHIP and not _over(verdict)
    ),
    "택배사": _text(Col.COURIER),
    "송장": _text(Col.TRACKING_NO),
    "일자": _Value(lambda rows: _day(rows[Col.DISPATCHED_AT])),
    "기준": _Value(lambda rows: _number(rows[Out.FREE_OVER])),
    "처음배송비": _Value(
        lambda rows: _number(rows[Out.FEE_REFUND]), lambda verdict: verdict.fee.payer in (Payer.NONE, Payer.SELLER)
    ),
}
"""The text of each variable of `rulebook.drafts`. Direct-delivery costs are entered by the seller."""
