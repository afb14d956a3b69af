"""The one door to YAML: text → plain data in which every value knows its line.

Plain YAML surprises people: `14:00` is 840, `0010` is 8, `yes` and `no` are booleans, of two equal keys the second wins in
silence. Here only `true` and `false` are booleans, only plainly written whole numbers are numbers, everything else stays
text, and duplicate keys, anchors and merge keys are complaints.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml

from processor.model import Text
from processor.rulebook import broken

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One thing wrong with rules.yaml, with the line and column where a person must look."""

    line: int
    column: int
    message: Text


class RulesError(Exception):
    """rules.yaml cannot be used. Carries every complaint; nothing has been read from the inbox yet."""

    def __init__(self, file: str, complaints: list[Complaint]) -> None:
        super().__init__(file)
        self.file = file
        self.complaints = sorted(set(complaints))


@dataclass(frozen=True, slots=True)
class Document:
    """The plain data of the file, and where each value stands: path of keys and indexes → (line, column)."""

    data: Any
    marks: dict[Path_, tuple[int, int]]

    def mark(self, path: Path_) -> tuple[int, int]:
        """The place of a value; of the nearest thing around it when the value itself is missing."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, (1, 1))


class _Mark(Protocol):
    """A place in the text, counted from 0, as either of PyYAML's parsers gives it."""

    line: int
    column: int


class _Loader(yaml.SafeLoader):
    """A YAML loader that guesses three types only, and does without anchors, aliases and tags."""

    def __init__(self, text: str, complaints: list[Complaint]) -> None:
        super().__init__(text)
        self._complaints = complaints

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # its stub has no types
        if event.anchor:  # of an alias too
            self._complaints.append(_complain(event.start_mark, broken.BORROWED))
        elif getattr(event, "tag", None):
            self._complaints.append(_complain(event.start_mark, broken.TAGGED))
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^(?:0|-?[1-9][0-9]*)$", "-0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:null|)$", ["n", ""]),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def load(text: str, complaints: list[Complaint]) -> Document | None:
    """Read the text, adding what is wrong to `complaints`; None when it is not YAML at all."""
    try:
        root = _Loader(text, complaints).get_single_node()
    except RecursionError:
        complaints.append(Complaint(1, 1, broken.BROKEN))
        return None
    except yaml.MarkedYAMLError as error:
        message, at_context = broken.layout(error.context or "", error.problem or "")
        mark = error.context_mark if at_context else error.problem_mark
        complaints.append(_complain(mark or error.context_mark, message))
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        complaints.append(Complaint(line, 1, broken.UNPRINTABLE))
    if complaints:
        return None
    if not isinstance(root, yaml.MappingNode):
        complaints.append(Complaint(1, 1, broken.EMPTY))
        return None
    marks: dict[Path_, tuple[int, int]] = {}
    data = _plain(root, (), marks, complaints)
    return Document(data, marks)


def read_text(path: Path, complaints: list[Complaint]) -> str | None:
    """The text of rules.yaml, which must be UTF-8 (with or without BOM)."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        complaints.append(Complaint(1, 1, broken.MISSING))
    except IsADirectoryError:
        complaints.append(Complaint(1, 1, broken.MISSING))
    except UnicodeDecodeError:
        complaints.append(Complaint(1, 1, broken.NOT_UTF8))
    except OSError:
        complaints.append(Complaint(1, 1, broken.UNREADABLE))
    return None


def _plain(node: yaml.Node, path: Path_, marks: dict[Path_, tuple[int, int]], complaints: list[Complaint]) -> Any:  # noqa: ANN401  YAML gives Any, and it ends in this room
    marks.setdefault(path, _place(node.start_mark))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, index), marks, complaints) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if key == "<<" or not isinstance(key_node, yaml.ScalarNode):
                complaints.append(_complain(key_node.start_mark, broken.BORROWED if key == "<<" else broken.BROKEN))
            elif ":" in key and not value_node.value:
                complaints.append(_complain(key_node.start_mark, broken.NO_SPACE))
            elif key in mapping:
                complaints.append(_complain(key_node.start_mark, broken.twice(key)))
            else:
                marks[(*path, key)] = _place(key_node.start_mark)
                mapping[key] = _plain(value_node, (*path, key), marks, complaints)
        return mapping
    return _scalar(node)


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
