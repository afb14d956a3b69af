"""Every table is declared once: frames are checked against it, and the ledger's database has just these columns."""

from __future__ import annotations

import copy
import pickle
import sqlite3
from contextlib import closing
from dataclasses import replace

import pandas as pd
import pytest

from processor import ledger
from processor.model import Batch, Col, Evidence, PastOrder
from processor.model.nothing import NOTHING_BEFORE
from processor.model.tables import CLAIMS, JUDGED, LEDGER, PAST_ORDERS, POINT, READ, ROWS, SOLD_OUT, TO_MARK, Table
from processor.model.tables.schema import Column, amount, columns_of, flag, moment, text

IN_MEMORY = (ROWS, CLAIMS, SOLD_OUT, JUDGED, TO_MARK, POINT, PAST_ORDERS)
EVERY = (*IN_MEMORY, *LEDGER)
MADE_BY_SELECT = {"INT": "INTEGER"}
"""What SQLite calls the type of a column in a table that was made of another one."""


def by_name(table):
    return table.name


# ── declarations ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", EVERY, ids=by_name)
def test_every_column_says_what_it_means(table):
    assert [column for column in table.columns if not column.meaning] == []


@pytest.mark.parametrize("table", EVERY, ids=by_name)
def test_no_name_stands_twice_in_a_table(table):
    assert len(set(table)) == len(table.columns)


def test_every_amount_says_what_it_counts():
    assert [column for table in EVERY for column in table.columns if column.dtype == "Int64" and not column.unit] == []


def test_a_column_is_its_name_and_keeps_what_it_says_when_it_is_copied():
    column = Column("due", "datetime64[us]", "until when", "days")
    assert {"due": 1}[column] == 1

    for twin in (copy.copy(column), copy.deepcopy(column), pickle.loads(pickle.dumps(column))):
        assert (twin, twin.dtype, twin.meaning, twin.unit) == ("due", "datetime64[us]", "until when", "days")


def test_columns_stand_in_the_order_in_which_they_are_declared_a_base_first():
    class First:
        A = text("a", "")

    class Second(First):
        B = flag("b", "")
        C = 3

    assert columns_of(Second) == ("a", "b")


# ── checks ───────────────────────────────────────────────────────────────────────────────────────


class Some:
    NAME = text("name", "its name")
    WON = amount("won", "its price")
    SEEN = moment("seen", "when it was seen")


SOME = Table("some", columns_of(Some))


@pytest.fixture
def frame() -> pd.DataFrame:
    return SOME.empty()


def test_what_is_done_to_an_empty_table_is_done_to_that_one_alone():
    one = POINT.empty()
    one["more"] = 1
    one.index = pd.Index([], name="of another kind")

    POINT.check(POINT.empty())


@pytest.mark.parametrize("table", IN_MEMORY, ids=by_name)
def test_a_table_without_rows_has_its_own_shape(table):
    empty = table.empty()

    table.check(empty)
    assert (len(empty), list(empty), empty.dtypes.astype(str).to_dict()) == (0, list(table), dict(table))


def test_the_order_of_columns_does_not_matter(frame):
    SOME.check(frame[["seen", "won", "name"]])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda frame: frame.drop(columns="won"), "column won is missing"),
        (lambda frame: frame.assign(other=1), "column other is not declared"),
        (lambda frame: frame.astype({"won": "int64"}), "column won is int64, not Int64"),
        (lambda frame: frame.assign(seen=frame["seen"].astype("datetime64[ns]")),
         "column seen is datetime64[ns], not datetime64[us]"),
        (lambda frame: frame.astype({"name": object}), "column name is object, not str"),
        (lambda frame: frame[["name", "won", "seen", "won"]], "column won stands there twice"),
        (lambda frame: frame.rename(columns={"won": 0}), "column won is missing; column 0 is not declared"),
        (lambda frame: frame.rename_axis("row"), "its index is row, not None"),
    ],
)  # fmt: skip
def test_a_frame_of_another_shape_is_a_fault_that_names_table_and_column(frame, change, fault):
    with pytest.raises(TypeError) as refused:
        SOME.check(change(frame))

    assert str(refused.value) == f"table some: {fault}"


def test_a_table_that_is_searched_by_a_column_has_that_index():
    PAST_ORDERS.check(NOTHING_BEFORE.orders)

    with pytest.raises(TypeError, match="its index is None, not product_order_no"):
        PAST_ORDERS.check(NOTHING_BEFORE.orders.reset_index(drop=True))


@pytest.mark.parametrize(
    ("made", "table"),
    [
        (lambda: Batch(CLAIMS.empty().drop(columns=Col.DUE_AT), SOLD_OUT.empty(), (), (), (), ()), "claims"),
        (lambda: Batch(CLAIMS.empty(), READ.empty(), (), (), (), ()), "sold_out"),
        (lambda: Batch(CLAIMS.empty(), SOLD_OUT.empty(), (), (), (), (), earlier=READ.empty()), "claims"),
        (lambda: Evidence((), READ.empty()), "read \\+ marks"),
        (lambda: replace(NOTHING_BEFORE, orders=NOTHING_BEFORE.orders.drop(columns=PastOrder.RULE)), "past_orders"),
        (lambda: replace(NOTHING_BEFORE, latest=NOTHING_BEFORE.orders.astype({PastOrder.RUN: "Int64"})), "past_orders"),
        (lambda: replace(NOTHING_BEFORE, points=pd.DataFrame()), "points"),
    ],
)
def test_nothing_of_another_shape_passes_from_room_to_room(made, table):
    with pytest.raises(TypeError, match=f"^table {table}: "):
        made()


# ── the ledger's database ────────────────────────────────────────────────────────────────────────


def test_the_database_has_the_tables_and_columns_that_are_declared(tmp_path):
    """Names and types; the day of orders_before and points_before has no type, since it was made of a mere text."""
    path = tmp_path / "ledger.sqlite3"
    with ledger.opened(path, writing=True):
        pass
    with closing(sqlite3.connect(path)) as base:
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        made = {
            name: {
                column: MADE_BY_SELECT.get(kind, kind)
                for _, column, kind, *_ in base.execute(f"PRAGMA table_info({name})")
            }
            for name in names
        }

    declared = {table.name: {str(column): column.sql for column in table.columns} for table in LEDGER}
    for before in ("orders_before", "points_before"):
        declared[before]["day"] = ""
    assert made == declared
