"""Brings back orders that only files of earlier days show, where they matter today."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

import pandas as pd

from processor.model import Batch, Col, InputSheet, Past, PastOrder, Place, Text, sold_out
from processor.model.matching import named, space_free_words, texts
from processor.rulebook.types import Rulebook

MEMORY: Final = "지난 실행의 기억"
"""The name of the ledger as an input, in the sheet that accounts for the rows of all inputs."""


def then(claims: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    """For each order of today its record (PastOrder) of the last run that knew it; all values missing if none did."""
    return orders.reindex(claims[Col.PRODUCT_ORDER_NO]).set_index(claims.index)


def with_the_past(claims: pd.DataFrame, past: Past) -> pd.DataFrame:
    """The claims with what is remembered of them: a dispatched order stays dispatched, even if its files are forgotten.

    An export that is older than the record of a closed order contradicts it: the order's trouble is then "conflict".
    """
    if past.orders.empty:
        return claims
    before = then(claims, past.orders)
    over, old = before[PastOrder.OPEN].eq(other=False), claims[Col.SEEN_AT] < before[PastOrder.SEEN_AT]
    trouble = claims[Col.TROUBLE].mask(old & over & claims[Col.TROUBLE].eq(""), "conflict")
    sent = claims[Col.DISPATCH_SEEN] | before[PastOrder.DISPATCHED].eq(other=True)
    return claims.assign(**{Col.TROUBLE: trouble, Col.DISPATCH_SEEN: sent})


def companions(earlier: pd.DataFrame, batch: Batch, book: Rulebook) -> pd.Series[bool]:
    """Which earlier orders today's decisions need: other lines of orders that only an answer names, and all add-ons."""
    if earlier.empty:
        return pd.Series(dtype="bool", index=earlier.index)
    claims = batch.claims
    bare = claims[~claims[Col.SHOWN]]
    order, bundle = earlier[Col.ORDER_NO].fillna(""), earlier[Col.BUNDLE_NO].fillna("")
    kind = named(texts(earlier[Col.PRODUCT_KIND]), space_free_words(book.exports.hints[Col.PRODUCT_KIND]))
    beside = order.ne("") & order.isin(bare[Col.ORDER_NO]) | bundle.ne("") & bundle.isin(bare[Col.BUNDLE_NO])
    addons: pd.Series[bool] = order.ne("") & order.isin(claims[Col.ORDER_NO]) & (kind == "추가상품")
    return beside | addons


def of_sold_out_goods(earlier: pd.DataFrame, batch: Batch) -> pd.Series[bool]:
    """Which earlier orders are of goods on today's sold-out list."""
    return sold_out.listed(replace(batch, claims=earlier))


def brought_back(batch: Batch, orders: pd.DataFrame, earlier: str = "") -> Batch:
    """The batch with these orders added; they are counted as rows of the input `MEMORY`."""
    if orders.empty:
        return batch
    source = pd.Series([(Place(MEMORY),)] * len(orders), index=orders.index, dtype="object")
    notes = [last_seen(at) for at in orders[Col.SEEN_AT]]
    more: dict[str, pd.Series | str] = {
        Col.SOURCE: source,
        Col.EARLIER: earlier,
        Col.NOTE_KO: pd.Series([note.ko for note in notes], index=orders.index, dtype="str"),
        Col.NOTE_EN: pd.Series([note.en for note in notes], index=orders.index, dtype="str"),
    }
    claims = pd.concat([batch.claims, orders.assign(**more)], ignore_index=True).astype(batch.claims.dtypes)
    before = [sheet for sheet in batch.sheets if sheet.file == MEMORY]
    count = sum(sheet.read for sheet in before) + len(orders)
    sheets = (
        *(sheet for sheet in batch.sheets if sheet not in before),
        InputSheet(MEMORY, "", kind=None, read=count),
    )
    return replace(batch, claims=claims, sheets=sheets)


def last_seen(at: datetime) -> Text:
    if pd.isna(at):
        return Text("", "")
    return Text(
        f"주문 상태는 {at:%m-%d %H:%M}에 받은 파일을 따랐습니다.", f"The order's state is that of {at:%m-%d %H:%M}."
    )
