"""Finds what a file changes of the rules that it comes from, and carries such changes from one default to another.

`changes` is the inverse of `processor.rulebook.merging`: laid over the base, they give the edited file again.
`carried` lays them over another default. Entries are named by their keys and the names of their rows, as in
("decisions", "rows", "C-33"), because a row stands elsewhere in each file.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from processor.model import Text, josa
from processor.rulebook.editing import written
from processor.rulebook.english import filled, without_english
from processor.rulebook.load import Complaint, Document, Path_, load, named_by
from processor.rulebook.merging import MOVES, PARTS, adds, is_dated, merged, named

Names = tuple[str, ...]
_NOTHING: Final = object()


@dataclass(frozen=True, slots=True)
class Lost:
    """A change that cannot be carried: the entry, and why."""

    names: Names
    why: Text


@dataclass(frozen=True, slots=True)
class Meeting:
    """An entry that the seller has changed, and the default too. What the seller has written stays."""

    names: Names
    own: Any
    before: Any
    after: Any  # None: the default has it no more


@dataclass(frozen=True, slots=True)
class Changes:
    """own: in the form of a desk's rules.yaml, without based_on. lost: what this form cannot say. count: both together."""

    own: dict[str, Any]
    lost: tuple[Lost, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Carried:
    """own: the changes as they are written for the other default."""

    own: dict[str, Any]
    meetings: tuple[Meeting, ...]
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An entry that is new, different or missing in another default; before or after is None where it is not there."""

    names: Names
    before: Any
    after: Any


def changes(base: Mapping[str, Any], edited: Mapping[str, Any]) -> Changes:
    """What the edited file says otherwise than its base, which has no English. Examples that it lacks are no change."""
    inverse = _Inverse()
    own = inverse.mapping(base, edited, (), ())
    return Changes(own, tuple(inverse.lost), inverse.count)


def carried(
    own: Mapping[str, Any],
    base: Mapping[str, Any],
    edited: Mapping[str, Any],
    newest: Mapping[str, Any],
    *,
    as_written: bool,
) -> Carried:
    """Changes of the base, as changes of the newest default.

    edited: the rules that they make of the base. as_written: they stay in the file as they are, so that one that says
    nothing any more, such as `off` for a row that the newest default lacks, is lost too: the seller has to delete it.
    """
    carrying = _Carrying(as_written)
    found = carrying.mapping(own, base, edited, newest, (), ())
    return Carried(found, tuple(carrying.meetings), tuple(carrying.lost))


def other_places(own: Mapping[str, Any], carried: Mapping[str, Any]) -> Iterator[tuple[Path_, str]]:
    """The paths in a desk's data at which it says `before` or `after`, and the rows that must stand there now."""
    for table, section in carried.items():
        rows = section.get("rows") if isinstance(section, dict) else None
        for row in rows or ():
            at = next(at for at, each in enumerate(own[table]["rows"]) if each["id"] == row["id"])
            for move in MOVES:
                if move in row and own[table]["rows"][at].get(move) != row[move]:
                    yield (table, "rows", at, move), row[move]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Told]:
    """The rows, numbers, words and texts that two defaults have otherwise, in the order of the file, without examples."""
    yield from _told(without_english(before), without_english(after), (), ())


def place(document: Document, names: Names) -> tuple[int, int]:
    """The line and column of an entry in a file; of what stands around it, if the file does not have it."""
    path: tuple[str | int, ...] = ()
    found = document.data
    for name in names:
        if isinstance(found, dict) and name in found:
            found, path = found[name], (*path, name)
        elif isinstance(found, list) and name != "rows":  # so `impossible` was once
            at = next((at for at, row in enumerate(found) if name in (named_by(row), row)), None)
            if at is None:
                break
            found, path = found[at], (*path, at)
    return document.mark(path)


def names_at(document: Document, line: int, column: int) -> Names:
    """The names of the innermost entry that stands at a place or begins nearest before it."""
    before = [(where, len(path), path) for path, where in document.values.items() if where <= (line, column)]
    path = max(before)[2]
    names: list[str] = []
    found = document.data
    for key in path:
        found = found[key]
        names.append(key if isinstance(key, str) else named_by(found) or str(found))
    return tuple(names)


def amiss(own: Mapping[str, Any], base: Mapping[str, Any], edited: Mapping[str, Any]) -> list[Names]:
    """The entries that come out otherwise than in the edited file, if the changes are laid over its base; none if all is kept.

    Examples that he has deleted stay, and nothing hangs on the order of examples, reasons, export kinds and added words.
    """
    complaints: list[Complaint] = []
    desk = load(f"based_on: base\n{written(own)}", complaints)
    if desk is None or complaints:
        return [()]
    theirs = deepcopy({**base, "version": "base"})
    result = merged(desk, theirs, complaints).data
    if complaints:
        return [names_at(desk, each.line, each.column) for each in complaints]
    del result["version"]
    got, wanted = (_plain(filled(deepcopy(each), deepcopy(theirs)), ()) for each in (result, dict(edited)))
    for section, entries in got.items():
        if isinstance(entries, dict) and isinstance(entries.get("examples"), dict):
            kept = wanted[section]["examples"]
            entries["examples"] = {name: one for name, one in entries["examples"].items() if name in kept}
    return [tuple(filter(None, names)) for names in _unlike(got, wanted, ())]


@dataclass(slots=True)
class _Inverse:
    """What has been found of the differences of two files."""

    lost: list[Lost] = field(default_factory=list)
    count: int = 0

    def mapping(self, base: Mapping[str, Any], own: Mapping[str, Any], path: Names, names: Names) -> dict[str, Any]:
        """path: as `merging` has it, with indexes as text; names: as the seller knows it."""
        found: dict[str, Any] = {}
        for key, value in own.items():
            if value == base.get(key, _NOTHING):
                continue
            change = self._node(base.get(key, _NOTHING), value, (*path, key), (*names, key))
            if change is not _NOTHING:
                found[key] = change
        for key in base:
            if key not in own:
                self._lose(names, _deleted(key))
        return found

    def _node(self, base: Any, own: Any, path: Names, names: Names) -> Any:  # noqa: ANN401 - any part of the file
        if isinstance(own, dict) and isinstance(base, dict) and not is_dated(own):
            return self.mapping(base, own, path, names) or _NOTHING
        if isinstance(own, list) and isinstance(base, list):
            if (name := named(path)) is not None and _are_named(own, name):
                return self._rows(base, own, path, names, name) or _NOTHING
            if adds(path):
                return self._added(base, own, path, names) or _NOTHING
        self.count += 1
        return own

    def _rows(self, base: list[Any], own: list[Any], path: Names, names: Names, name: str) -> list[Any]:
        theirs = {str(row[name]): row for row in base}
        order = [str(row[name]) for row in own]
        moved = _moved(order, list(theirs)) if name == "id" else set()
        found: list[Any] = []
        for at, row in enumerate(own):
            identity = order[at]
            default = theirs.get(identity)
            if row == default and identity not in moved:
                continue
            if default is not None and path in PARTS:
                change = self.mapping(default, row, (*path, "0"), (*names, identity))
                if change:
                    found.append({name: identity, **change})
                continue
            self.count += 1
            own_place = name == "id" and (default is None or identity in moved)
            found.append(_at(row, *_beside(order, at, {*theirs} - moved)) if own_place else row)
        if name != "name" or path in PARTS:
            for identity in theirs:
                if identity not in order:
                    self.count += 1
                    found.append({name: identity, "off": True})
        return found

    def _added(self, base: list[Any], own: list[Any], path: Names, names: Names) -> list[Any]:
        added = [item for item in own if item not in base]
        self.count += len(added)
        for item in base:
            if item not in own:
                self._lose(names, _deleted(item))
        first = {"columns": len(base), "reasons": 1}.get(path[-2] if "columns" in path else path[0], 0)
        if all(item in own for item in base) and own[:first] != base[:first]:
            self._lose(names, _SET_BEFORE)
        return added

    def _lose(self, names: Names, why: Text) -> None:
        self.count += 1
        self.lost.append(Lost(names, why))


@dataclass(slots=True)
class _Carrying:
    """What has been found on the way: entries that both have changed, and changes that have lost their place."""

    as_written: bool
    meetings: list[Meeting] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)

    def mapping(
        self,
        own: Mapping[str, Any],
        base: Mapping[str, Any],
        edited: Mapping[str, Any],
        new: Mapping[str, Any],
        path: Names,
        names: Names,
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in own.items():
            four = (value, base.get(key, _NOTHING), edited.get(key, value), new.get(key, _NOTHING))
            change = self._node(*four, (*path, key), (*names, key))
            if change is not _NOTHING:
                found[key] = change
        return found

    def _node(self, own: Any, base: Any, edited: Any, new: Any, path: Names, names: Names) -> Any:  # noqa: ANN401
        if new is _NOTHING:
            if base is not _NOTHING:
                self.lost.append(Lost(names, _gone(names[-1])))
                return _NOTHING
            return own
        if isinstance(own, dict) and isinstance(new, dict) and not is_dated(own):
            return self.mapping(own, _or(base, {}), _or(edited, own), new, path, names) or _NOTHING
        if isinstance(own, list) and isinstance(new, list):
            if (name := named(path)) is not None and _are_named(own, name):
                return self._rows(own, _or(base, []), edited, new, path, names, name) or _NOTHING
            if adds(path):
                return [item for item in own if item not in new] or _NOTHING
        if own == new:
            return _NOTHING
        self._meet(own, base, new, names)
        return own

    def _rows(
        self, own: list[Any], base: list[Any], edited: list[Any], new: list[Any], path: Names, names: Names, name: str
    ) -> list[Any]:
        olds = {str(row[name]): row for row in base}
        news = {str(row[name]): row for row in new}
        order = [str(row[name]) for row in edited]
        settled = {*news} - {str(row[name]) for row in own if any(move in row for move in MOVES)}
        found: list[Any] = []
        for row in own:
            identity = str(row[name])
            old, its = olds.get(identity), news.get(identity)
            change = self._row(row, old, its, path, (*names, identity), name)
            if change is None:
                continue
            if any(move in change for move in MOVES):
                change = _placed(change, order, settled)
                settled.add(identity)
            found.append(change)
        return found

    def _row(
        self,
        row: dict[str, Any],
        old: dict[str, Any] | None,
        its: dict[str, Any] | None,
        path: Names,
        names: Names,
        name: str,
    ) -> dict[str, Any] | None:
        """The change of a row as it is written for the newest default; None if nothing is left of it."""
        mine, moves = _apart(row)
        off = row.get("off") is True
        if its is None:
            if old is None or (names[-2] == "examples" and not off):
                return row
            if not off and mine != without_english(old):
                self.lost.append(Lost(names, _dropped(names[-1])))
            elif self.as_written:
                self.lost.append(Lost(names, _POINTLESS))
            return None
        if path in PARTS and not off:
            told = {key: value for key, value in mine.items() if key != name}
            change = self.mapping(told, _or(old, {}), told, its, (*path, "0"), names)
            return {name: names[-1], **change} if change else None
        if mine in (its, without_english(its)):
            return row if moves else None
        if moves and old is not None and mine == without_english(old):
            return {**without_english(its), **moves}
        self._meet(None if off else mine, old, its, names)
        return row

    def _meet(self, own: Any, base: Any, new: Any, names: Names) -> None:  # noqa: ANN401
        before, after = (without_english(_or(each, None)) for each in (base, new))
        if before != after and names[-2:-1] != ("examples",):
            self.meetings.append(Meeting(names, own, before, after))


def _or(value: Any, instead: Any) -> Any:  # noqa: ANN401
    return instead if value is _NOTHING or value is None else value


def _are_named(rows: Sequence[Any], name: str) -> bool:
    """Has each of them a name of its own?"""
    found = [row.get(name) for row in rows if isinstance(row, dict)]
    return len({str(each) for each in found}) == len(rows) and all(isinstance(each, str) for each in found)


def _apart(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the row says, and where it stands."""
    return (
        {key: value for key, value in row.items() if key not in MOVES},
        {key: value for key, value in row.items() if key in MOVES},
    )


def _moved(order: Sequence[str], base: Sequence[str]) -> set[str]:
    """The fewest rows that must be moved to bring those of the base into the order of the edited file."""
    places = {identity: at for at, identity in enumerate(base)}
    kept = [identity for identity in order if identity in places]
    ends: list[int] = []  # the smallest last place of an ascending chain, by its length
    lasts: list[str] = []
    before: dict[str, str | None] = {}
    for identity in kept:
        length = bisect_left(ends, places[identity])
        before[identity] = lasts[length - 1] if length else None
        ends[length:], lasts[length:] = [places[identity], *ends[length + 1 :]], [identity, *lasts[length + 1 :]]
    chain: set[str] = set()
    at = lasts[-1] if lasts else None
    while at is not None:
        chain.add(at)
        at = before[at]
    return set(kept) - chain


def _beside(order: Sequence[str], at: int, settled: set[str]) -> tuple[str, str]:
    """Where a row stands: after the one above it, which is settled by then, or before the first that is settled."""
    if at:
        return "after", order[at - 1]
    return "before", next((identity for identity in order if identity in settled), "")


def _placed(row: dict[str, Any], order: Sequence[str], settled: set[str]) -> dict[str, Any]:
    """The row, at the nearest row that is still there if the one at which it stood is gone."""
    mine, moves = _apart(row)
    if set(moves.values()) <= settled:
        return row
    at = order.index(str(row["id"])) if str(row["id"]) in order else 0
    above = next((identity for identity in reversed(order[:at]) if identity in settled), None)
    below = next((identity for identity in order[at + 1 :] if identity in settled), None)
    if below is not None and ("before" in moves or above is None):
        return _at(mine, "before", below)
    return _at(mine, "after", above) if above is not None else row


def _at(row: dict[str, Any], move: str, beside: str) -> dict[str, Any]:
    """The row with its place, which is read best behind its id."""
    return {"id": row["id"], move: beside, **row}


def _plain(value: Any, path: Names) -> Any:  # noqa: ANN401 - any part of the file
    """The same without the order that says nothing: rows by name and, if it matters, their order under no name."""
    if isinstance(value, dict):
        return {key: _plain(each, (*path, key)) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    name = named(path)
    if name is not None and _are_named(value, name):
        rows = {row[name]: _plain(row, (*path, "0")) for row in value}
        return {**rows, "": [*rows]} if name == "id" else rows
    if adds(path) and path[-2] != "columns":
        first = value[:1] if path[-1] == "labels" else []
        return [*first, *sorted(value[len(first) :], key=json.dumps)]
    return value


def _unlike(one: Any, other: Any, names: Names) -> Iterator[Names]:  # noqa: ANN401 - any part of the file
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys([*one, *other]):
            yield from _unlike(one.get(key, _NOTHING), other.get(key, _NOTHING), (*names, key))
    elif one is _NOTHING or other is _NOTHING or json.dumps(one) != json.dumps(other):
        yield names


def _told(before: Any, after: Any, path: Names, names: Names) -> Iterator[Told]:  # noqa: ANN401 - any part of the file
    if before == after or path[-1:] == ("examples",):
        return
    one, other = _entries(before, path), _entries(after, path)
    if one is None or other is None:
        yield Told(names, before, after)
        return
    for key in dict.fromkeys([*one, *other]):
        if key == "version":
            continue
        below = (*names, key)
        if key not in one or key not in other or named(path) == "id":
            if one.get(key) != other.get(key):
                yield Told(below, one.get(key), other.get(key))
        else:
            inner = (*path, key if isinstance(before, dict) else "0")
            yield from _told(one[key], other[key], inner, below)


def _entries(value: Any, path: Names) -> dict[str, Any] | None:  # noqa: ANN401
    """The parts of a mapping or of a list of rows, by name; None if it has no names."""
    if isinstance(value, dict):
        return None if is_dated(value) else value
    name = named(path)
    if isinstance(value, list) and name is not None and _are_named(value, name):
        return {row[name]: row for row in value}
    return None


def _deleted(what: object) -> Text:
    return Text(
        f"'{what}'{_particle(what)} 지우셨지만, 기본 규칙에서 하나만 지우는 것은 이 파일로 적을 수 없습니다. 지운 것을 다시 적으세요.",
        f"You have deleted '{what}', but a desk's file can't take a single one out of the default rules. Write it in again.",
    )


def _particle(what: object) -> str:
    return josa(str(what), "을/를").removeprefix(str(what))


def _gone(name: str) -> Text:
    return Text(
        f"'{name}' 칸을 고치셨지만, 새 기본 규칙에는 이 칸이 없습니다. 고친 것을 지우세요.",
        f"You have changed '{name}', which the new default rules do not have. Delete your change.",
    )


def _dropped(row: str) -> Text:
    return Text(
        f"{row} 줄을 고치셨지만, 새 기본 규칙에는 이 줄이 없습니다. 그래도 쓰려면 번호를 M-01처럼 바꾸고, 아니면 고친 것을 지우세요.",
        f"You have changed row {row}, which the new default rules do not have. Give it an id like M-01 to keep it, or delete "
        "your change.",
    )


_POINTLESS: Final = Text(
    "새 기본 규칙에는 이 줄이 없어서 적을 필요가 없어졌습니다. 여기서 지우세요.",
    "The new default rules do not have this row, so there is nothing to say of it any more. Delete it here.",
)
_SET_BEFORE: Final = Text(
    "이름을 기본 규칙의 것보다 앞에 적으셨지만, 작업 폴더의 파일에서는 뒤에만 더할 수 있습니다. 목록의 끝으로 옮기세요.",
    "You have put a name before those of the default, but a desk's file can only add behind them. Move it to the end of the list.",
)
