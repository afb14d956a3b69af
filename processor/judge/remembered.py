"""Orders as they were last seen, for those that no export of today shows but that matter today."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Final

import pandas as pd

from processor.judge import soldout
from processor.model import ANSWER_COLUMNS, DATE_COLUMNS, Batch, Col, Kept, Past, Place, SheetCount, Text

MEMORY: Final = "지난 실행의 기억"
"""How the account of the inputs calls the ledger."""
_ADDON: Final = '"추가구성상품"'


def then(claims: pd.DataFrame, past: Past) -> pd.DataFrame:
    """Beside each order of today the record of its last time; all missing where there is none."""
    return past.orders.reindex(claims[Col.PRODUCT_ORDER_NO]).set_index(claims.index)


def completed(batch: Batch, past: Past, as_of: datetime) -> Batch:
    """Orders of which only the seller spoke, or an export older than what we know, stand as they were last seen.

    What has left stays gone; and an old export that shows a closed order again contradicts what we know.
    """
    claims = batch.claims
    before = then(claims, past)
    is_open = before[Kept.OPEN].eq(other=True)
    old = claims[Col.SEEN_AT] < before[Kept.SEEN_AT]
    trouble = claims[Col.TROUBLE].mask(old & ~is_open & claims[Col.TROUBLE].eq(""), "conflict")
    sent = claims[Col.DISPATCH_SEEN] | before[Kept.DISPATCHED].eq(other=True)
    claims = claims.assign(**{Col.TROUBLE: trouble, Col.DISPATCH_SEEN: sent})
    bare = is_open & (claims[Col.SEEN_AT].isna() | old)
    if not bare.any():
        return replace(batch, claims=claims)
    states = _states(past.orders.loc[claims.loc[bare, Col.PRODUCT_ORDER_NO]], claims, as_of)
    states = states.set_index(claims.index[bare])
    states = states.assign(**{role: claims.loc[bare, role] for role in (Col.SOURCE, Col.TROUBLE, *ANSWER_COLUMNS)})
    return replace(batch, claims=pd.concat([claims[~bare], states]).sort_index().astype(claims.dtypes))


def companions(missing: pd.DataFrame, batch: Batch) -> list[str]:
    """Other lines of an order that only the seller spoke of today, and add-ons of any: decisions hang on them."""
    claims = batch.claims
    bare = claims[claims[Col.SEEN_AT].isna()]
    order, bundle = missing[Kept.ORDER_NO], missing[Kept.BUNDLE_NO]
    beside = order.ne("") & order.isin(bare[Col.ORDER_NO]) | bundle.ne("") & bundle.isin(bare[Col.BUNDLE_NO])
    addons = order.ne("") & order.isin(claims[Col.ORDER_NO]) & missing[Kept.STATE].str.contains(_ADDON, regex=False)
    return missing.index[beside | addons].tolist()


def of_sold_out_goods(missing: pd.DataFrame, batch: Batch, as_of: datetime) -> pd.DataFrame:
    """Those of the orders whose goods stand on the sold-out list of today."""
    numbers = [entry[key] for entry in batch.sold_out.to_dict("records") for key in soldout.NUMBERS if entry[key]]
    maybe = missing[[any(number in state for number in numbers) for state in missing[Kept.STATE]]]
    if maybe.empty:
        return maybe
    return maybe[soldout.listed(replace(batch, claims=_states(maybe, batch.claims, as_of))).to_numpy()]


def brought_back(batch: Batch, orders: pd.DataFrame, earlier: str, as_of: datetime) -> Batch:
    """The batch with these orders too; the account of the inputs says that they come from memory."""
    if orders.empty:
        return batch
    states = _states(orders, batch.claims, as_of)
    source = pd.Series([(Place(MEMORY),)] * len(orders), dtype="object")
    more: dict[str, pd.Series | str] = {Col.SOURCE: source, Col.EARLIER: earlier}
    states = states.assign(**more)
    claims = pd.concat([batch.claims, states], ignore_index=True).astype(batch.claims.dtypes)
    before = [sheet for sheet in batch.sheets if sheet.file == MEMORY]
    count = sum(sheet.read for sheet in before) + len(orders)
    sheets = (
        *(sheet for sheet in batch.sheets if sheet not in before),
        SheetCount(MEMORY, "", kind=None, read=count, decided=count),
    )
    return replace(batch, claims=claims, sheets=sheets)


def _states(orders: pd.DataFrame, like: pd.DataFrame, as_of: datetime) -> pd.DataFrame:
    """Remembered orders as rows of a claims table. A blank invoice of another day proves nothing about today."""
    told = pd.DataFrame([json.loads(state) for state in orders[Kept.STATE]]).reindex(columns=like.columns)
    today = orders[Kept.SEEN_AT].dt.normalize().eq(pd.Timestamp(as_of.date())).to_numpy()
    made = {
        Col.PRODUCT_ORDER_NO: orders.index,
        Col.INVOICE_SEEN: told[Col.INVOICE_SEEN].eq(other=True) & today,
        Col.DISPATCH_SEEN: told[Col.DISPATCH_SEEN].eq(other=True),
        Col.SEEN_AT: pd.NaT,
        Col.SEEN_IN: orders[Kept.SEEN_IN].tolist(),
        Col.NOTE_KO: [_last_seen(at).ko for at in orders[Kept.SEEN_AT]],
        Col.NOTE_EN: [_last_seen(at).en for at in orders[Kept.SEEN_AT]],
        Col.TROUBLE: "",
        Col.EARLIER: "",
        **{role: pd.to_datetime(told[role]) for role in DATE_COLUMNS},
    }
    return told.assign(**made).astype(like.dtypes)


def _last_seen(at: datetime) -> Text:
    if pd.isna(at):
        return Text("", "")
    return Text(
        f"주문의 상태는 {at:%m-%d %H:%M} 파일로 안 것입니다.", f"The order's state is that of {at:%m-%d %H:%M}."
    )
