"""Reads YAML into plain data, with the line and column of every value and key. No other module imports yaml.

Ordinary YAML surprises people: `14:00` is 840, `0010` is 8, `yes` and `no` are booleans, and the second of two equal
keys silently replaces the first. Here only `true` and `false` are booleans, and only plain whole numbers are numbers;
everything else is text. Duplicate keys, anchors, merge keys and tags are complaints. So are a file, a nesting or a number
beyond all that rules can need: what is read never takes more work than a file of `MOST_BYTES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import yaml
from yaml.composer import ComposerError

from processor import disk
from processor.model import Text
from processor.rulebook import broken

MOST_BYTES: Final = 1024 * 1024
"""The largest rules.yaml that is read; the default one has a seventh of it."""
"""The byte order mark, with which Notepad may begin a file."""
_DEEPEST: Final = 32
"""The most entries around an entry; the default rules have 7."""
_MOST_DIGITS: Final = 15
_NAMED: Final = {"true": True, "false": False, "null": None, "": None}
_NUMBER: Final = re.compile(r"0|-?[1-9][0-9]*").fullmatch

NAMES: Final = ("id", "kind", "name", "ko")
"""The entries that name a part of a list, the first that is there."""

Path_ = tuple[str | int, ...]
Places = dict[Path_, tuple[int, int]]


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One mistake in rules.yaml, with its line and column (from 1)."""

    line: int
    column: int
    message: Text


class RulesError(Exception):
    """rules.yaml cannot be used. It has all complaints. It is raised before anything is read from the inbox."""

    def __init__(self, file: str, complaints: list[Complaint]) -> None:
        super().__init__(file)
        self.file = file
        self.complaints = sorted(set(complaints))


def named_by(entry: Any) -> str | None:  # noqa: ANN401 - any part of the rules
    """What names a part of a list; None if it is no entry with a name."""
    return next((str(entry[key]) for key in NAMES if key in entry), None) if isinstance(entry, dict) else None


@dataclass(frozen=True, slots=True)
class Document:
    """The plain data of the file, and the place of each value and key: path of keys and indexes → (line, column).

    Of rules that build on a default (`processor.rulebook.merging`), the data are those in force and the places those of
    the seller's file. default: the version of that default; None if the file is complete by itself. shared: the
    entries in which both files have a part.
    """

    data: Any
    values: Places
    keys: Places
    default: str | None = None
    shared: frozenset[Path_] = frozenset()

    def mark(self, path: Path_) -> tuple[int, int]:
        """The place of a value; if this file does not have it, the place of the entry around it."""
        return self.values[self._nearest(path)]

    def key(self, path: Path_) -> tuple[int, int]:
        """The place of the name of an entry; if this file does not have it, the place of the entry around it."""
        return self.keys.get(path) or self.mark(path)

    def is_default(self, path: Path_) -> bool:
        """Does the default say this, and not the seller's file?"""
        written = self._nearest(path)
        return written != path and written in self.shared

    def complaint(self, path: Path_, message: Text) -> Text:
        """The complaint about an entry. If the default says it, and not the seller's file, it tells where it stands."""
        if not self.is_default(path):
            return message
        entry, name = self.data, str(path[-1])
        for key in path:
            if isinstance(entry, list) and isinstance(key, int):
                entry = entry[key]
                name = named_by(entry) or name
            elif isinstance(entry, dict) and key in entry:
                entry = entry[key]
            else:
                break  # it is missing
        return Text(
            f"{message.ko} (기본 규칙 {self.default}의 {name})",
            f"{message.en} ({name} of the default rules {self.default})",
        )

    def _nearest(self, path: Path_) -> Path_:
        while path not in self.values:
            path = path[:-1]
        return path


class Form(Enum):
    """How a value is written."""

    SCALAR = auto()  # one value; also none at all, as behind `key:`
    FLOW = auto()  # in brackets
    BLOCK = auto()  # an entry on each line


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands in the text, in characters from 0: from `start` up to the one before `end`.

    A block ends with its last value; comments below it are not counted. `column`: of its first character, from 0.
    `key_end`: behind the name of the entry; None for an item of a list and for the whole.
    """

    form: Form
    start: int
    end: int
    column: int
    key_end: int | None


class _Mark(Protocol):
    """A place in the text, counted from 0, as both parsers of PyYAML give it."""

    line: int
    column: int


class _Node(NamedTuple):
    """A value as it is written."""

    event: Any  # of PyYAML: how the value begins
    inside: list[_Node]  # items, or keys and values by turns
    end: int  # the character behind it, from 0

    @property
    def is_list(self) -> bool:
        return isinstance(self.event, yaml.SequenceStartEvent)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.event, yaml.MappingStartEvent)

    def entries(self) -> Iterator[tuple[_Node, _Node]]:
        """The keys of a mapping, each with its value."""
        return zip(self.inside[::2], self.inside[1::2], strict=True)


_FAST: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # some builds of PyYAML lack libyaml


def _composed(text: str, complaints: list[Complaint]) -> _Node | None:
    """The text as nodes; None if there is nothing in it.

    libyaml is faster. If it finds a fault, the parser in Python reads the text again: its messages are those that
    `broken` explains.
    """
    found: list[Complaint] = []
    try:
        root = _root(yaml.parse(text, _FAST), found)
    except yaml.YAMLError:
        return _root(yaml.parse(text, yaml.SafeLoader), complaints)
    complaints += found
    return root


def _root(events: Iterator[Any], complaints: list[Complaint]) -> _Node | None:
    next(events)  # the beginning of the stream
    if isinstance(next(events), yaml.StreamEndEvent):
        return None
    root = _node(next(events), events, complaints)
    next(events)  # the end of the document
    after = next(events)
    if not isinstance(after, yaml.StreamEndEvent):
        raise ComposerError(None, None, broken.SECOND, after.start_mark)
    return root


def _node(event: Any, events: Iterator[Any], complaints: list[Complaint], depth: int = 0) -> _Node:  # noqa: ANN401 - of PyYAML
    """The node that begins with `event`. Complains about anchors, aliases and tags.

    Raises ComposerError at the first entry that is nested too deep.
    """
    if depth == _DEEPEST:
        raise ComposerError(None, None, broken.DEEPER, event.start_mark)
    if event.anchor:  # an alias has one too
        complaints.append(_complain(event.start_mark, broken.BORROWED))
    elif getattr(event, "tag", None):
        complaints.append(_complain(event.start_mark, broken.TAGGED))
    if not isinstance(event, yaml.CollectionStartEvent):
        return _Node(event, [], event.end_mark.index)
    inside: list[_Node] = []
    while not _is_end(each := next(events)):
        inside.append(_node(each, events, complaints, depth + 1))
    return _Node(event, inside, each.end_mark.index)


def _is_end(event: Any) -> bool:  # noqa: ANN401 - of PyYAML
    return isinstance(event, yaml.CollectionEndEvent)


def loaded(text: str) -> dict[str, Any]:
    """The data of a text of this program itself, in which there are no mistakes."""
    complaints: list[Complaint] = []
    document = load(text, complaints)
    if document is None or complaints:
        raise RulesError("", complaints)
    found: dict[str, Any] = document.data
    return found


def load(text: str, complaints: list[Complaint]) -> Document | None:
    """Reads the text and adds mistakes to `complaints`. None if it cannot be read as YAML with entries."""
    try:
        root = _composed(text, complaints)
    except yaml.MarkedYAMLError as error:
        message, at_context = broken.layout(error.context or "", error.problem or "")
        mark = error.context_mark if at_context else None
        complaints.append(_complain(mark or error.problem_mark, message))
    except yaml.reader.ReaderError as error:
        lines = text[: error.position].split("\n")
        complaints.append(Complaint(len(lines), len(lines[-1]) + 1, broken.UNPRINTABLE))
    if complaints:
        return None
    if root is None or not root.is_mapping:
        complaints.append(Complaint(1, 1, broken.EMPTY))
        return None
    reading = _Reading(complaints)
    return Document(reading.plain(root, ()), reading.values, reading.keys)


def spans(text: str) -> dict[Path_, Span]:
    """The span of each value of a text without BOM that `load` reads without complaint, in the order of the text."""
    found: dict[Path_, Span] = {}
    root = _composed(text, [])
    if root is not None:
        _measure(root, (), None, found)
    return found


def _measure(node: _Node, path: Path_, key_end: int | None, found: dict[Path_, Span]) -> int:
    """Adds the spans of a value and of all inside it. Returns where it ends."""
    form = Form.SCALAR
    if node.is_list or node.is_mapping:
        form = Form.FLOW if node.event.flow_style else Form.BLOCK
    start: int = node.event.start_mark.index
    column = node.event.start_mark.column
    found[path] = Span(form, start, node.end, column, key_end)
    inner_end = start
    if node.is_list:
        for index, item in enumerate(node.inside):
            inner_end = _measure(item, (*path, index), None, found)
    if node.is_mapping:
        for key, value in node.entries():
            inner_end = _measure(value, (*path, str(key.event.value)), key.end, found)
    if form is Form.BLOCK:
        found[path] = Span(form, start, inner_end, column, key_end)
        return inner_end
    return node.end


def text_of(path: Path, complaints: list[Complaint]) -> str | None:
    """The text of rules.yaml without byte order mark, at most `MOST_BYTES` long."""
    found = encoded_text_of(path, complaints)
    return None if found is None else found[0].removeprefix(disk.BOM)


def encoded_text_of(path: Path, complaints: list[Complaint]) -> tuple[str, str] | None:
    """The text with its byte order mark, if it has one, and its encoding, as `disk.decoded` gives them."""
    try:
        return disk.decoded(disk.read(path, MOST_BYTES))
    except disk.NotPlain as error:
        complaints.append(Complaint(1, 1, error.message))
    except disk.TooLarge:
        complaints.append(Complaint(1, 1, broken.TOO_LARGE))
    except FileNotFoundError:
        complaints.append(Complaint(1, 1, broken.MISSING))
    except UnicodeDecodeError:
        complaints.append(Complaint(1, 1, broken.NO_TEXT))
    except OSError:
        complaints.append(Complaint(1, 1, broken.UNREADABLE))
    return None


def encoded(text: str, encoding: str) -> bytes:
    """The text in the encoding of its file, or in UTF-8 if it has got letters that the old encoding lacks."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode()


@dataclass(frozen=True, slots=True)
class _Reading:
    """Turns nodes into plain data, and collects places and complaints."""

    complaints: list[Complaint]
    values: Places = field(default_factory=dict)
    keys: Places = field(default_factory=dict)

    def plain(self, node: _Node, path: Path_) -> Any:  # noqa: ANN401  YAML gives Any, and it ends in this room
        self.values.setdefault(path, _place(node.event.start_mark))
        if node.is_list:
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.inside)]
        if node.is_mapping:
            return self._mapping(node, path)
        return self._scalar(node)

    def _mapping(self, node: _Node, path: Path_) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.entries():
            wrong = _wrong_key(key_node, value_node, mapping)
            if wrong:
                self.complaints.append(_complain(key_node.event.start_mark, wrong))
                continue
            key = str(key_node.event.value)
            entry = (*path, key)
            self.keys[entry] = _place(key_node.event.start_mark)
            if not _stands_beside_its_key(value_node):
                self.values[entry] = self.keys[entry]
            mapping[key] = self.plain(value_node, entry)
        return mapping

    def _scalar(self, node: _Node) -> str | int | bool | None:
        """The value of one that stands alone: only without quotes can it be another one than a text."""
        written = str(node.event.value)
        if not node.event.implicit[0]:
            return written
        if written in _NAMED:
            return _NAMED[written]
        if _NUMBER(written) is None:
            return written
        if len(written) > _MOST_DIGITS:
            self.complaints.append(_complain(node.event.start_mark, broken.MANY_DIGITS))
            return None
        return int(written)


def _wrong_key(key: _Node, value: _Node, above: dict[str, Any]) -> Text | None:
    if not isinstance(key.event, yaml.ScalarEvent):
        return broken.BROKEN
    name = key.event.value
    if name == "<<":
        return broken.BORROWED
    if ":" in name and key.event.implicit[0] and _is_blank(value):  # quotes say that the colon is meant
        return broken.NO_SPACE
    return broken.twice(name) if name in above else None


def _is_blank(value: _Node) -> bool:
    return not value.inside and not getattr(value.event, "value", None)


def _stands_beside_its_key(value: _Node) -> bool:
    """Does the value begin on the line of its key?

    Not if it is empty or a block below: then the key's place is reported.
    """
    if value.is_list or value.is_mapping:
        return bool(value.event.flow_style)
    return bool(value.event.start_mark.index < value.end)


def _place(mark: _Mark) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _complain(mark: _Mark | None, message: Text) -> Complaint:
    return Complaint(*(_place(mark) if mark else (1, 1)), message)
