"""The complete rules.yaml that sellers may have: those of this project's history, and from which of them a file comes.

Before a desk's rules built on a default, each seller had a copy of the whole file. What he has changed in it is what
differs from the copy that he was given.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from processor.rulebook import carrying, default
from processor.rulebook.english import without_english

PACKED: Final = Path(__file__).with_name("released") / "complete.xz"
"""The data of every such file as JSON, oldest first; `.ci/pack_complete_rules.py` makes it."""
_TABLES: Final = ("impossible", "decisions", "fees", "penalties")


def aligned(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a complete file in today's form, without its version.

    Once `impossible` was a list of rows without examples: there the `when` of each row is taken as its example.
    """
    data = {key: value for key, value in data.items() if key != "version"}
    rows = data.get("impossible")
    if isinstance(rows, list):
        examples = [
            {"name": f"{row['id']}의 예시", "given": row["when"], "expect": row["id"]}
            for row in rows
            if isinstance(row, dict) and {"id", "when"} <= row.keys()
        ]
        data["impossible"] = {"rows": rows, "examples": examples}
    return data


def origin(edited: dict[str, Any], newest: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The version and the data of the complete file that this one comes from: the one with the fewest differences.

    edited, and the result: in today's form. newest: the data of the newest default. Of several that differ as little it
    is the newest.
    """
    return min(given_out(newest), key=lambda given: carrying.changes(given[1], edited).count)


def with_own_ids(edited: dict[str, Any], base: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The file in which each row that the base lacks has an id M-…, and those that have become another: old → new.

    Defaults to come may use every other id. An example that expects such a row expects its new id.
    """
    taken = {str(row.get("id")) for table in _TABLES for row in _rows(edited, table)}
    renamed: dict[str, str] = {}
    for table in _TABLES:
        known = {row.get("id") for row in _rows(base, table)}
        for row in _rows(edited, table):
            old = row.get("id")
            if isinstance(old, str) and old not in known and not old.startswith("M-") and old not in renamed:
                renamed[old] = _free(old, taken)
                taken.add(renamed[old])
    found = dict(edited)
    for table in _TABLES:
        if renamed and isinstance(edited.get(table), dict):
            found[table] = {
                **edited[table],
                **{part: _renamed(rows, renamed) for part, rows in edited[table].items() if part in _NAMING},
            }
    return found, renamed


_NAMING: Final = {"rows": "id", "examples": "expect"}


def given_out(newest: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The version and the data, in today's form, of all complete files that a seller can have; the newest first.

    Those of the history have their English as far as it stood in them; since then it stands in a file of its own.
    """
    released = [default.default(version) for version in default.versions() if version < newest["version"]]
    packed = json.loads(lzma.decompress(PACKED.read_bytes()))
    for data in reversed([*packed, *map(without_english, filter(None, released)), without_english(newest)]):
        yield data["version"], aligned(data)


def _rows(data: Mapping[str, Any], table: str) -> list[dict[str, Any]]:
    section = data.get(table)
    rows = section.get("rows") if isinstance(section, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _free(old: str, taken: set[str]) -> str:
    """M- with the number of the old id, or else with the first that no row has."""
    wanted = f"M-{old.partition('-')[2]}"
    others = (f"M-{number:02d}" for number in range(1, 100))
    return next((each for each in (wanted, *others) if each not in taken), wanted)


def _renamed(rows: Any, renamed: Mapping[str, str]) -> Any:  # noqa: ANN401 - a list of rows or of examples
    def name(value: object) -> object:
        if isinstance(value, list):
            return [name(each) for each in value]
        return renamed.get(value, value) if isinstance(value, str) else value

    if not isinstance(rows, list):
        return rows
    keys = _NAMING.values()
    return [
        {key: name(value) if key in keys else value for key, value in row.items()} if isinstance(row, dict) else row
        for row in rows
    ]
