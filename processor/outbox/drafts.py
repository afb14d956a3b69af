"""The message to the buyer, filled with what is known of the order. What is not known is not spoken of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from processor.model import Action, Col, Leg, Out, Payer, Verdict, josa
from processor.rulebook.drafts import PRODUCT, VARIABLES, Slot, Template
from processor.rulebook.types import Messages

Known = Mapping[str, str]
"""What one order tells: variable → text, only those that are known."""
Telling = Callable[[pd.DataFrame, Verdict], "pd.Series[str] | None"]


def fill(
    rows: pd.DataFrame, situations: Sequence[int], verdicts: Sequence[Verdict], messages: Messages, lang: str
) -> list[str | None]:
    """One draft a row, or none where its verdict has none; never longer than the screen it is typed into takes."""
    told = rows[list(_TOLD_BY)]  # a few columns are cut into situations in a quarter of the time that all take
    filled: list[str | None] = [None] * len(situations)
    places: dict[int, list[int]] = {}
    for place, situation in enumerate(situations):
        places.setdefault(situation, []).append(place)
    for situation, here in places.items():
        verdict = verdicts[situation]
        if verdict.message is not None and verdict.message in messages.drafts:
            template = messages.drafts[verdict.message].said(lang)
            limit = messages.limits.get(verdict.screen)
            for place, known in zip(here, _known(template, told.iloc[here], verdict, lang), strict=True):
                filled[place] = written(template, known, limit)
    return filled


def shared(
    drafts: Sequence[str | None],
    blocks: Sequence[str],
    situations: Sequence[int],
    verdicts: Sequence[Verdict],
    messages: Messages,
    lang: str,
) -> list[str | None]:
    """The same for a screen that sends one text to all orders of a block: where these differ, it speaks of no single one."""
    names = [verdicts[situation].message or "" for situation in situations]
    together = list(zip(blocks, names, strict=True))
    said: dict[tuple[str, str], set[str | None]] = {}
    for block, draft in zip(together, drafts, strict=True):
        said.setdefault(block, set()).add(draft)
    unnamed = {variable: instead.said(lang) for variable, instead in VARIABLES.items() if instead is not None}
    for_all = {
        block: written(messages.drafts[block[1]].said(lang), unnamed, None)
        for block, different in said.items()
        if len(different) > 1
    }
    return [for_all.get(block, draft) for block, draft in zip(together, drafts, strict=True)]


def _known(template: Template, rows: pd.DataFrame, verdict: Verdict, lang: str) -> Iterator[Known]:
    variables = dict.fromkeys(variable for segment in template for variable in segment.variables)
    columns = [_column(variable, rows, verdict, lang) for variable in variables]
    for values in zip(*columns, strict=True) if columns else [()] * len(rows):
        yield {variable: value for variable, value in zip(variables, values, strict=True) if value.strip()}


def _column(variable: str, rows: pd.DataFrame, verdict: Verdict, lang: str) -> list[str]:
    told, instead = VALUES[variable](rows, verdict), VARIABLES[variable]
    values: list[str] = [""] * len(rows) if told is None else told.fillna("").tolist()
    return values if instead is None else [value if value.strip() else instead.said(lang) for value in values]


def written(template: Template, known: Known, limit: int | None) -> str:
    """One message: the product's name is shortened until it fits; only an endless courier's name costs segments too."""
    text = _said(template, known)
    if limit is None or len(text) <= limit:
        return text
    for kept in (template, tuple(segment for segment in template if not segment.optional)):
        for size in range(min(len(known.get(PRODUCT, "")), limit), -1, -1):
            text = _said(kept, {**known, PRODUCT: _shortened(known.get(PRODUCT, ""), size)})
            if len(text) <= limit:
                return text
    return text


def _shortened(name: str, size: int) -> str:
    return name if len(name) <= size else f"{name[:size].rstrip()}…"


def _said(template: Template, known: Known) -> str:
    """Filled in one pass, so that a product called `{금액}` stays just that. Two spaces do not meet where a segment goes."""
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


def _day(moments: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    said: pd.Series[str] = moments.dt.strftime("%Y-%m-%d")
    return said


def _number(values: pd.Series[int]) -> pd.Series[str]:
    return values.map(lambda number: f"{number:,}", na_action="ignore").astype("str")


def _day_to_ship(rows: pd.DataFrame, verdict: Verdict) -> pd.Series[str] | None:
    """To send it by then is due anyway; any other date would be a new promise."""
    return _day(rows[Out.ACT_BY]) if verdict.action is Action.SHIP else None


def _refund(rows: pd.DataFrame, verdict: Verdict) -> pd.Series[str] | None:
    """All that was paid: certain only where no shipping was paid, for a fee may be shared with other lines."""
    if verdict.fee.payer not in (Payer.NONE, Payer.SELLER):
        return None
    free = (rows[Col.SHIPPING_FEE] == 0) & (rows[Col.REMOTE_FEE].fillna(0) == 0)
    return _number(rows[Col.TOTAL_AMOUNT].where(free.fillna(False)))


def _fee(*how_many_legs: int) -> Telling:
    """What the buyer pays, where it is for so many legs; on a further line of a bundle the first one tells it."""

    def told(rows: pd.DataFrame, verdict: Verdict) -> pd.Series[str] | None:
        fee = verdict.fee
        asked = fee.payer is Payer.BUYER and len(set(fee.legs)) in how_many_legs
        return _number(rows[Out.FEE_AMOUNT].mask(rows[Out.FEE_SHARED])) if asked else None

    return told


VALUES: Final[Mapping[str, Telling]] = {
    "상품": lambda rows, _: rows[Col.PRODUCT_NAME].astype("str"),
    "수량": lambda rows, _: _number(rows[Col.QUANTITY]),
    "주문번호": lambda rows, _: rows[Col.ORDER_NO].astype("str"),
    "금액": _refund,
    "편도": _fee(1),
    "왕복": _fee(len(Leg)),
    "편도/왕복": _fee(1, len(Leg)),
    "기한": _day_to_ship,
    "택배사": lambda rows, _: rows[Col.COURIER].astype("str"),
    "송장": lambda rows, _: rows[Col.TRACKING_NO].astype("str"),
    "일자": lambda rows, _: _day(rows[Col.DISPATCHED_AT]),
    "기준": lambda rows, _: _number(rows[Out.FREE_OVER]),
}
"""How each variable of `rulebook.drafts` is told. What a truck really cost is the seller's to say."""
_TOLD_BY: Final = (
    Col.PRODUCT_NAME,
    Col.QUANTITY,
    Col.ORDER_NO,
    Col.SHIPPING_FEE,
    Col.REMOTE_FEE,
    Col.TOTAL_AMOUNT,
    Out.FEE_AMOUNT,
    Out.FEE_SHARED,
    Out.ACT_BY,
    Col.COURIER,
    Col.TRACKING_NO,
    Col.DISPATCHED_AT,
    Out.FREE_OVER,
)
"""The columns that these are told by."""
