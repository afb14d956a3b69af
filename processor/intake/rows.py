"""Reads the rows of one recognised sheet into typed columns, with a problem for each row that has a bad cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from processor.intake import cells
from processor.intake.columns import Column, Typed, typed
from processor.intake.layout import Layout
from processor.intake.not_orders import not_orders
from processor.intake.parsing import parse_of
from processor.intake.problems import RowProblems, problem, whose
from processor.intake.serials import whole_days
from processor.intake.sheet import ExportSheet
from processor.intake.unheld import held
from processor.model import NOTHING, SETTLING, Col, Holds, Problem
from processor.model.tables import READ, Mark
from processor.opener.reply import Columns


class Rows(NamedTuple):
    """What was read below the header of one sheet."""

    table: pd.DataFrame  # tables.ROWS
    not_orders: tuple[int, ...]  # the numbers of rows, not in `table`, with only sums or a memo


def rows(sheet: ExportSheet, below: Columns, layout: Layout) -> Rows:
    """The rows below the header with at least one filled cell in a known column."""
    raw, filled, products = held(sheet, below, layout)
    numbers = (
        np.flatnonzero(filled) + sheet.found.header_row + 2
    )  # Excel counts from 1, and the data begin below the header
    raw = {role: each.keep(filled) for role, each in raw.items()}
    products = products and products.keep(filled)
    named = _named(raw)
    sums = not_orders(raw, named[Col.PRODUCT_ORDER_NO].bad) if named else np.zeros(len(numbers), dtype=bool)
    if sums.any():
        raw = {role: each.keep(~sums) for role, each in raw.items()}
        named = {role: each.keep(~sums) for role, each in named.items()}
        products = products and products.keep(~sums)
    return Rows(_table(sheet, raw, named, products, numbers[~sums], layout), tuple(numbers[sums].tolist()))


def _named(raw: Mapping[str, Column]) -> dict[str, Typed]:
    """The typed column 상품주문번호; {} for a list of goods, which does not have it."""
    key = Col.PRODUCT_ORDER_NO
    return {key: typed(raw[key], cells.product_order_no, READ[key])} if key in raw else {}


def _table(
    sheet: ExportSheet,
    raw: Mapping[str, Column],
    named: Mapping[str, Typed],
    products: Column | None,
    numbers: NDArray[np.intp],
    layout: Layout,
) -> pd.DataFrame:
    days = whole_days(raw)
    read = {
        role: named[role] if role in named else typed(each, parse_of(role, sheet.kind, layout, days), READ[role])
        for role, each in raw.items()
    }
    blank = {dtype: pd.Series(index=range(len(numbers)), dtype=dtype).array for dtype in set(READ.values())}
    table = pd.DataFrame({role: read[role].values if role in read else blank[dtype] for role, dtype in READ.items()})
    table[Mark.SHEET] = 0
    table[Mark.ROW] = numbers
    table[Mark.PROBLEM] = _problems(sheet, raw, read, products, table[Mark.ROW], layout)
    for mark, role in {Mark.ROUNDED: Col.PRODUCT_ORDER_NO, Mark.ORDER_ROUNDED: Col.ORDER_NO}.items():
        table[mark] = raw[role].which(cells.is_rounded) if role in raw else False
    table[Mark.UNHELD] = _unheld(raw, len(numbers))
    table[Mark.SILENT] = (
        (table[list(SETTLING)].fillna("") == "").all(axis=1) if sheet.kind.holds is Holds.ANSWERS else False
    )
    return _list_entries(sheet, table) if sheet.kind.holds is Holds.GOODS else table


def _unheld(raw: Mapping[str, Column], rows: int) -> pd.Series:
    names = np.full(rows, "", dtype=object)
    for role, column in raw.items():
        if column.not_held is not None and column.not_held.any():
            names[column.not_held] += f" {role}"
    return pd.Series(names, dtype="str").str.strip()


def _problems(
    sheet: ExportSheet,
    raw: Mapping[str, Column],
    read: Mapping[str, Typed],
    products: Column | None,
    numbers: pd.Series,
    layout: Layout,
) -> NDArray[np.object_]:
    """The problem of each bad row: that of its first bad cell, with the problems of its other bad cells in `more`."""
    found = sheet.found
    roles = sorted(found.places, key=lambda role: (role != Col.PRODUCT_ORDER_NO, found.places[role]))
    bad = np.column_stack([read[role].bad for role in roles])
    problems = np.full(len(numbers), None, dtype=object)
    excel = numbers.tolist()
    key = read.get(Col.PRODUCT_ORDER_NO)
    numbers_of = [""] * len(numbers) if key is None else key.values.fillna("").tolist()

    def of_cell(row: int, role: str, make: Callable[..., Problem] = problem) -> Problem:
        code, answers = read[role].why[raw[role].codes[row]], layout.answers.get(role, NOTHING)
        about = whose(numbers_of[row], "" if products is None else cells.text(products.cell(row)))
        return make(
            f"{code.split('.')[0]}.unheld" if raw[role].unheld[row] else code,
            sheet.place(excel[row]),
            column=sheet.header(role),
            value=cells.text(raw[role].cell(row)),
            names=answers.ko,
            names_en=answers.en,
            order=about.ko,
            order_en=about.en,
        )

    def of_cells(row: int, some: Sequence[str]) -> tuple[Problem, ...]:
        return tuple(of_cell(row, role) for role in some)

    of_rows = RowProblems()
    for row in np.flatnonzero(bad.any(axis=1)).tolist():
        first, *others = (roles[place] for place in np.flatnonzero(bad[row]).tolist())
        problems[row] = of_cell(row, first, partial(of_rows.make, more=partial(of_cells, row, others)))
    return problems


def _list_entries(sheet: ExportSheet, table: pd.DataFrame) -> pd.DataFrame:
    """Adds a problem to each list entry without a product.

    An option alone ("색상: 빨강"), or an entry with a cell that the file does not hold, would match too many orders.
    """
    names = table[[Col.PRODUCT_NO, Col.SELLER_SKU, Col.OPTION_CODE]].fillna("")
    wide = np.where((names == "").all(axis=1), "list_entry_incomplete", "")
    wide = np.where(table[Mark.UNHELD] != "", "list_entry_incomplete.unheld", wide)
    of_rows = RowProblems()
    problems: list[Problem | None] = [
        of_rows.make(why, sheet.place(row), column=sheet.header(Col.OPTION), value="" if pd.isna(option) else option)
        if why and old is None
        else old
        for row, option, why, old in zip(
            table[Mark.ROW].tolist(), table[Col.OPTION], wide.tolist(), table[Mark.PROBLEM], strict=True
        )
    ]
    return table.assign(**{Mark.PROBLEM: pd.Series(problems, dtype="object", index=table.index)})
