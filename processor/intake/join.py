"""One row per 상품주문번호 out of all rows that speak of it.

Newer files win column by column, and at the same time the screen that owns the fact. A blank that was seen is a value;
a column that was not there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from processor.intake.layout import CLAIM_STATES, Layout
from processor.intake.sheet import ExportSheet
from processor.intake.table import CLAIMS, READ, Mark
from processor.model import ANSWER_COLUMNS, Col, Kind

_CLAIM_KINDS = tuple(CLAIM_STATES)
_ORDER_KINDS = (Kind.DISPATCH, Kind.SHIPPING, Kind.DECIDED, Kind.SEARCH)
_DETAILS = (
    Col.CLAIM_REASON,
    Col.CLAIM_CHANNEL,
    Col.CLAIM_REQUESTED,
    Col.COLLECT_STATUS,
    Col.COLLECT_DONE,
    Col.HOLDBACK,
)
"""Columns of the claim that was filed last: after a withdrawn cancel, the reason of the return counts."""
_CLAIMS = (Col.CLAIM_STATUS, *CLAIM_STATES.values(), Col.QUANTITY_CLAIM)
_STICKY = frozenset({Col.ORDER_NO, Col.TRACKING_NO, Col.QUANTITY_CLAIM, *ANSWER_COLUMNS})
"""A fact that was told once is not untold by a later blank; dates and numbers never are."""
_INVOICE = (Col.DISPATCHED_AT, Col.INVOICE_PRINTED_AT, Col.TRACKING_NO)


def join(rows: pd.DataFrame, failed: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout) -> pd.DataFrame:
    """The claims table, by 상품주문번호, out of usable rows; `failed` are the rows that became problems."""
    rows = _routed(rows, sheets, layout)
    newest = _ranked(rows, sheets, (*_ORDER_KINDS, *_CLAIM_KINDS))
    claims = _ranked(rows, sheets, (*_CLAIM_KINDS, *_ORDER_KINDS))
    facts = [role for role in READ if role not in (Col.PRODUCT_ORDER_NO, *_CLAIMS, *_DETAILS)]
    parts = [_first(newest, facts), _first(claims, _CLAIMS), _first(_latest_claim_first(claims), _DETAILS)]
    table = pd.concat(parts, axis=1)
    dispatched = newest[Col.ORDER_STATUS].isin(layout.dispatched)
    made = {
        Col.SOURCE: _sources(newest, sheets),
        Col.INVOICE_SEEN: _invoice_seen(newest, sheets),
        Col.DISPATCH_SEEN: dispatched.groupby(newest[Col.PRODUCT_ORDER_NO]).any(),
        Col.TROUBLE: _trouble(table.index, failed),
    }
    return table.assign(**made).reset_index()[list(CLAIMS)].astype(CLAIMS)


def _routed(rows: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout) -> pd.DataFrame:
    """클레임상태 of 주문조회 and 배송현황 goes to the status column whose label it is; no claim leaves all three missing."""
    elsewhere = _by_sheet(rows, [sheet.kind not in CLAIM_STATES for sheet in sheets])
    owner = rows[Col.CLAIM_STATUS].where(elsewhere).map(dict(layout.claim_routes))
    moved = {role: rows[role].mask(owner.eq(role), rows[Col.CLAIM_STATUS]) for role in CLAIM_STATES.values()}
    return rows.assign(**moved, **{Col.CLAIM_STATUS: rows[Col.CLAIM_STATUS].mask(owner.notna(), "")})


def _ranked(rows: pd.DataFrame, sheets: Sequence[ExportSheet], owners: Sequence[Kind]) -> pd.DataFrame:
    """Newest first, then owners in their order; what is still equal by file, sheet and row."""
    by_owner = sorted(range(len(sheets)), key=lambda n: [*owners, sheets[n].kind].index(sheets[n].kind))
    newest_first = sorted(by_owner, key=lambda n: sheets[n].taken_at, reverse=True)
    rank = rows[Mark.SHEET].map({number: rank for rank, number in enumerate(newest_first)})
    return rows.iloc[np.lexsort((rows[Mark.ROW], rank))]


def _latest_claim_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that do not say when their claim was filed speak of the latest one."""
    latest = rows.groupby(Col.PRODUCT_ORDER_NO)[Col.CLAIM_REQUESTED].transform("max")
    filed = rows[Col.CLAIM_REQUESTED].fillna(latest)
    return rows.loc[filed.sort_values(ascending=False, kind="stable").index]


def _first(ranked: pd.DataFrame, roles: Sequence[str]) -> pd.DataFrame:
    """For each order the first value seen of each column."""
    key = ranked[Col.PRODUCT_ORDER_NO]
    if key.is_unique:
        return ranked.set_index(Col.PRODUCT_ORDER_NO)[list(roles)].sort_index()
    first = ranked.groupby(key)[list(roles)].first()
    sticky = [role for role in roles if role in _STICKY]
    told = ranked[sticky].mask(ranked[sticky] == "").groupby(key).first()
    return first.assign(**{role: told[role].fillna(first[role]) for role in sticky})


def _sources(newest: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """All places of each order, newest first."""
    ordered = newest.sort_values(Col.PRODUCT_ORDER_NO, kind="stable")
    places = [sheets[number].place(row) for number, row in zip(ordered[Mark.SHEET], ordered[Mark.ROW], strict=True)]
    begins = (~ordered[Col.PRODUCT_ORDER_NO].duplicated()).to_numpy()
    starts = [*np.flatnonzero(begins).tolist(), len(places)]
    groups = [tuple(places[start:end]) for start, end in pairwise(starts)]
    return pd.Series(groups, index=ordered.loc[begins, Col.PRODUCT_ORDER_NO], dtype="object")


def _invoice_seen(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """Were all three invoice columns there, be it in different sheets that hold this order?"""
    seen = pd.DataFrame({role: _by_sheet(rows, [sheet.saw(role) for sheet in sheets]) for role in _INVOICE})
    return seen.groupby(rows[Col.PRODUCT_ORDER_NO]).any().all(axis=1)


def _trouble(orders: pd.Index, failed: pd.DataFrame) -> pd.Series:
    """An order is not decided while a part of its story is unreadable; a contradiction is the graver trouble."""
    conflicting = [problem.code == "conflicting_rows" for problem in failed[Mark.PROBLEM]]
    contradicted = orders.isin(failed.loc[conflicting, Col.PRODUCT_ORDER_NO])
    words = np.where(contradicted, "conflict", np.where(orders.isin(failed[Col.PRODUCT_ORDER_NO]), "problem", ""))
    return pd.Series(words, index=orders, dtype="str")


def _by_sheet(rows: pd.DataFrame, answers: Sequence[bool]) -> pd.Series:
    return rows[Mark.SHEET].map(dict(enumerate(answers))).astype("bool")
