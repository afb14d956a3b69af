"""Checks all rows together: for numbers that lost their last digit, and for rows that contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from processor.intake.problems import RowProblems
from processor.intake.sheet import ExportSheet
from processor.intake.unheld import lacks
from processor.market.order_numbers import KEPT, LOST
from processor.model import Col, Holds, Problem
from processor.model.tables import CELLS, Mark

ExportPlace = tuple[ExportSheet, int]
"""A row: its sheet, and its number as Excel shows it."""


_GOODS = (Col.PRODUCT_NO, Col.PRODUCT_NAME, Col.OPTION)
_FEW = 3  # if so many ids of one sheet all end in 0, chance explains it once in a thousand sheets


def believed(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.DataFrame:
    """Adds a problem to each row whose number may have been rounded, unless another row proves the number.

    A number that ends in 0 may have lost its last digit. It is accepted if the batch has the same number stored as
    text, with the same goods, and no other text that rounds to it (lines of one order are often numbered in a row).
    """
    rows = rows.assign(**{Mark.ROUNDED: rows[Mark.ROUNDED] | _rounded_sheets(rows, sheets)})
    for role, mark in {Col.PRODUCT_ORDER_NO: Mark.ROUNDED, Col.ORDER_NO: Mark.ORDER_ROUNDED}.items():
        doubtful = rows[mark] & rows[role].notna() & rows[Mark.PROBLEM].isna()
        if doubtful.any():
            doubtful &= ~_proven(rows, role, mark)
        found: dict[int, Problem] = {}
        problems = RowProblems()
        for at, number, row, value in rows.loc[doubtful, [Mark.SHEET, Mark.ROW, role]].itertuples():
            sheet = sheets[number]
            found[at] = problems.make("order_no_suspect", sheet.place(row), column=sheet.header(role), value=value)
        rows = noted(rows, found)
    return rows


def _rounded_sheets(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.Series:
    """Rows of csv sheets in which every id ends in 0.

    A csv does not mark text, so a spreadsheet rounded them (exports §1.4).
    """
    blind = rows[Mark.SHEET].isin([number for number, sheet in enumerate(sheets) if not sheet.typed])
    ids = rows.loc[blind, Col.PRODUCT_ORDER_NO].dropna()
    rounded = [
        sheet
        for sheet, some in ids.groupby(rows.loc[ids.index, Mark.SHEET])
        if len(some) >= _FEW and bool(some.str.endswith(LOST).all())
    ]
    return rows[Mark.SHEET].isin(rounded)


def _proven(rows: pd.DataFrame, role: str, mark: str) -> pd.Series:
    texts = rows[~rows[mark] & rows[role].notna()]
    ids = texts[role].drop_duplicates()
    lookalikes = ids.str[KEPT].value_counts()
    alone = rows[role].isin(ids) & rows[role].str[KEPT].map(lookalikes).eq(1)
    if role != Col.PRODUCT_ORDER_NO:  # the goods are compared for product orders only: an order has many goods
        return alone
    numbers = rows.loc[rows[mark] & alone, [role, *_GOODS]].reset_index(names="at")
    pairs = numbers.merge(texts[[role, *_GOODS]].drop_duplicates(), on=role, suffixes=("", " twin"))
    for goods in _GOODS:
        said, twin = pairs[goods].fillna(""), pairs[f"{goods} twin"].fillna("")
        alone &= ~rows.index.isin(pairs.loc[said.ne(twin) & said.ne("") & twin.ne(""), "at"])
    return alone


def consistent(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.DataFrame:
    """Adds a problem to each row that differs from the first row of the same order, screen and minute.

    Only columns that both rows have are compared, because two downloads may show different columns. Answers are not
    compared here: `recall` settles them.
    """
    rivals = _rivals(_without_earlier_claims(rows, sheets), sheets)
    if rivals.empty:
        return rows
    key = [rivals["stamp"], rivals[Col.PRODUCT_ORDER_NO]]
    differing: dict[int, list[str]] = {}
    for role in CELLS:
        texts = _texts(rivals, role, sheets)
        first = texts.groupby(key, sort=False).transform("first")
        for at in rivals.index[texts.notna() & texts.ne(first)]:
            differing.setdefault(at, []).append(role)
    firsts: dict[tuple[int, str], ExportPlace] = {}
    found: dict[int, Problem] = {}
    problems = RowProblems()
    for at, stamp, order, number, row in rivals[["stamp", Col.PRODUCT_ORDER_NO, Mark.SHEET, Mark.ROW]].itertuples():
        here = (sheets[number], row)
        other = firsts.setdefault((stamp, order), here)
        if at in differing:
            found[at] = _contradiction(problems, here, other, differing[at])
    return noted(rows, found)


def _without_earlier_claims(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.DataFrame:
    """The rows without those of earlier returns or exchanges of the same order: only the latest claim must agree.

    An order may have a further claim while its exchange is being sent again (exports §2.11).
    """
    screens = [number for number, sheet in enumerate(sheets) if sheet.kind.entry.several]
    claims = rows[rows[Mark.SHEET].isin(screens)]
    if claims.empty:
        return rows
    screen = claims[Mark.SHEET].map({number: sheets[number].kind.value for number in screens})
    latest = claims.groupby([screen, Col.PRODUCT_ORDER_NO])[Col.CLAIM_REQUESTED].transform("max")
    return rows.drop(claims.index[claims[Col.CLAIM_REQUESTED] < latest])


def _rivals(rows: pd.DataFrame, sheets: Sequence[ExportSheet]) -> pd.DataFrame:
    """Rows that share order, kind and time with another row, without exact copies."""
    stamps = {
        sheet: number for number, sheet in enumerate(dict.fromkeys((each.kind, each.taken_at) for each in sheets))
    }
    stamp = rows[Mark.SHEET].map({n: stamps[each.kind, each.taken_at] for n, each in enumerate(sheets)})
    shown = ~rows[Mark.SHEET].isin([number for number, sheet in enumerate(sheets) if sheet.kind.holds is Holds.ANSWERS])
    usable = rows[Mark.PROBLEM].isna() & rows[Col.PRODUCT_ORDER_NO].notna() & shown
    keys = pd.DataFrame({"stamp": stamp, Col.PRODUCT_ORDER_NO: rows[Col.PRODUCT_ORDER_NO]})[usable]
    shared = keys.index[keys.duplicated(keep=False)]
    if shared.empty:
        return rows.iloc[:0]
    rivals = rows.loc[shared].assign(stamp=stamp[shared])
    different = rivals.drop_duplicates(["stamp", Col.PRODUCT_ORDER_NO, *CELLS])
    still = different[different.duplicated(["stamp", Col.PRODUCT_ORDER_NO], keep=False)]
    pairs = pd.MultiIndex.from_frame(still[["stamp", Col.PRODUCT_ORDER_NO]])
    return rivals[pd.MultiIndex.from_frame(rivals[["stamp", Col.PRODUCT_ORDER_NO]]).isin(pairs)]


def _texts(rivals: pd.DataFrame, role: str, sheets: Sequence[ExportSheet]) -> pd.Series:
    """A column as text; missing only if the sheet has no such column or the file does not hold this cell."""
    has = [sheet.saw(role) for sheet in sheets]
    cells = zip(rivals[role], rivals[role].isna(), rivals[Mark.SHEET], lacks(rivals, role), strict=True)
    texts = [("" if blank else str(value)) if has[sheet] and not lost else None for value, blank, sheet, lost in cells]
    return pd.Series(texts, index=rivals.index, dtype="object")


def _contradiction(problems: RowProblems, here: ExportPlace, other: ExportPlace, roles: Sequence[str]) -> Problem:
    sheet, row = here
    return problems.make(
        "conflicting_rows",
        sheet.place(row),
        column=sheet.header(roles[0]),
        value="",
        names=", ".join(sheet.header(role) for role in roles),
        file=" › ".join(other[0].place()[:2]),
        row=other[1],
    )


def noted(rows: pd.DataFrame, found: Mapping[int, Problem]) -> pd.DataFrame:
    """The rows with these problems added; `found` maps the index label of a row to its problem."""
    if not found:
        return rows
    problems = rows[Mark.PROBLEM].copy()
    problems.loc[list(found)] = pd.Series(found, dtype="object")
    return rows.assign(**{Mark.PROBLEM: problems})
