"""Changes one value in the text of a rules.yaml and leaves every other character as it is: comments, order, line ends.

After each change the text is read again. If its data is not the old data with exactly that change, there is no result
but an error with the place and a sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from processor import disk
from processor.model import Text
from processor.rulebook.load import Complaint, Document, Form, Path_, Span, load, spans

Value = str | int | bool | Sequence["Value"] | Mapping[str, "Value"] | None
"""What a rules.yaml can hold: text, whole numbers, booleans, nothing, lists, and entries by name."""

_Spans = Mapping[Path_, Span]


class NotEdited(Exception):
    """The text can't be changed: it has no entries at all, or the place is written in a way that is left to a person."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__(*complaints)
        self.complaints = tuple(complaints)


def with_value(text: str, path: Path_, value: Value) -> str:
    """The text in which the entry at `path` has this value. If the entry, or a section around it, is missing, it is added.

    path: keys from the outermost, and indexes of lists. A comment inside a replaced list or section goes with it.
    Raises NotEdited.
    """
    bom, text, before = _read(text)
    found, missing = entry(before, path)
    if not missing and _same(found, value):
        return bom + text
    above, around = path[: len(path) - len(missing)], spans(text)
    if missing and isinstance(found, dict):
        after = _with_entry(text, around, above, missing, value)
    elif missing and found is not None:
        raise _cannot(before, above)
    else:
        after = _with_other_value(text, around[above], _nested(missing, value))
    return bom + _proved(after, before, path, _changed(before.data, path, value))


def with_item(text: str, path: Path_, item: Value) -> str:
    """The text in which the list at `path` ends with this item. A list that is missing or null is made. Raises NotEdited."""
    bom, text, before = _read(text)
    found, missing = entry(before, path)
    if missing or found is None:
        return with_value(bom + text, path, [item])
    if not isinstance(found, list):
        raise _cannot(before, path)
    around = spans(text)
    if around[path].form is Form.FLOW:
        after = _in_brackets(text, around, path, on_one_line(item))
    else:
        after = _below(text, around[path], [f"- {on_one_line(item)}"])
    return bom + _proved(after, before, path, _changed(before.data, path, [*found, item]))


def without(text: str, path: Path_) -> str:
    """The text without the entry at `path`, which is one of a mapping; the same text if there is none. Raises NotEdited.

    Comments inside the entry and behind it go with it. Of a section that has no other entry `{}` is left.
    """
    bom, text, before = _read(text)
    missing = entry(before, path)[1]
    if missing:
        return bom + text
    above, around = path[:-1], spans(text)
    left = {key: value for key, value in entry(before, above)[0].items() if key != path[-1]}
    if not left or around[above].form is Form.FLOW:
        return with_value(bom + text, above, left)
    span = around[path]
    first = max(text.rfind(sign, 0, span.key_end) for sign in _LINE_ENDS) + 1
    after = text[:first] + text[_line_end(text, _end(text, span)) :]
    return bom + _proved(after, before, path, _changed(before.data, above, left))


def written(data: Mapping[str, Value]) -> str:
    """Data as the lines of a rules.yaml: a line for each entry and row, and in brackets what is inside them.

    Raises NotEdited if it is not read back as the same data.
    """
    text = "".join(f"{line}\n" for line in _block(data))
    complaints: list[Complaint] = []
    document = load(text, complaints) if data else None
    if complaints or (document is not None and not _same(document.data, data)):
        raise NotEdited(complaints)
    return text


def _block(data: Mapping[str, Value], depth: int = 0) -> Iterator[str]:
    for key, value in data.items():
        rows = isinstance(value, list) and any(isinstance(item, Mapping) for item in value)
        if isinstance(value, Mapping) and value and (depth == 0 or len(_pair(key, value)) > _WIDTH):
            yield f"{_name(key)}:"
            yield from (f"  {line}" for line in _block(value, depth + 1))
        elif rows and isinstance(value, list):
            yield f"{_name(key)}:"
            for item in value:
                yield from _wrapped("- ", item)
        else:
            yield from _wrapped(f"{_name(key)}: ", value)


def _wrapped(begin: str, value: Value) -> Iterator[str]:
    """The value behind its beginning. What is in brackets goes on below, between two entries, if the line gets long."""
    parts = [on_one_line(value)]
    if isinstance(value, Mapping):
        parts = [_pair(key, inner) for key, inner in value.items()]
    elif isinstance(value, list):
        parts = list(map(on_one_line, value))
    opens, closes = ("{", "}") if isinstance(value, Mapping) else ("[", "]") if isinstance(value, list) else ("", "")
    line = begin + opens
    for at, part in enumerate(parts):
        piece = part + (closes if at == len(parts) - 1 else ",")
        if at and len(line) + len(piece) > _WIDTH:
            yield line.rstrip()
            line = "   "
        line += piece + " "
    yield line.rstrip() if parts else line + closes


def entry(document: Document, path: Path_) -> tuple[Any, Path_]:
    """The value at a path and (); or the last value on the way that exists, and the keys that are missing in it."""
    found = document.data
    for depth, key in enumerate(path):
        known = range(len(found)) if isinstance(found, list) else found if isinstance(found, dict) else ()
        if key not in known:
            return found, path[depth:]
        found = found[key]
    return found, ()


def _read(text: str) -> tuple[str, str, Document]:
    """The byte order mark if there is one, the rest of the text, and its data."""
    bom = disk.BOM if text.startswith(disk.BOM) else ""
    complaints: list[Complaint] = []
    document = load(text[len(bom) :], complaints)
    if document is None or complaints:
        raise NotEdited(complaints)
    return bom, text[len(bom) :], document


def _changed(data: Any, path: Path_, value: Value) -> Any:  # noqa: ANN401 - plain data of any shape
    """The same data with this value at the path."""
    if not path:
        return value
    key, inner = path[0], path[1:]
    if isinstance(data, list):
        return [_changed(item, inner, value) if index == key else item for index, item in enumerate(data)]
    entries = data or {}
    return {**entries, key: _changed(entries.get(key), inner, value)}


def _nested(keys: Path_, value: Value) -> Value:
    for key in reversed(keys):
        value = {str(key): value}
    return value


def _proved(text: str, before: Document, path: Path_, wanted: Value) -> str:
    """The text, if it is read as the data that is wanted."""
    complaints: list[Complaint] = []
    after = load(text, complaints)
    if after is None or complaints or not _same(after.data, wanted):
        raise _cannot(before, path)
    return text


def _same(one: Value, other: Value) -> bool:
    """Is it the same data, in the same order? In Python 1 equals True; here it does not."""
    return json.dumps(one) == json.dumps(other)


def _cannot(document: Document, path: Path_) -> NotEdited:
    return NotEdited([Complaint(*document.mark(path), _BY_HAND)])


def _with_other_value(text: str, span: Span, value: Value) -> str:
    written, end = on_one_line(value), _end(text, span)
    if span.key_end is None:
        gap = " " if end == span.start else ""  # nothing stands behind the dash
        return text[: span.start] + gap + written + text[end:]
    colon = text.index(":", span.key_end) + 1
    if span.form is not Form.BLOCK:
        gap = text[colon : span.start] or " "
        return text[:colon] + gap + written + text[end:]
    first, last = span.start - span.column, _line_end(text, end)
    if text[end:last].strip():  # a comment behind the last value: it stays, on a line of its own
        first, last = span.start, end + len(text[end:]) - len(text[end:].lstrip(" "))
    return f"{text[:colon]} {written}{text[colon:first]}{text[last:]}"


def _with_entry(text: str, around: _Spans, path: Path_, keys: Path_, value: Value) -> str:
    """Adds an entry to the mapping at `path`, below all others. keys: its sections that are missing too, and its name."""
    if around[path].form is Form.FLOW:
        return _in_brackets(text, around, path, _pair(str(keys[0]), _nested(keys[1:], value)))
    *sections, key = map(str, keys)
    lines = [f"{'  ' * depth}{_name(section)}:" for depth, section in enumerate(sections)]
    return _below(text, around[path], [*lines, "  " * len(sections) + _pair(key, value)])


def _in_brackets(text: str, around: _Spans, path: Path_, written: str) -> str:
    """Adds to a list or mapping in brackets, behind its last value."""
    inside = [span for inner, span in around.items() if inner and inner[:-1] == path]
    if not inside:
        place = around[path].start + 1
        return text[:place] + written + text[place:]
    place = _end(text, inside[-1])
    return f"{text[:place]}, {written}{text[place:]}"


def _below(text: str, span: Span, lines: Sequence[str]) -> str:
    """Adds lines to a block, below its last value and the comments that go on about it."""
    place = _below_comments(text, _line_end(text, span.end), span.column)
    newline = _LINE_END.search(text)
    ends = newline[0] if newline else "\n"
    begins = "" if text[place - 1 : place] in _LINE_ENDS else ends
    return text[:place] + begins + "".join(f"{' ' * span.column}{line}{ends}" for line in lines) + text[place:]


def _below_comments(text: str, place: int, column: int) -> int:
    """The end of the comments at `place` that stand as deep as the block, and deeper than what comes after them."""
    comments: list[str] = []
    lines = text[place:].splitlines(keepends=True)
    for line in lines:
        if not line.lstrip(" ").startswith("#") or _indent(line) < column:
            break
        comments.append(line)
    below = next((_indent(line) for line in lines if line.strip() and not line.lstrip().startswith("#")), -1)
    for line in comments:
        if _indent(line) <= below:
            break
        place += len(line)
    return place


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _end(text: str, span: Span) -> int:
    """The end of what is seen of a value: a text below `|` ends behind its last line break."""
    return span.start + len(text[span.start : span.end].rstrip())


def _line_end(text: str, place: int) -> int:
    """The place behind the line break at or after `place`."""
    found = _LINE_END.search(text, place)
    return found.end() if found else len(text)


def on_one_line(value: Value) -> str:
    """The value on one line, so that it is read back exactly, also inside brackets."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and not value.isdigit() and value not in ("true", "false", "null")
        return value if plain else _quoted(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(_pair(key, inner) for key, inner in value.items())}}}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(on_one_line, value))}]"
    return json.dumps(value)


def _pair(key: str, value: Value) -> str:
    return f"{_name(key)}: {on_one_line(value)}"


def _name(key: str) -> str:
    return _quoted(key) if ":" in key else on_one_line(key)


def _quoted(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in written)


_WIDTH: Final = 110
_LINE_ENDS: Final = ("\r", "\n", "\x85", "\u2028", "\u2029")
_LINE_END: Final = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_PLAIN: Final = re.compile(r"[^\W_](?:[\w().·/~%+-]|[ :](?=[\w(]))*")
_BY_HAND: Final = Text(
    "이 자리는 프로그램이 고치지 못합니다. 파일을 열어 직접 고쳐 주세요.",
    "The program can't change this place. Please open the file and change it yourself.",
)
