"""Reads YAML into plain data, with the line and column of every value and key. No other module imports yaml.

Ordinary YAML surprises people: `14:00` is 840, `0010` is 8, `yes` and `no` are booleans, and the second of two equal
keys silently replaces the first. Here only `true` and `false` are booleans, and only plain whole numbers are numbers;
everything else is text. Duplicate keys, anchors, merge keys and tags are complaints. So are a file, a nesting or a number
beyond all that rules can need: what is read never takes more work than a file of `MOST_BYTES`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any, Final, Protocol

import yaml
from yaml.composer import Composer, ComposerError
from yaml.resolver import Resolver

from processor import disk
from processor.model import Text
from processor.rulebook import broken

MOST_BYTES: Final = 1024 * 1024
"""The largest rules.yaml that is read; the default one has a seventh of it."""
BOM: Final = "\ufeff"
"""The byte order mark, with which Notepad may begin a file."""
_DEEPEST: Final = 32
"""The most entries around an entry; the default rules have 7."""
_MOST_DIGITS: Final = 15

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


class _Strict(Composer, Resolver):
    """Recognises booleans, whole numbers and nulls only, and complains about anchors, aliases and tags.

    Raises ComposerError at the first entry that is nested too deep.
    """

    complaints: list[Complaint]
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[attr-defined]  # each parser below has it
        if self.depth == _DEEPEST:
            raise ComposerError(None, None, broken.DEEPER, event.start_mark)
        if event.anchor:  # an alias has one too
            self.complaints.append(_complain(event.start_mark, broken.BORROWED))
        elif getattr(event, "tag", None):
            self.complaints.append(_complain(event.start_mark, broken.TAGGED))
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


_NUMBER: Final = "tag:yaml.org,2002:int"
_Strict.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    (_NUMBER, r"^(?:0|-?[1-9][0-9]*)$", "-0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:null|)$", ["n", ""]),
):
    _Strict.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


class _Plain(_Strict, yaml.SafeLoader):
    """The parser in Python. Its messages about the layout are those that `broken` explains."""

    def __init__(self, text: str, complaints: list[Complaint]) -> None:
        super().__init__(text)
        self.complaints = complaints


_Libyaml: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # some builds of PyYAML lack it


class _Fast(_Strict, _Libyaml):  # type: ignore[misc]  # one of two loaders
    """The parser in C, which is faster. If it finds a fault, `_Plain` reads the text again for the line and column."""

    def __init__(self, text: str) -> None:
        _Libyaml.__init__(self, text)
        Composer.__init__(self)
        self.complaints = []


def _composed(text: str, complaints: list[Complaint]) -> yaml.Node | None:
    try:
        fast = _Fast(text)
        root: yaml.Node | None = fast.get_single_node()
    except yaml.YAMLError:
        return _Plain(text, complaints).get_single_node()
    complaints += fast.complaints
    return root


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
    if not isinstance(root, yaml.MappingNode):
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


def _measure(node: yaml.Node, path: Path_, key_end: int | None, found: dict[Path_, Span]) -> int:
    """Adds the spans of a value and of all inside it. Returns where it ends."""
    form = Form.SCALAR
    if isinstance(node, yaml.CollectionNode):
        form = Form.FLOW if node.flow_style else Form.BLOCK
    start, end = node.start_mark, node.end_mark.index
    found[path] = Span(form, start.index, end, start.column, key_end)
    inner_end = start.index
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            inner_end = _measure(item, (*path, index), None, found)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner_end = _measure(value, (*path, str(key.value)), key.end_mark.index, found)
    if form is Form.BLOCK:
        found[path] = Span(form, start.index, inner_end, start.column, key_end)
        return inner_end
    return end


def text_of(path: Path, complaints: list[Complaint]) -> str | None:
    """The text of rules.yaml without byte order mark, at most `MOST_BYTES` long."""
    found = encoded_text_of(path, complaints)
    return None if found is None else found[0].removeprefix(BOM)


def encoded_text_of(path: Path, complaints: list[Complaint]) -> tuple[str, str] | None:
    """The text with its byte order mark, if it has one, and its encoding.

    Notepad saves it as UTF-8 (with or without BOM), as UTF-16 with BOM, or as cp949, which it calls ANSI.
    """
    try:
        return _decoded(disk.read(path, MOST_BYTES))
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


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding. Raises UnicodeDecodeError if the bytes are no text in any of the encodings."""
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(bom):
            return content.decode(encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp949"), "cp949"


@dataclass(frozen=True, slots=True)
class _Reading:
    """Turns YAML nodes into plain data, and collects places and complaints."""

    complaints: list[Complaint]
    values: Places = field(default_factory=dict)
    keys: Places = field(default_factory=dict)

    def plain(self, node: yaml.Node, path: Path_) -> Any:  # noqa: ANN401  YAML gives Any, and it ends in this room
        self.values.setdefault(path, _place(node.start_mark))
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if _is_number(node) and len(node.value) > _MOST_DIGITS:
            self.complaints.append(_complain(node.start_mark, broken.MANY_DIGITS))
            return None
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            wrong = _wrong_key(key_node, value_node, mapping)
            if wrong:
                self.complaints.append(_complain(key_node.start_mark, wrong))
                continue
            key = str(key_node.value)
            entry = (*path, key)
            self.keys[entry] = _place(key_node.start_mark)
            if not _stands_beside_its_key(value_node):
                self.values[entry] = self.keys[entry]
            mapping[key] = self.plain(value_node, entry)
        return mapping


def _wrong_key(key: yaml.Node, value: yaml.Node, above: dict[str, Any]) -> Text | None:
    if not isinstance(key, yaml.ScalarNode):
        return broken.BROKEN
    if key.value == "<<":
        return broken.BORROWED
    if ":" in key.value and not key.style and not value.value:  # quotes say that the colon is meant
        return broken.NO_SPACE
    return broken.twice(key.value) if key.value in above else None


def _stands_beside_its_key(value: yaml.Node) -> bool:
    """Does the value begin on the line of its key?

    Not if it is empty or a block below: then the key's place is reported.
    """
    if isinstance(value, yaml.CollectionNode):
        return bool(value.flow_style)
    return bool(value.start_mark.index < value.end_mark.index)


def _is_number(node: yaml.Node) -> bool:
    return bool(node.tag == _NUMBER)


def _scalar(node: yaml.Node) -> str | int | bool | None:
    match node.tag.rpartition(":")[2]:
        case "bool":
            return bool(node.value == "true")
        case "int":
            return int(node.value)
        case "null":
            return None
        case _:
            return str(node.value)


def _place(mark: _Mark) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _complain(mark: _Mark | None, message: Text) -> Complaint:
    return Complaint(*(_place(mark) if mark else (1, 1)), message)
