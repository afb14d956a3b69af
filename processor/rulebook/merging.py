"""Lays the changes of a desk over the default rules that its rules.yaml builds on.

A desk's rules.yaml has `based_on: VERSION` and what the seller wants otherwise, in the sections of the default:

- an entry of a mapping replaces that entry (`store.packed`); a number by date is replaced with all its dates;
- a row with the id of a default row replaces it, `{id: C-33, off: true}` takes it out, and an own row, whose id begins
  with M-, says by `before` or `after` at which row it stands; an example is replaced or taken out by its name;
- what is said of an export kind or a reason by its name is changed or, if it is a list, added;
- labels, headers and days are added to lists. Every other list is replaced.

The result has the shape of a complete file, so all that follows reads and proves it like one. Each place in it is a
place of the seller's file: what the default says has the place of the nearest entry that the seller has written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from processor.model import Text, josa
from processor.rulebook.english import korean
from processor.rulebook.load import Complaint, Document, Path_, Places
from processor.rulebook.nearest import nearest

PARTS: Final[dict[Path_, str]] = {("exports", "kinds"): "kind", ("reasons",): "name"}
"""Lists whose entries are changed entry by entry, and what names each."""
_ADDED: Final = re.compile(
    r"exports/(?:columns/[^/]+|personal|kinds/\d+/[^/]+)|reasons/\d+/labels|calendar/[^/]+|penalties/moratoria"
)
"""The lists to which a desk adds."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OWN: Final = re.compile(r"M-.*")
MOVES: Final = ("before", "after")
_NOTHING: Final = object()


def named(path: Path_) -> str | None:
    """What names the rows of the list at this path: their `id`, `name` or `kind`; None if they have no names."""
    match path:
        case (_, "rows"):
            return "id"
        case (_, "examples"):
            return "name"
        case _:
            return PARTS.get(path)


def is_dated(value: object) -> bool:
    """Is it a number by date, such as {2020-01-01: 2, 2027-07-01: 3}?"""
    return isinstance(value, dict) and bool(value) and all(_DAY.fullmatch(key) for key in value)


def adds(path: Path_) -> bool:
    """Does a desk add to the list at this path, instead of replacing it?"""
    return _ADDED.fullmatch("/".join(map(str, path))) is not None


def merged(desk: Document, default: dict[str, Any], complaints: list[Complaint]) -> Document:
    """The rules in force. Adds a complaint for each change that does not say what it changes.

    default: the data of the default rules that the desk names, complete and with its English.
    """
    merging = _Merging(desk, complaints)
    own = {key: value for key, value in desk.data.items() if key != "based_on"}
    if "version" in own:
        complaints.append(Complaint(*desk.key(("version",)), _NOT_ITS_VERSION))
    data = merging.mapping(own, default, (), ())
    return Document(data, merging.values, merging.keys, default["version"], frozenset(merging.shared))


@dataclass(slots=True)
class _Merging:
    """What has been merged so far: the places of the result, and the entries that both files have a part in."""

    desk: Document
    complaints: list[Complaint]
    values: Places = field(default_factory=dict)
    keys: Places = field(default_factory=dict)
    shared: set[Path_] = field(default_factory=set)

    def node(self, own: Any, base: Any, written: Path_, path: Path_) -> Any:  # noqa: ANN401 - any part of the file
        """What is in force at a path. written: the path of the same entry in the seller's file."""
        if isinstance(own, dict) and isinstance(base, dict) and not is_dated(own):
            return self.mapping(own, base, written, path)
        if isinstance(own, list) and path == ("impossible",) and isinstance(base, dict):
            self._place(written, path)
            self.shared.add(path)
            return {**base, "rows": self.node(own, base["rows"], written, (*path, "rows"))}
        if isinstance(own, list) and isinstance(base, list):
            if (name := named(path)) is not None:
                return self.rows(own, base, written, path, name)
            if adds(path):
                return self._added(own, base, written, path)
        return self._taken(own, written, path)

    def mapping(self, own: dict[str, Any], base: dict[str, Any], written: Path_, path: Path_) -> dict[str, Any]:
        self._place(written, path)
        self.shared.add(path)
        found = dict(base)
        if korean(found | own) in own:
            found.pop("en", None)  # it says what the default says in Korean
        for key, value in own.items():
            self._place_key((*written, key), (*path, key))
            found[key] = self.node(value, base.get(key, _NOTHING), (*written, key), (*path, key))
        return found

    def rows(self, own: list[Any], base: list[Any], written: Path_, path: Path_, name: str) -> list[Any]:
        """The rows in force, in their order."""
        order = _Order([str(row[name]) for row in base])
        theirs: dict[str, dict[str, Any]] = {str(row[name]): row for row in base}
        changed: dict[str, int] = {}
        for index, row in enumerate(own):
            identity = str(row[name]) if isinstance(row, dict) and isinstance(row.get(name), str | int) else f"#{index}"
            fault = self._wrong(row, identity, name, theirs, changed) or order.take(identity, row)
            if fault:
                self.complaints.append(Complaint(*self.desk.mark((*written, index)), fault))
            else:
                changed[identity] = index
        self._place(written, path)
        self.shared.add(path)
        found = []
        for identity in order.left():
            at = changed.get(identity)
            if at is None:
                found.append(theirs[identity])
                continue
            row = own[at]
            if isinstance(row, dict) and name == "id":
                row = {key: value for key, value in row.items() if key not in MOVES}
            place: Path_ = (*path, len(found))
            part = path in PARTS and identity in theirs
            found.append(
                self.mapping(row, theirs[identity], (*written, at), place)
                if part
                else self._taken(row, (*written, at), place)
            )
        return found

    def _wrong(
        self, row: object, identity: str, name: str, theirs: dict[str, dict[str, Any]], changed: dict[str, int]
    ) -> Text | None:
        """What a change of a row does not say, or says twice."""
        if not isinstance(row, dict) or identity.startswith("#"):
            return None  # the shape of the row is wrong, and will be complained about
        if identity in changed:
            return _twice(identity)
        if row.get("off") is True and (identity not in theirs or len(row) > 2):
            return _off_and_more(identity) if identity in theirs else _not_in_default(identity, list(theirs))
        if name != "id" or identity in theirs:
            return None
        if not _OWN.fullmatch(identity):
            return _not_in_default(identity, list(theirs))
        return _where(identity) if sum(move in row for move in MOVES) != 1 else None

    def _added(self, own: list[Any], base: list[Any], written: Path_, path: Path_) -> list[Any]:
        self._place(written, path)
        self.shared.add(path)
        found = list(base)
        for index, item in enumerate(own):
            if item not in base:
                found.append(self._taken(item, (*written, index), (*path, len(found))))
        return found

    def _taken(self, own: Any, written: Path_, path: Path_) -> Any:  # noqa: ANN401 - any part of the file
        """An entry that is the seller's alone, as it stands."""
        self._place(written, path)
        below: Iterator[tuple[str | int, Any]] = iter(())
        if isinstance(own, dict):
            below = iter(own.items())
        elif isinstance(own, list):
            below = iter(enumerate(own))
        for key, value in below:
            self._place_key((*written, key), (*path, key))
            self._taken(value, (*written, key), (*path, key))
        return own

    def _place(self, written: Path_, path: Path_) -> None:
        self.values[path] = self.desk.values[written]

    def _place_key(self, written: Path_, path: Path_) -> None:
        if written in self.desk.keys:
            self.keys[path] = self.desk.keys[written]


class _Order:
    """The names of the rows, in the order in which they are tried."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._off: set[str] = set()
        self._behind: dict[str, str] = {}  # a row → the last of those that were put after it

    def take(self, name: str, row: Any) -> Text | None:  # noqa: ANN401 - the shape is checked later
        """Puts a row where it says, or leaves it where it is. A sentence if it stands at no known row."""
        if not isinstance(row, dict):
            self._names.append(name)
            return None
        if row.get("off") is True:
            self._off.add(name)
            return None
        move = next((move for move in MOVES if move in row), "")
        beside = row.get(move)
        if not isinstance(beside, str):
            if name not in self._names:
                self._names.append(name)
            return None
        if beside == name or beside not in self._names:
            return _no_such_place(beside, self._names)
        if name in self._names:
            self._names.remove(name)
        if move == "before":
            self._names.insert(self._names.index(beside), name)
        else:
            last = beside
            while last in self._behind:
                last = self._behind[last]
            self._names.insert(self._names.index(last) + 1, name)
            self._behind[beside] = name
        return None

    def left(self) -> list[str]:
        return [name for name in self._names if name not in self._off]


def _twice(name: str) -> Text:
    return Text(
        f"{name} 줄이 이 파일에 두 번 있습니다. 하나를 지우세요.", f"{name} stands twice in this file. Delete one."
    )


def _off_and_more(name: str) -> Text:
    return Text(
        f"{name} 줄을 끄려면 {{id: {name}, off: true}}만 적으세요. 고치려면 off를 지우세요.",
        f"To take {name} out write {{id: {name}, off: true}} alone; to change it, delete `off`.",
    )


def _not_in_default(name: str, known: list[str]) -> Text:
    hint = _near(name, known)
    return Text(
        f"{josa(name, '은/는')} 기본 규칙에 없습니다.{hint.ko} 내 가게만의 줄이면 번호를 M-01처럼 적으세요.",
        f"{name} is not in the default rules.{hint.en} A row of your own has an id like M-01.",
    )


def _near(name: str, known: list[str]) -> Text:
    near = nearest(name, known)
    return Text(f" 혹시 {near}입니까?", f" Did you mean {near}?") if near else Text("", "")


def _where(name: str) -> Text:
    return Text(
        f"{name} 줄이 설 자리를 적으세요: before: C-33 (C-33 바로 앞) 또는 after: C-33 (바로 뒤). 둘 가운데 하나만 적습니다.",
        f"Say where {name} stands: before: C-33, or after: C-33. Write one of the two.",
    )


def _no_such_place(name: str, known: list[str]) -> Text:
    hint = _near(name, known)
    return Text(
        f"before나 after에 적은 {name} 줄이 이 표에 없습니다.{hint.ko}",
        f"There is no row {name} in this table to stand before or after.{hint.en}",
    )


_NOT_ITS_VERSION: Final = Text(
    "version은 기본 규칙의 것입니다. 이 줄을 지우세요. 어느 기본 규칙을 쓰는지는 based_on이 말합니다.",
    "`version` belongs to the default rules. Delete this line: based_on says which default is used.",
)
