"""Joins all rows about one 상품주문번호 into one row.

For each column the value of the newest file counts; of files of the same time, the one whose screen owns the column. A
blank cell is a value; a missing column is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from processor.intake.layout import Layout
from processor.intake.sheet import ExportSheet
from processor.intake.unheld import lacks
from processor.market.order_numbers import KEPT
from processor.model import ANSWER_COLUMNS, CLAIM_KINDS, CLAIM_STATES, ORDER_KINDS, Col, Kind, Place
from processor.model.tables import CELLS, CLAIMS, Mark

_DETAILS = (
    Col.CLAIM_REASON,
    Col.CLAIM_CHANNEL,
    Col.CLAIM_REQUESTED,
    Col.COLLECT_STATUS,
    Col.COLLECT_DONE,
    Col.HOLDBACK,
    Col.RETURN_FEE_CHARGED,
)
"""Columns that are taken from the latest claim only: after a withdrawn cancel, the reason of the return counts."""
_CLAIMS = (Col.CLAIM_STATUS, *CLAIM_STATES.values(), Col.QUANTITY_CLAIM)
_STICKY = frozenset({Col.ORDER_NO, Col.TRACKING_NO, Col.QUANTITY_CLAIM})
"""Text columns in which a later blank does not replace an earlier value. It never does so for dates and numbers."""
_INVOICE = (Col.DISPATCHED_AT, Col.INVOICE_PRINTED_AT, Col.TRACKING_NO)
_SAID = [Col.PRODUCT_ORDER_NO, Col.QUANTITY_CLAIM]
_TOGETHER = pd.Timedelta(hours=1)
CORRECTED = "수정필요_"
"""The beginning of the name of a correction copy, in which the seller corrects the bad rows of a file."""
_ORDER = "#order"
"""The index of a row's 상품주문번호 in the sorted list of all. Grouping by it is ten times as fast as grouping by text."""
_Ranking = NDArray[np.intp]
"""Positions of rows, those that count before others first. So the wide table is not copied in another order."""


def join(
    rows: pd.DataFrame, failed: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout, as_of: datetime
) -> pd.DataFrame:
    """Makes the claims table, one row per 상품주문번호, from usable rows of this day and earlier days.

    `failed`: the rows of this day that became problems. They are not joined. But an order that such a row shows as
    dispatched or partly claimed counts as that, and every order that it names is marked as doubtful.
    """
    silent = _no_claim_seen(rows, sheets)
    rows = _numbered(_routed(rows, sheets, layout))
    newest = _newest_first(rows, sheets)
    standing = [(newest, [Col.PRODUCT_ORDER_NO]), *_standing(rows, newest, sheets)]
    table = pd.concat([_first(rows, ranking, roles) for ranking, roles in standing], axis=1)
    numbers = table[Col.PRODUCT_ORDER_NO]
    table[Col.QUANTITY_CLAIM] = _partial(rows, failed, numbers, layout).fillna(table[Col.QUANTITY_CLAIM])
    asked = _asked(rows, sheets, layout)
    made: dict[str, pd.Series | list[tuple[Place, ...]] | str | None] = {
        Col.SOURCE: _sources(rows, newest, sheets, len(table)),
        Col.INVOICE_SEEN: _invoice_seen(rows, sheets, as_of, layout),
        Col.DISPATCH_SEEN: _sent(rows, layout).groupby(rows[_ORDER]).any() | _shown_sent(failed, numbers, layout),
        Col.TROUBLE: _trouble(table, rows, failed, _request_gone(rows, silent, table, sheets, layout), sheets),
        **_sightings(rows, failed, table, sheets),
        **asked,
        Col.UNCLAIMED_AT: _newest(rows, sheets, silent),
        Col.SENT_AT: _newest(rows, sheets, _sent(rows, layout) | rows[Col.DISPATCHED_AT].notna()),
        **dict.fromkeys((*ANSWER_COLUMNS, Col.STATED_ACTION)),  # settled by `recall`: see Batch.answer_rows
        Col.EARLIER: "",
        Col.NOTE_KO: "",
        Col.NOTE_EN: "",
    }
    typed = {name: pd.Series(column, table.index, CLAIMS[name]) for name, column in made.items()}
    return table.assign(**typed)[list(CLAIMS)]


def by_standing(
    rows: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout
) -> Iterator[tuple[pd.DataFrame, Sequence[str]]]:
    """For each group of columns the usable rows, sorted so that the first row with a value gives it."""
    rows = _numbered(_routed(rows, sheets, layout))
    for ranking, roles in _standing(rows, _newest_first(rows, sheets), sheets):
        yield rows.iloc[ranking], roles


def _standing(
    rows: pd.DataFrame, newest: _Ranking, sheets: Sequence[ExportSheet]
) -> Iterator[tuple[_Ranking, Sequence[str]]]:
    yield newest, [role for role in CELLS if role not in (*_CLAIMS, *_DETAILS)]
    claims = _ranked(rows, sheets, (*CLAIM_KINDS, *ORDER_KINDS))
    yield claims, _CLAIMS
    yield claims[_of_the_latest_claim(rows)[claims]], _DETAILS


def _newest_first(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> _Ranking:
    return _ranked(rows, sheets, (*ORDER_KINDS, *CLAIM_KINDS))


def _routed(rows: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout) -> pd.DataFrame:
    """Moves 클레임상태 of 주문조회 and 배송현황 to the status column that has this label. Without a claim all three stay missing."""
    elsewhere = _by_sheet(rows, [sheet.kind not in CLAIM_STATES for sheet in sheets])
    owner = rows[Col.CLAIM_STATUS].where(elsewhere).map(dict(layout.claim_routes))
    moved = {role: rows[role].mask(owner.eq(role), rows[Col.CLAIM_STATUS]) for role in CLAIM_STATES.values()}
    return rows.assign(**moved, **{Col.CLAIM_STATUS: rows[Col.CLAIM_STATUS].mask(owner.notna(), "")})


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(**{_ORDER: pd.factorize(rows[Col.PRODUCT_ORDER_NO], sort=True)[0]})


def _ranked(rows: pd.DataFrame, sheets: Sequence[ExportSheet], owners: Sequence[Kind]) -> _Ranking:
    """Ranks rows: newest first, then by the order of owners, then the latest claim first, then by sheet and row."""
    places = [(-sheet.taken_at.timestamp(), [*owners, sheet.kind].index(sheet.kind)) for sheet in sheets]
    ranks = {place: rank for rank, place in enumerate(sorted(set(places)))}
    rank = np.array([ranks[place] for place in places], "int64")[rows[Mark.SHEET]]
    filed = -rows[Col.CLAIM_REQUESTED].fillna(pd.Timestamp(0)).astype("int64")
    return np.lexsort((rows[Mark.ROW], rows[Mark.SHEET], filed, rank))


def _of_the_latest_claim(rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Is the row of the latest claim of its order? An earlier claim is over, and its 수거완료일 must not count for this one.

    A row without the time of its claim counts as a row of the latest claim.
    """
    latest = rows.groupby(_ORDER)[Col.CLAIM_REQUESTED].transform("max")
    return ~(rows[Col.CLAIM_REQUESTED] < latest).to_numpy()


def _first(rows: pd.DataFrame, ranking: _Ranking, roles: Sequence[str]) -> pd.DataFrame:
    """For each order and each column the first value that is not missing."""
    order = rows[_ORDER].to_numpy()
    first = {}
    for role in roles:
        cells = rows[role]
        at = _first_rows(order, ranking, cells.notna().to_numpy())
        if role in _STICKY:
            filled = _first_rows(order, ranking, cells.fillna("").ne("").to_numpy())
            at = np.where(filled < 0, at, filled)
        first[role] = cells.array.take(at, allow_fill=True)
    return pd.DataFrame(first)


def _first_rows(order: NDArray[np.intp], ranking: _Ranking, chosen: NDArray[np.bool_]) -> NDArray[np.intp]:
    """For each order the position of the first of its chosen rows; -1 if it has none."""
    rows = ranking[chosen[ranking]][::-1]
    first = np.full(order.max(initial=-1) + 1, -1)
    first[order[rows]] = rows  # rows are in reverse order, so that the first row of an order is written last and stays
    return first


def _sources(
    rows: pd.DataFrame, newest: _Ranking, sheets: Sequence[ExportSheet], orders: int
) -> list[tuple[Place, ...]]:
    """The places of each order in the files of this day, newest first; () where only earlier files have it."""
    places: list[list[Place]] = [[] for _ in range(orders)]
    columns = (rows[column].to_numpy()[newest].tolist() for column in (_ORDER, Mark.SHEET, Mark.ROW))
    for order, number, row in zip(*columns, strict=True):
        if not sheets[number].earlier:
            places[order].append(sheets[number].place(row))
    return [*map(tuple, places)]


def _partial(rows: pd.DataFrame, failed: pd.DataFrame, numbers: pd.Series, layout: Layout) -> pd.Series:
    """수량클레임 여부 of each order.

    One `Y` in any file counts: an approval of a whole order for a partial claim cannot be undone.
    """
    found = [(each, each[Col.QUANTITY_CLAIM].isin(layout.partial)) for each in (rows, failed)]
    if not any(here.any() for _, here in found):
        return pd.Series(index=numbers.index, dtype="str")
    partial = pd.concat([each.loc[here, _SAID] for each, here in found])
    return numbers.map(partial.groupby(Col.PRODUCT_ORDER_NO)[Col.QUANTITY_CLAIM].first()).astype("str")


def _sent(rows: pd.DataFrame, layout: Layout) -> pd.Series[bool]:
    return rows[Col.ORDER_STATUS].isin(layout.dispatched)


def _shown_sent(failed: pd.DataFrame, numbers: pd.Series, layout: Layout) -> pd.Series[bool]:
    """Is the order shown as dispatched by a row that could not be used?"""
    if failed.empty:
        return pd.Series(data=False, index=numbers.index)
    sent = _sent(failed, layout) | failed[Col.DISPATCHED_AT].notna()
    return numbers.isin(failed.loc[sent, Col.PRODUCT_ORDER_NO])


def _invoice_seen(rows: pd.DataFrame, sheets: Sequence[ExportSheet], as_of: datetime, layout: Layout) -> pd.Series:
    """Did sheets with this order have all three invoice columns, in one sheet or in several?

    Only sheets of the day of the run that were made after the request count. A blank 송장번호 of yesterday proves nothing
    about today, and one of 9:00 proves nothing about a request of 10:00.
    """
    today = _by_sheet(rows, [sheet.taken_at.date() >= as_of.date() for sheet in sheets])
    fresh = today & _not_before_the_claim(rows, sheets, layout)
    seen = pd.DataFrame({role: fresh & _by_sheet(rows, [sheet.saw(role) for sheet in sheets]) for role in _INVOICE})
    held = seen & ~_lost(rows, seen, sheets)
    return held.groupby(rows[_ORDER]).any().all(axis=1)


def _lost(rows: pd.DataFrame, seen: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.DataFrame:
    """For each row and invoice column: does a file of the same time, or a newer one, not hold this cell of the order?

    Then the row's own value of that column proves nothing.
    """
    lost = pd.DataFrame({role: seen[role] & lacks(rows, role) for role in _INVOICE})
    if not lost.to_numpy().any():
        return lost
    made = _made(rows, sheets)
    last = {role: made.where(lost[role]).groupby(rows[_ORDER]).transform("max") for role in _INVOICE}
    return pd.DataFrame({role: last[role] >= made for role in _INVOICE})


def _not_before_the_claim(rows: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout) -> pd.Series:
    """Was the file of each row made after the claim was filed? Compared by the minute, as file names give it.

    If the time of a file is on a day before a request in it, the file's time is wrong, and this row's request time is
    not used. A request without a time may have been filed as late as the first file that shows it.
    """
    made, requested = _made(rows, sheets).dt.floor("min"), rows[Col.CLAIM_REQUESTED].dt.floor("min")
    credible = requested.mask(made.dt.normalize() < requested.dt.normalize())
    filed = credible.groupby(rows[_ORDER]).transform("max")
    first_seen = made.where(rows[Col.CANCEL_STATUS].isin(layout.open_cancel)).groupby(rows[_ORDER]).transform("min")
    too_old: pd.Series = made < filed.fillna(first_seen)
    return ~too_old


def _made(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series[pd.Timestamp]:
    """When the file of each row was made."""
    times = np.array([sheet.taken_at for sheet in sheets], "datetime64[us]")
    return pd.Series(times[rows[Mark.SHEET]], index=rows.index)


def _newest(rows: pd.DataFrame, sheets: Sequence[ExportSheet], chosen: pd.Series[bool]) -> pd.Series[pd.Timestamp]:
    """When the newest of each order's chosen rows was made."""
    return _made(rows, sheets).where(chosen).groupby(rows[_ORDER]).max()


def _sightings(
    rows: pd.DataFrame, failed: pd.DataFrame, table: pd.DataFrame, sheets: Sequence[ExportSheet]
) -> dict[str, pd.Series]:
    """When each order was seen last, and which screens still list it: a newer whole list without it no longer does."""
    exports = rows[_by_sheet(rows, [sheet.kind.is_export for sheet in sheets])]
    made, order = _made(exports, sheets), exports[_ORDER]
    unread = table[Col.PRODUCT_ORDER_NO].isin(failed[Col.PRODUCT_ORDER_NO].dropna())
    still = pd.Series("", index=table.index, dtype="str")
    for kind in sorted({sheet.kind for sheet in sheets if sheet.kind.is_export}):
        here = _by_sheet(exports, [sheet.kind is kind for sheet in sheets])
        last = made[here].groupby(order[here]).max().reindex(table.index)
        there = last.notna() & (unread | ~_lists_after(kind, last, failed, sheets))
        still = still.mask(there, still + f" {kind}")
    today = _by_sheet(exports, [not sheet.earlier for sheet in sheets])
    return {
        Col.SEEN_AT: made.groupby(order).max().reindex(table.index),
        Col.SEEN_IN: still.str.strip(),
        Col.SHOWN: today.groupby(order).any().reindex(table.index, fill_value=False),
    }


def _lists_after(
    kind: Kind, moments: pd.Series[pd.Timestamp], failed: pd.DataFrame, sheets: Sequence[ExportSheet]
) -> pd.Series[bool]:
    """Was a whole list of that screen made on a later day than each moment, or at least one hour after it?

    Lists downloaded within an hour may be parts of one list, split by period; an order missing in one may be in
    another.
    """
    made = [sheets[number].taken_at for number in whole_lists(failed, sheets) if sheets[number].kind is kind]
    if not made:
        return pd.Series(data=False, index=moments.index)
    newest = pd.Timestamp(max(made))  # the newest list is enough: it is later than every other
    return moments.lt(newest) & (moments.dt.normalize().lt(newest.normalize()) | moments.le(newest - _TOGETHER))


def whole_lists(failed: pd.DataFrame, sheets: Sequence[ExportSheet]) -> list[int]:
    """Indexes of sheets that list all orders of their screen.

    A selection (선택주문) does not, nor does one with unreadable numbers.
    """
    nameless = set() if failed.empty else set(failed.loc[_nameless(failed), Mark.SHEET])
    return sorted(set(range(len(sheets))) - nameless - {n for n, each in enumerate(sheets) if not each.whole})


def _nameless(failed: pd.DataFrame) -> pd.Series[bool]:
    codes = pd.Series([problem.code for problem in failed[Mark.PROBLEM]], index=failed.index, dtype="str")
    return failed[Col.PRODUCT_ORDER_NO].isna() | codes.eq("order_no_suspect")


def _asked(rows: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout) -> dict[str, pd.Series]:
    """When an open cancel request was seen last, whether today's files show it, and as waiting, and when a file first
    showed it as over.
    """
    state, made = rows[Col.CANCEL_STATUS].fillna(""), _made(rows, sheets)
    open_ = state.isin(layout.open_cancel)
    asked = made.where(open_).groupby(rows[_ORDER])
    today = _by_sheet(rows, [not sheet.earlier for sheet in sheets])
    over = ~open_ & state.ne("") & made.gt(asked.transform("max"))
    return {
        Col.ASKED_AT: asked.max(),
        Col.ASKED_TODAY: (open_ & today).groupby(rows[_ORDER]).any(),
        Col.WAITED_TODAY: (state.isin(layout.waiting_cancel) & today).groupby(rows[_ORDER]).any(),
        Col.OVER_AT: made.where(over).groupby(rows[_ORDER]).min(),
    }


def _no_claim_seen(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """Rows of 주문조회 and 배송현황 whose 클레임상태 is present and blank."""
    lists = _by_sheet(rows, [sheet.kind.entry.tells_of_no_claim for sheet in sheets])
    return lists & rows[Col.CLAIM_STATUS].eq("")


def _request_gone(
    rows: pd.DataFrame, silent: pd.Series, table: pd.DataFrame, sheets: Sequence[ExportSheet], layout: Layout
) -> pd.Series:
    """Orders with an open request today that a newer list of orders does not show: the files contradict each other."""
    made, key = _made(rows, sheets), rows[_ORDER]
    made = made.where(_by_sheet(rows, [sheet.dated and not sheet.earlier for sheet in sheets]))
    without = made.where(silent).groupby(key).max()
    asked = made.where(rows[Col.CANCEL_STATUS].isin(layout.open_cancel)).groupby(key).max()
    return table[Col.CANCEL_STATUS].isin(layout.open_cancel) & (without > asked).reindex(table.index)


def _trouble(
    table: pd.DataFrame, rows: pd.DataFrame, failed: pd.DataFrame, gone: pd.Series, sheets: Sequence[ExportSheet]
) -> pd.Series:
    """Why each order cannot be decided; "" if it can.

    "problem": a row of it is unreadable. "conflict": its files contradict each other. If both are true, "conflict"
    counts. A row without a reliable 상품주문번호 makes every line of its 주문번호 doubtful. A rounded number (a spreadsheet
    rounds both columns) makes every order doubtful whose number rounds to it.
    """
    if failed.empty:
        return pd.Series(np.where(gone, "conflict", ""), index=table.index, dtype="str")
    failed = failed[~_mended(rows, failed, sheets)]
    conflicting = pd.Series([problem.code for problem in failed[Mark.PROBLEM]], index=failed.index, dtype="str").eq(
        "conflicting_rows"
    )
    contradicted = gone | table[Col.PRODUCT_ORDER_NO].isin(failed.loc[conflicting, Col.PRODUCT_ORDER_NO])
    unread = _meant(table[Col.PRODUCT_ORDER_NO], failed, Col.PRODUCT_ORDER_NO, Mark.ROUNDED)
    unread |= _meant(table[Col.ORDER_NO], failed[_nameless(failed)], Col.ORDER_NO, Mark.ORDER_ROUNDED)
    words = np.where(contradicted, "conflict", np.where(unread, "problem", ""))
    return pd.Series(words, index=table.index, dtype="str")


def _mended(rows: pd.DataFrame, failed: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series[bool]:
    """Failed rows that a newer download of the same screen, or the corrected copy of their file, replaces.

    For a row with a number the replacement must have a usable row of that order. For a row without a number every
    number in the replacement must be readable.
    """
    return _in_newer_sheets(rows, failed, sheets) | _in_corrected_copies(rows, failed, sheets)


def made_good(rows: pd.DataFrame, failed: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series[bool]:
    """Failed rows of exports that need no correction, because another file of this day has them without a fault.

    A row without a number can be replaced by the corrected copy only: in other files it cannot be identified.
    """
    newer = _in_newer_sheets(rows, failed, sheets) & ~_nameless(failed)
    corrected = _in_corrected_copies(rows, failed, sheets)
    return (newer | corrected) & _by_sheet(failed, [sheet.kind.is_export for sheet in sheets])


def _in_newer_sheets(rows: pd.DataFrame, failed: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series[bool]:
    """Failed rows that are older than a file of this day from the same screen with their order, or with all orders."""
    if failed.empty:
        return pd.Series(dtype="bool", index=failed.index)
    kinds = [sheet.kind.value for sheet in sheets]
    whole: dict[str, datetime] = {}
    for number in whole_lists(failed, sheets):
        if not (sheet := sheets[number]).earlier:
            whole[kinds[number]] = max(sheet.taken_at, whole.get(kinds[number], sheet.taken_at))
    today = rows[_by_sheet(rows, [not sheet.earlier for sheet in sheets])]
    spoken = _made(today, sheets).groupby([today[Mark.SHEET].map(dict(enumerate(kinds))), today[Col.PRODUCT_ORDER_NO]])
    kind = failed[Mark.SHEET].map(dict(enumerate(kinds)))
    named = spoken.max().reindex(pd.MultiIndex.from_arrays([kind, failed[Col.PRODUCT_ORDER_NO]])).set_axis(failed.index)
    newest = named.mask(_nameless(failed), pd.to_datetime(kind.map(whole)))
    return newest > _made(failed, sheets)


def _in_corrected_copies(rows: pd.DataFrame, failed: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series[bool]:
    """Failed rows whose file has a corrected copy, or a later copy (수정필요_…_2), in which they stand without a fault."""
    copies = _copies([sheets[number] for number in failed[Mark.SHEET].unique()], sheets)
    if not copies:
        return pd.Series(data=False, index=failed.index)
    speaking = rows.groupby(Mark.SHEET)[Col.PRODUCT_ORDER_NO].agg(frozenset)
    whole = set(whole_lists(failed, sheets))
    again = {bad: frozenset[str]().union(*speaking.reindex(found).dropna()) for bad, found in copies.items()}
    complete = {bad for bad, found in copies.items() if not whole.isdisjoint(found)}
    files = [_File.of(sheet) for sheet in sheets]
    columns = failed[Mark.SHEET], failed[Col.PRODUCT_ORDER_NO], _nameless(failed)
    mended = [
        files[number] in complete if nameless else order in again.get(files[number], ())
        for number, order, nameless in zip(*columns, strict=True)
    ]
    return pd.Series(mended, index=failed.index, dtype="bool")


class _File(NamedTuple):
    """What a corrected copy has in common with the file that it corrects."""

    kind: Kind
    name: str  # without its folder

    @staticmethod
    def of(sheet: ExportSheet) -> _File:
        return _File(sheet.kind, PurePosixPath(sheet.file).name)


def _copies(bad: Sequence[ExportSheet], sheets: Sequence[ExportSheet]) -> dict[_File, list[int]]:
    """For each file that has a corrected copy today: the indexes of the copy's sheets.

    The name of a copy is 수정필요_ and the name of its file, with more behind it. Every beginning of it is looked up, so
    that not each copy is compared with each file.
    """
    wanted: dict[tuple[Kind, str], set[_File]] = {}
    for file in map(_File.of, bad):
        wanted.setdefault((file.kind, PurePosixPath(file.name).stem), set()).add(file)
    found: dict[_File, list[int]] = {}
    for number, sheet in enumerate(sheets):
        copy = _File.of(sheet)
        if sheet.earlier or not copy.name.startswith(CORRECTED):
            continue
        for name in (copy.name, copy.name.removeprefix(CORRECTED)):
            for end in range(1, len(name) + 1):
                for file in wanted.get((copy.kind, name[:end]), set()) - {copy}:
                    found.setdefault(file, []).append(number)
    return found


def _meant(numbers: pd.Series, failed: pd.DataFrame, role: str, mark: str) -> pd.Series:
    """Is each number in a failed row, or would a spreadsheet round it to a number in one?"""
    named = failed[failed[role].fillna("").ne("")]
    return numbers.isin(named[role]) | numbers.str[KEPT].isin(named.loc[named[mark], role].str[KEPT])


def _by_sheet(rows: pd.DataFrame, answers: Sequence[bool]) -> pd.Series:
    return pd.Series(np.array(answers, bool)[rows[Mark.SHEET]], index=rows.index)
