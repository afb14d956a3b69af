"""Opens the ledger, brings an older one up to date, and turns the errors of sqlite3 into those of this program."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

MIGRATIONS: Final = (
    """
    CREATE TABLE runs (
        number    INTEGER PRIMARY KEY,
        name      TEXT NOT NULL UNIQUE,      -- as in 처리목록_<name>.xlsx
        as_of     TEXT NOT NULL,
        rules     TEXT NOT NULL,             -- sha256 of rules.yaml
        version   TEXT NOT NULL,
        orders    INTEGER NOT NULL
    );
    CREATE TABLE files (
        sha256    TEXT NOT NULL,
        rules     TEXT NOT NULL,             -- another rules.yaml may say another thing of the same file
        name      TEXT NOT NULL,
        run       INTEGER NOT NULL,
        PRIMARY KEY (sha256, rules)
    ) WITHOUT ROWID;
    CREATE TABLE orders (
        product_order_no TEXT PRIMARY KEY,
        order_no     TEXT NOT NULL,
        bundle_no    TEXT NOT NULL,
        open         INTEGER NOT NULL,
        action       TEXT NOT NULL,
        rule         TEXT NOT NULL,
        run          INTEGER NOT NULL,
        decided_at   TEXT NOT NULL,
        since        TEXT NOT NULL,
        act_by       TEXT,
        asks         TEXT NOT NULL,
        flags        TEXT NOT NULL,
        request_open INTEGER NOT NULL,
        requested_at TEXT,
        dispatched   INTEGER NOT NULL,
        earlier      TEXT NOT NULL,
        seen_at      TEXT,
        seen_in      TEXT NOT NULL,
        product      TEXT NOT NULL
    );
    CREATE INDEX open_orders ON orders (product_order_no) WHERE open;
    CREATE TABLE states (                    -- of open orders only, apart: their room is used again
        product_order_no TEXT PRIMARY KEY,
        state        TEXT NOT NULL           -- JSON
    ) WITHOUT ROWID;
    CREATE TABLE answers (
        product_order_no TEXT NOT NULL,
        cell      TEXT NOT NULL,
        run       INTEGER NOT NULL,
        value     TEXT NOT NULL,
        asked     INTEGER NOT NULL,
        about     INTEGER NOT NULL,
        PRIMARY KEY (product_order_no, cell, run)
    ) WITHOUT ROWID;
    CREATE TABLE points (
        product_order_no TEXT NOT NULL,
        rule      TEXT NOT NULL,
        event     TEXT NOT NULL,
        points    INTEGER NOT NULL,
        granted_on TEXT,
        by_action INTEGER NOT NULL,
        run       INTEGER NOT NULL,
        PRIMARY KEY (product_order_no, rule)
    ) WITHOUT ROWID;
    """,
    """
    ALTER TABLE points RENAME TO points_by_rule;
    CREATE TABLE points (
        product_order_no TEXT NOT NULL,
        event     TEXT NOT NULL,
        granted_on TEXT NOT NULL,            -- "" = not known
        rule      TEXT NOT NULL,
        points    INTEGER NOT NULL,
        by_action INTEGER NOT NULL,
        run       INTEGER NOT NULL,
        PRIMARY KEY (product_order_no, event, granted_on)
    ) WITHOUT ROWID;
    INSERT OR IGNORE INTO points
        SELECT product_order_no, event, COALESCE(granted_on, ''), rule, points, by_action, run FROM points_by_rule;
    DROP TABLE points_by_rule;
    ALTER TABLE orders ADD COLUMN product_no TEXT NOT NULL DEFAULT '';
    ALTER TABLE orders ADD COLUMN paid_on TEXT;
    ALTER TABLE orders ADD COLUMN own_cancel TEXT NOT NULL DEFAULT '';
    CREATE INDEX paid_orders ON orders (paid_on);
    CREATE INDEX own_cancels ON orders (product_no) WHERE own_cancel != '';
    """,
    """
    ALTER TABLE states RENAME TO states_a_page_each;
    CREATE TABLE states (                    -- with row ids: a third of the room, for a state takes a quarter of a page
        product_order_no TEXT PRIMARY KEY,
        state        TEXT NOT NULL           -- JSON
    );
    INSERT INTO states SELECT product_order_no, state FROM states_a_page_each ORDER BY product_order_no;
    DROP TABLE states_a_page_each;
    """,
    """
    CREATE TABLE sheets (
        number    INTEGER PRIMARY KEY,
        run       INTEGER NOT NULL,
        sha256    TEXT NOT NULL,             -- of the file
        file      TEXT NOT NULL,
        name      TEXT NOT NULL,
        kind      TEXT NOT NULL,
        taken_at  TEXT NOT NULL,
        dated     INTEGER NOT NULL,
        typed     INTEGER NOT NULL,
        headers   TEXT NOT NULL,             -- JSON, by the role of the column
        whole     INTEGER NOT NULL
    );
    CREATE TABLE evidence (                  -- rows of those sheets as they were read
        product_order_no TEXT NOT NULL,      -- "" = it could not be read, or it is a row of a list of goods
        sheet     INTEGER NOT NULL,
        row       INTEGER NOT NULL,
        cells     TEXT NOT NULL,             -- JSON, what is not blank, by the role of the column
        problem   TEXT                       -- JSON
    );
    CREATE INDEX evidence_of_orders ON evidence (product_order_no);
    CREATE INDEX evidence_of_sheets ON evidence (sheet);
    CREATE TABLE told (                      -- answers as they were written, of the last day
        run       INTEGER NOT NULL,
        product_order_no TEXT NOT NULL,
        file      TEXT NOT NULL,
        sheet     TEXT NOT NULL,
        row       INTEGER NOT NULL,
        at        TEXT NOT NULL,
        workbook  TEXT,
        cells     TEXT NOT NULL,             -- JSON
        action    TEXT
    );
    CREATE TABLE lost (                      -- files that nobody could read, of the last day
        run       INTEGER NOT NULL,
        problem   TEXT NOT NULL,             -- JSON
        numbers   TEXT NOT NULL              -- of orders in tables that were refused, space-separated
    );
    ALTER TABLE answers ADD COLUMN at TEXT;
    ALTER TABLE answers ADD COLUMN held INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE runs ADD COLUMN listed INTEGER NOT NULL DEFAULT 1;
    INSERT INTO sheets (run, sha256, file, name, kind, taken_at, dated, typed, headers, whole)
        SELECT 0, '', '', '', kind, seen_at, 1, 1, '{}', 0
        FROM (SELECT DISTINCT seen_at, kind FROM orders JOIN (
            SELECT 'dispatch' AS kind UNION SELECT 'cancel' UNION SELECT 'return' UNION SELECT 'exchange'
            UNION SELECT 'search' UNION SELECT 'shipping' UNION SELECT 'decided')
            ON ' ' || seen_in || ' ' LIKE '% ' || kind || ' %'
            WHERE open AND seen_at IS NOT NULL);
    INSERT INTO evidence (product_order_no, sheet, row, cells)
        SELECT product_order_no, number, 0, state
        FROM orders JOIN states USING (product_order_no)
        JOIN sheets ON taken_at = seen_at AND ' ' || seen_in || ' ' LIKE '% ' || kind || ' %'
        WHERE open;
    DROP TABLE states;
    ALTER TABLE orders DROP COLUMN request_open;
    ALTER TABLE orders DROP COLUMN requested_at;
    ALTER TABLE orders DROP COLUMN earlier;
    ALTER TABLE orders DROP COLUMN seen_in;
    CREATE INDEX orders_of_runs ON orders (run);
    CREATE TABLE orders_before AS SELECT '' AS day, * FROM orders WHERE 0;
    CREATE TABLE points_before AS SELECT '' AS day, * FROM points WHERE 0;
    """,
)
"""Each migration raises the `user_version` of the ledger by one. Released migrations are never changed."""

_CAUSES: Final = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
_PRIMARY: Final = 0xFF
"""A mask: the last byte of an extended error code is the primary error."""
_WAIT: Final = 5.0
"""Seconds that a reader waits while a run writes its entry."""


class Unusable(Exception):
    """The ledger is damaged, or was written by a newer version of this program. Nothing was changed."""

    def __init__(self, path: Path, *, newer: bool) -> None:
        super().__init__(str(path))
        self.path = path
        self.newer = newer


@contextmanager
def connection(path: Path, *, writing: bool) -> Iterator[sqlite3.Connection]:
    """Opens the ledger and brings it up to date. If it is only read, it must exist.

    Raises OSError or Unusable, never an error of sqlite3. Reading changes nothing, except that SQLite rolls back the
    unfinished transaction of a run that died.
    """
    with _in_words_of_the_system(path):
        if writing:
            path.touch(mode=0o600)  # readable by its user alone; SQLite keeps the permissions, also for its journal
        mode = "rwc" if writing else "rw"
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=_WAIT)) as base:
            base.isolation_level = None  # this code begins and ends transactions itself
            if _version(base) > len(MIGRATIONS):
                raise Unusable(path, newer=True)
            if writing:
                _bring_up_to_date(base)
            elif _version(base) < len(MIGRATIONS):
                with closing(_newer_copy(base)) as copy:
                    yield copy
                return
            yield base


@contextmanager
def nothing() -> Iterator[sqlite3.Connection]:
    """An empty ledger of the newest version, in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        _bring_up_to_date(base)
        yield base


def _version(base: sqlite3.Connection) -> int:
    return int(base.execute("PRAGMA user_version").fetchone()[0])


def _bring_up_to_date(base: sqlite3.Connection) -> None:
    """Runs the missing migrations. Raises an error first if the ledger cannot be written.

    BEGIN alone does not raise it: for a read-only file it starts a reading transaction.
    """
    base.execute("PRAGMA synchronous = FULL")
    base.execute("BEGIN IMMEDIATE")
    version = _version(base)
    for script in MIGRATIONS[version:]:
        for statement in script.split(";"):
            if statement.strip():
                base.execute(statement)
    base.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    base.execute("COMMIT" if version < len(MIGRATIONS) else "ROLLBACK")


def _newer_copy(base: sqlite3.Connection) -> sqlite3.Connection:
    """A copy in memory, brought up to date, of an older ledger or of one that was just created."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    base.backup(copy)
    _bring_up_to_date(copy)
    return copy


@contextmanager
def transaction(base: sqlite3.Connection) -> Iterator[None]:
    """A transaction: all changes are stored, or none if an error is raised."""
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if base.in_transaction:  # if the disk failed, SQLite has rolled back already
            base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")


@contextmanager
def _in_words_of_the_system(path: Path) -> Iterator[None]:
    """Turns errors of sqlite3 into OSError or Unusable, so that callers need not know sqlite3."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None or (code & _PRIMARY) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            if isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError):
                raise
            raise Unusable(path, newer=False) from error
        if (code & _PRIMARY) not in _CAUSES:
            raise
        raise OSError(_CAUSES[code & _PRIMARY], str(error), str(path)) from error
