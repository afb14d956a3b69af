"""Opens the ledger, brings an older one up to date, and turns the errors of sqlite3 into those of this program."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from processor import disk

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
"""What the operating system refuses. Any other error means that the file is no ledger of this program."""
_PRIMARY: Final = 0xFF
"""A mask: the last byte of an extended error code is the primary error."""
_WAIT: Final = 5.0
"""Seconds that a reader waits while a run writes its entry."""
_LARGEST: Final = 1 << 30
"""Bytes of a ledger: one of 40,000 open orders, each on three screens, has 53 MiB."""
_LONGEST_VALUE: Final = 128 << 20
"""Bytes of one value. The longest is the list of the numbers of a batch."""
_MOST_STEPS: Final = 5_000_000_000
"""Steps of SQLite between opening and closing a ledger, some minutes of work: that of 40,000 orders takes 20 million."""
_BETWEEN: Final = 1_000_000
"""Steps between two counts."""
_BESIDE: Final = ("-journal", "-wal", "-shm")
_NAMES_ANOTHER_FILE: Final = bytes.fromhex("d9d505f920a163d7")
"""The last bytes of a journal that ends with the name of another file. SQLite would delete that file."""


class Unusable(Exception):
    """The ledger is damaged, was not made by this program, or by a newer version of it. Nothing was changed."""

    def __init__(self, path: Path, *, newer: bool) -> None:
        super().__init__(str(path))
        self.path = path
        self.newer = newer


class _Steps:
    """Counts the steps of SQLite, and ends a query when there were too many."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS // _BETWEEN

    @property
    def too_many(self) -> bool:
        return self._left <= 0

    def __call__(self) -> bool:
        self._left -= 1
        return self.too_many


@contextmanager
def connection(path: Path, *, writing: bool) -> Iterator[sqlite3.Connection]:
    """Opens the ledger and brings it up to date. If it is only read, it must exist.

    Raises OSError or Unusable, never an error of sqlite3. Reading changes nothing, except that SQLite rolls back the
    unfinished transaction of a run that died.
    """
    steps = _Steps()
    with _in_words_of_the_system(path, steps):
        if writing and not disk.taken(path):
            _create(path)
        _check_files(path)
        with closing(sqlite3.connect(_uri(path), uri=True, timeout=_WAIT)) as base:
            base.isolation_level = None  # this code begins and ends transactions itself
            base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
            base.set_progress_handler(steps, _BETWEEN)
            with understanding(path):  # what SQLite says of names that are no text is no text either
                _check(base, path)
            if writing:
                _bring_up_to_date(base)
            elif _version(base) < len(MIGRATIONS):
                with closing(_newer_copy(base)) as copy:
                    yield copy
                return
            yield base


def _uri(path: Path) -> str:
    """The ledger as SQLite takes it to open it and not to make it. A share has its name after an empty authority."""
    place = path.resolve().as_posix()  # C:/…, //server/share/… or /…
    return f"file://{'' if place.startswith('/') else '/'}{quote(os.fsencode(place))}?mode=rw"


def _create(path: Path) -> None:
    """Makes an empty ledger. Its file is complete or does not exist, so that an empty file is a damaged ledger."""
    for beside in _beside(path):  # of an earlier ledger: SQLite would apply them to this one
        disk.remove(beside)
    disk.write_whole(path, _blank())


@cache
def _blank() -> bytes:
    """The file of an empty ledger."""
    with nothing() as base:
        return base.serialize()


def _beside(path: Path) -> list[Path]:
    """The files that SQLite puts beside the ledger while it works."""
    return [path.with_name(f"{path.name}{suffix}") for suffix in _BESIDE]


def _check_files(path: Path) -> None:
    """Raises NotPlain or Unusable if SQLite should not open these files."""
    for file in (path, *_beside(path)):
        disk.check_own(file)
    journal = _beside(path)[0]
    if path.stat().st_size > _LARGEST or (journal.exists() and _end_of(journal) == _NAMES_ANOTHER_FILE):
        raise Unusable(path, newer=False)


def _end_of(file: Path) -> bytes:
    length = len(_NAMES_ANOTHER_FILE)
    with file.open("rb") as stream:
        stream.seek(-min(length, file.stat().st_size), os.SEEK_END)
        return stream.read(length)


def _check(base: sqlite3.Connection, path: Path) -> None:
    """Raises Unusable if the file is not what this program or an earlier version of it has written.

    Its tables and indexes must be the known ones, without views, triggers or anything else that runs, and each page
    must be sound.
    """
    version = _version(base)
    if version > len(MIGRATIONS):
        raise Unusable(path, newer=True)
    if version < 1 or _schema(base) != _known_schema(version):
        raise Unusable(path, newer=False)
    if base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise Unusable(path, newer=False)


def _schema(base: sqlite3.Connection) -> set[tuple[str, ...]]:
    """Whatever the database declares: kind, name, table and statement, without what versions of SQLite write differently."""
    declared = base.execute("SELECT type, name, tbl_name, COALESCE(sql, '') FROM sqlite_master")
    return {(*names, " ".join(sql.replace('"', "").split())) for *names, sql in declared}


@cache
def _known_schema(version: int) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        _migrate(base, MIGRATIONS[:version])
        return _schema(base)


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
    _migrate(base, MIGRATIONS[version:])
    base.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    base.execute("COMMIT" if version < len(MIGRATIONS) else "ROLLBACK")


def _migrate(base: sqlite3.Connection, scripts: Iterable[str]) -> None:
    for script in scripts:
        for statement in script.split(";"):
            if statement.strip():
                base.execute(statement)


def _newer_copy(base: sqlite3.Connection) -> sqlite3.Connection:
    """A copy in memory, brought up to date, of an older ledger."""
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
def understanding(path: Path) -> Iterator[None]:
    """Raises Unusable if values of the ledger are not such as this program stores. `path`: of the ledger."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError) as error:
        raise Unusable(path, newer=False) from error


@contextmanager
def _in_words_of_the_system(path: Path, steps: _Steps) -> Iterator[None]:
    """Turns errors of sqlite3 into OSError or Unusable, so that callers need not know sqlite3."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):  # a mistake of this program
        raise
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
        if (
            code == sqlite3.SQLITE_INTERRUPT and not steps.too_many
        ):  # only Ctrl-C interrupts too, while steps are counted
            raise KeyboardInterrupt from error
        if code in _CAUSES:
            raise OSError(_CAUSES[code], str(error), str(path)) from error
        raise Unusable(path, newer=False) from error
