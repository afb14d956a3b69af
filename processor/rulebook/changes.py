"""Names what stands otherwise in two rulebooks beside the answers of their tables: settings, files, reasons, days, texts.

These change the facts of an order, or what is shown with an answer, and not which row answers a situation. What the
tables answer otherwise is found by `processor.rulebook.compared`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Final

from processor.model import NOTHING, Text
from processor.rulebook.drafts import Draft, Slot, Template
from processor.rulebook.types import Cell, Dated, Row, Rulebook, Table

_SECTIONS: Final = (
    "store", "exports", "reasons", "impossible", "decisions", "fees", "delay_interest", "penalties", "calendar",
    "messages", "sources",
)  # fmt: skip
"""The fields of a rulebook that are compared, in the order of rules.yaml."""
_TOLD: Final = ("why", "sources", "since", "until", "review_by", "points")
"""The fields of a row that may differ although its table answers the same on a day."""
_WITHOUT_ENTRIES: Final = (Cell, Dated, Draft)
ABSENT: Final = Text("없음", "none")


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that differs: its name, and its value before and after as a seller would write it."""

    name: str
    before: Text
    after: Text


def changes(before: Rulebook, after: Rulebook) -> tuple[Change, ...]:
    """All entries that differ, section by section, named by the fields of the rulebook: `store.packed`.

    Of a row that both have, its reason, sources, dates and points are compared, for what else it says is compared with
    its table; but a row that has dates is compared in full, because a table is compared for one day only.
    """
    return tuple(
        change for name in _SECTIONS for change in _differing(name, getattr(before, name), getattr(after, name))
    )


def _differing(name: str, one: object, other: object) -> Iterator[Change]:
    """The entries below this name that differ, or the value itself if it has no entries."""
    if one == other:
        return
    if isinstance(one, Table) and isinstance(other, Table):
        yield from _inside(name, _named(one.rows), _named(other.rows))
    elif isinstance(one, Row) and isinstance(other, Row):
        dated = any((one.since, one.until, other.since, other.until))
        yield from _inside(name, _compared(one, dated=dated), _compared(other, dated=dated))
    elif isinstance(one, Mapping) and isinstance(other, Mapping):
        yield from _inside(name, one, other)
    elif is_dataclass(one) and type(one) is type(other) and not isinstance(one, _WITHOUT_ENTRIES):
        yield from _inside(name, _entries(one), _entries(other))
    elif isinstance(one, tuple) and isinstance(other, tuple) and _have_names(one) and _have_names(other):
        yield from _inside(name, _named(one), _named(other))
        before = [key for key in _named(one) if key in _named(other)]
        after = [key for key in _named(other) if key in _named(one)]
        if before != after:
            yield Change(name, written(before), written(after))
    else:
        yield Change(name, written(one), written(other))


def _inside(name: str, one: Mapping[str, object], other: Mapping[str, object]) -> Iterator[Change]:
    for key in dict.fromkeys([*one, *other]):
        below = f"{name}.{key}"
        if key not in other:
            yield Change(below, written(one[key]), ABSENT)
        elif key not in one:
            yield Change(below, ABSENT, written(other[key]))
        else:
            yield from _differing(below, one[key], other[key])


def _compared(row: Row, *, dated: bool) -> dict[str, object]:
    return {name: value for name, value in _entries(row).items() if name in _TOLD or (dated and name != "line")}


def _entries(value: object) -> dict[str, object]:
    return {each.name: getattr(value, each.name) for each in fields(value)} if is_dataclass(value) else {}


def _have_names(entries: tuple[object, ...]) -> bool:
    return all(map(is_dataclass, entries)) and len(_named(entries)) == len(entries)


def _named(entries: tuple[object, ...]) -> dict[str, object]:
    """Entries by their name, which is their first field."""
    return {str(next(iter(_entries(entry).values()))): entry for entry in entries}


def written(value: object) -> Text:
    """A value as rules.yaml has it; of a row its reason."""
    match value:
        case Text():
            return value
        case Row():
            return value.why
        case Cell():
            return Text.same(value.written)
        case Draft():
            return Text(_template(value.ko), _template(value.en))
        case Dated():
            return written(dict(value.steps))
        case Mapping():
            return _braced("{}", ((Text.same(f"{key}: "), written(each)) for key, each in value.items()))
        case tuple() | list():
            return _braced("[]", ((NOTHING, written(each)) for each in value))
        case None | bool():
            return Text.same({None: "null", True: "true", False: "false"}[value])
        case _:
            return written(_entries(value)) if is_dataclass(value) else Text.same(str(value))


def _braced(braces: str, parts: Iterable[tuple[Text, Text]]) -> Text:
    inside = [(name.ko + value.ko, name.en + value.en) for name, value in parts]
    ko, en = (", ".join(said) for said in (zip(*inside, strict=True) if inside else ("", "")))
    return Text(f"{braces[0]}{ko}{braces[1]}", f"{braces[0]}{en}{braces[1]}")


def _template(template: Template) -> str:
    """A message as rules.yaml has it."""
    said = ("".join(map(_piece, segment.pieces)) for segment in template)
    return "".join(f"[[{text}]]" if segment.optional else text for segment, text in zip(template, said, strict=True))


def _piece(piece: str | Slot) -> str:
    if isinstance(piece, str):
        return piece
    return f"{{{piece.variable}|{piece.particle}}}" if piece.particle else f"{{{piece.variable}}}"
