"""One row per 상품주문번호 out of all rows that speak of it.

Newer files win column by column, and at the same time the screen that owns the fact. A blank that was seen is a value;
a column that was not there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from processor.intake.finding import taken_at
from processor.intake.layout import CLAIM_STATES, Layout
from processor.intake.sheet import ExportSheet
from processor.intake.table import CLAIMS, READ, Mark, lacks
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
_ORDER = "#order"
"""The number of a row's 상품주문번호 among all of them, in their order: what rows are grouped by, ten times as fast as by text."""


def join(rows: pd.DataFrame, failed: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout) -> pd.DataFrame:
    """The claims table, by 상품주문번호, out of usable rows; `failed` are the rows that became problems."""
    silent = _no_claim_seen(rows, sheets)
    rows = _numbered(_routed(rows, sheets, layout))
    newest = _newest_first(rows, sheets)
    standing = [(newest, [Col.PRODUCT_ORDER_NO]), *_standing(newest, sheets)]
    table = pd.concat([_first(ranked, roles) for ranked, roles in standing], axis=1)
    table[Col.QUANTITY_CLAIM] = _partial(rows, layout).reindex(table.index).fillna(table[Col.QUANTITY_CLAIM])
    dispatched = newest[Col.ORDER_STATUS].isin(layout.dispatched)
    made: dict[str, pd.Series | str] = {
        Col.SOURCE: _sources(newest, sheets),
        Col.INVOICE_SEEN: _invoice_seen(newest, sheets),
        Col.DISPATCH_SEEN: dispatched.groupby(newest[_ORDER]).any(),
        Col.TROUBLE: _trouble(table, failed, _request_gone(rows, silent, table, sheets, layout)),
        Col.SEEN_AT: _seen_at(newest, sheets),
        Col.SEEN_IN: _seen_in(newest, sheets).reindex(table.index).fillna(""),
        Col.EARLIER: "",
        Col.NOTE_KO: "",
        Col.NOTE_EN: "",
    }
    return table.assign(**made)[list(CLAIMS)].astype(CLAIMS)


def by_standing(
    rows: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout
) -> Iterator[tuple[pd.DataFrame, Sequence[str]]]:
    """For each group of columns the usable rows in the order in which their word counts."""
    return _standing(_newest_first(_numbered(_routed(rows, sheets, layout)), sheets), sheets)


def _standing(newest: pd.DataFrame, sheets: Sequence[ExportSheet]) -> Iterator[tuple[pd.DataFrame, Sequence[str]]]:
    yield newest, [role for role in READ if role not in (Col.PRODUCT_ORDER_NO, *_CLAIMS, *_DETAILS)]
    claims = _ranked(newest, sheets, (*_CLAIM_KINDS, *_ORDER_KINDS))
    yield claims, _CLAIMS
    yield _latest_claim_first(claims), _DETAILS


def _newest_first(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.DataFrame:
    return _ranked(rows, sheets, (*_ORDER_KINDS, *_CLAIM_KINDS))


def _routed(rows: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout) -> pd.DataFrame:
    """클레임상태 of 주문조회 and 배송현황 goes to the status column whose label it is; no claim leaves all three missing."""
    elsewhere = _by_sheet(rows, [sheet.kind not in CLAIM_STATES for sheet in sheets])
    owner = rows[Col.CLAIM_STATUS].where(elsewhere).map(dict(layout.claim_routes))
    moved = {role: rows[role].mask(owner.eq(role), rows[Col.CLAIM_STATUS]) for role in CLAIM_STATES.values()}
    return rows.assign(**moved, **{Col.CLAIM_STATUS: rows[Col.CLAIM_STATUS].mask(owner.notna(), "")})


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(**{_ORDER: pd.factorize(rows[Col.PRODUCT_ORDER_NO], sort=True)[0]})


def _ranked(rows: pd.DataFrame, sheets: Sequence[ExportSheet], owners: Sequence[Kind]) -> pd.DataFrame:
    """Newest first, then owners in their order; what is still equal by file, sheet and row."""
    by_owner = sorted(range(len(sheets)), key=lambda n: [*owners, sheets[n].kind].index(sheets[n].kind))
    newest_first = sorted(by_owner, key=lambda n: sheets[n].taken_at, reverse=True)
    rank = rows[Mark.SHEET].map({number: rank for rank, number in enumerate(newest_first)})
    return rows.iloc[np.lexsort((rows[Mark.ROW], rank))]


def _latest_claim_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that do not say when their claim was filed speak of the latest one."""
    latest = rows.groupby(_ORDER)[Col.CLAIM_REQUESTED].transform("max")
    filed = rows[Col.CLAIM_REQUESTED].fillna(latest)
    return rows.loc[filed.sort_values(ascending=False, kind="stable").index]


def _first(ranked: pd.DataFrame, roles: Sequence[str]) -> pd.DataFrame:
    """For each order the first value seen of each column."""
    order = ranked[_ORDER].to_numpy()
    orders = range(order.max(initial=-1) + 1)
    first = {}
    for role in roles:
        cells = ranked[role]
        at = _first_rows(order, cells.notna().to_numpy(), len(orders))
        if role in _STICKY:
            told = _first_rows(order, cells.fillna("").ne("").to_numpy(), len(orders))
            at = np.where(told < 0, at, told)
        first[role] = pd.Series(cells.array.take(at, allow_fill=True), index=orders)
    return pd.DataFrame(first, index=orders)


def _first_rows(order: NDArray[np.intp], chosen: NDArray[np.bool_], orders: int) -> NDArray[np.intp]:
    """For each order the first of its chosen rows, -1 where there is none."""
    rows = np.flatnonzero(chosen)[::-1]
    first = np.full(orders, -1)
    first[order[rows]] = rows  # of several rows the last one stays, which is the first
    return first


def _sources(newest: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """All places of each order, newest first."""
    ordered = newest[[_ORDER, Mark.SHEET, Mark.ROW]].sort_values(_ORDER, kind="stable")
    rows = zip(ordered[Mark.SHEET].tolist(), ordered[Mark.ROW].tolist(), strict=True)
    return _together([sheets[number].place(row) for number, row in rows], ordered[_ORDER])


def _together(values: Sequence[object], order: pd.Series) -> pd.Series:
    """The values of each order as a tuple; its rows stand together."""
    begins = (~order.duplicated()).to_numpy()
    starts = [*np.flatnonzero(begins).tolist(), len(values)]
    groups = [tuple(values[start:end]) for start, end in pairwise(starts)]
    return pd.Series(groups, index=order[begins], dtype="object")


def _partial(rows: pd.DataFrame, layout: Layout) -> pd.Series:
    """One `Y` is enough, whatever newer files say: a partial claim taken for a whole one cannot be undone."""
    said = rows[rows[Col.QUANTITY_CLAIM].isin(layout.partial)]
    return said.groupby(_ORDER)[Col.QUANTITY_CLAIM].first()


def _invoice_seen(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """Were all three invoice columns there, be it in different sheets that hold this order?

    Only sheets that are not out of date count: a blank 송장번호 of Friday proves nothing about a request of Sunday, nor
    about an order that has left the newer list of all orders to dispatch.
    """
    fresh = _not_before_the_claim(rows, sheets) & ~_has_left(rows, sheets)
    seen = pd.DataFrame({role: fresh & _by_sheet(rows, [sheet.saw(role) for sheet in sheets]) for role in _INVOICE})
    held = seen & ~_lost(rows, seen, sheets)
    return held.groupby(rows[_ORDER]).any().all(axis=1)


def _lost(rows: pd.DataFrame, seen: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.DataFrame:
    """Cells that the file does not hold; what older files, or files of the same time, had there proves nothing either."""
    lost = pd.DataFrame({role: seen[role] & lacks(rows, role) for role in _INVOICE})
    if not lost.to_numpy().any():
        return lost
    taken = pd.to_datetime(rows[Mark.SHEET].map({number: sheet.taken_at for number, sheet in enumerate(sheets)}))
    last = {role: taken.where(lost[role]).groupby(rows[_ORDER]).transform("max") for role in _INVOICE}
    return pd.DataFrame({role: last[role] >= taken for role in _INVOICE})


def _not_before_the_claim(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """By the day that the Seller Center wrote into the file's name; a file without one is taken as of today.

    A name that is older than the requests in its own file was given by hand and tells nothing about others.
    """
    downloaded, requested = _downloaded(rows, sheets).dt.normalize(), rows[Col.CLAIM_REQUESTED].dt.normalize()
    credible = requested.mask(downloaded < requested)
    too_old: pd.Series = downloaded < credible.groupby(rows[_ORDER]).transform("max")
    return ~too_old


def _has_left(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """Rows of a 발주발송관리 whose order a later day's download of all orders (전체주문) no longer lists.

    Downloads of one day may be parts of one list, by period, and say nothing about each other.
    """
    full = [n for n, sheet in enumerate(sheets) if sheet.kind is Kind.DISPATCH and "전체주문" in sheet.file]
    if not full:
        return pd.Series(data=False, index=rows.index)
    newest = max(full, key=lambda n: sheets[n].taken_at)
    older = _by_sheet(
        rows, [each.kind is Kind.DISPATCH and each.taken_at.date() < sheets[newest].taken_at.date() for each in sheets]
    )
    listed = rows.loc[rows[Mark.SHEET].eq(newest), Col.PRODUCT_ORDER_NO]
    return older & ~rows[Col.PRODUCT_ORDER_NO].isin(listed)


def _seen_at(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """When the newest export that shows the order was made; what the seller wrote is no export."""
    times = {number: sheet.taken_at for number, sheet in enumerate(sheets) if sheet.kind is not Kind.ANSWERS}
    made: pd.Series = pd.to_datetime(rows[Mark.SHEET].map(times)).astype("datetime64[us]")
    return made.groupby(rows[_ORDER]).max()


def _seen_in(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """The screens that show it."""
    shown = {
        number: sheet.kind.value for number, sheet in enumerate(sheets) if sheet.kind in (*_ORDER_KINDS, *_CLAIM_KINDS)
    }
    kinds = pd.DataFrame({_ORDER: rows[_ORDER], "kind": rows[Mark.SHEET].map(shown).astype("str")})
    pairs = kinds.dropna().drop_duplicates().sort_values([_ORDER, "kind"])
    return _together(pairs["kind"].tolist(), pairs[_ORDER]).str.join(" ")


def _no_claim_seen(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """Rows of 주문조회 and 배송현황 whose 클레임상태 is there and blank."""
    lists = _by_sheet(rows, [sheet.kind in (Kind.SEARCH, Kind.SHIPPING) for sheet in sheets])
    return lists & rows[Col.CLAIM_STATUS].eq("")


def _request_gone(
    rows: pd.DataFrame, silent: pd.Series, table: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout
) -> pd.Series:
    """An open request that a newer list of orders does not know any more: the files contradict each other."""
    downloaded, key = _downloaded(rows, sheets), rows[_ORDER]
    without = downloaded.where(silent).groupby(key).max()
    asking = rows[Col.CANCEL_STATUS].isin(layout.open_cancel)
    asked = downloaded.where(asking).groupby(key).max()
    return table[Col.CANCEL_STATUS].isin(layout.open_cancel) & (without > asked).reindex(table.index)


def _downloaded(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """When the Seller Center made each row's file, by its name; missing when the name does not say."""
    times = {number: taken_at(sheet.file) for number, sheet in enumerate(sheets)}
    return pd.to_datetime(rows[Mark.SHEET].map(times)).astype("datetime64[us]")


def _trouble(table: pd.DataFrame, failed: pd.DataFrame, gone: pd.Series) -> pd.Series:
    """An order is not decided while a part of its story is unreadable; a contradiction is the graver trouble.

    A row whose 상품주문번호 cannot be read, or believed, casts its doubt on every line of its 주문번호; and a number
    that a spreadsheet rounded (it rounds both of them) on every order that it may have been.
    """
    codes = pd.Series([problem.code for problem in failed[Mark.PROBLEM]], index=failed.index, dtype="str")
    conflicting = codes.eq("conflicting_rows")
    contradicted = gone | table[Col.PRODUCT_ORDER_NO].isin(failed.loc[conflicting, Col.PRODUCT_ORDER_NO])
    nameless = failed[failed[Col.PRODUCT_ORDER_NO].isna() | codes.eq("order_no_suspect")]
    unread = _meant(table[Col.PRODUCT_ORDER_NO], failed, Col.PRODUCT_ORDER_NO, Mark.ROUNDED)
    unread |= _meant(table[Col.ORDER_NO], nameless, Col.ORDER_NO, Mark.ORDER_ROUNDED)
    words = np.where(contradicted, "conflict", np.where(unread, "problem", ""))
    return pd.Series(words, index=table.index, dtype="str")


def _meant(numbers: pd.Series, failed: pd.DataFrame, role: str, mark: str) -> pd.Series:
    """Numbers that stand in a failed row, or that a spreadsheet would have rounded to one that does."""
    told = failed[failed[role].fillna("").ne("")]
    return numbers.isin(told[role]) | numbers.str[:15].isin(told.loc[told[mark], role].str[:15])


def _by_sheet(rows: pd.DataFrame, answers: Sequence[bool]) -> pd.Series:
    return rows[Mark.SHEET].map(dict(enumerate(answers))).astype("bool")
