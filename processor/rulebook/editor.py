"""Makes the JSON Schema with which an editor completes rules.yaml: `structure.json`, and the words with their values.

It only helps while typing. `read` checks the rules without it, so an outdated schema does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from processor.model import UNKNOWN
from processor.rulebook.cells import END, FORMS, SPAN
from processor.rulebook.read import ONLY_AFTER_DECIDING
from processor.rulebook.shape import structure
from processor.rulebook.types import Word

_HOW_TO_RENEW: Final = "python -m processor words --schema > processor/rulebook/schema.json"
_WIDTH: Final = 100
_NAMES_WORDS: Final = ("when", "meant_for", "examples")
"""The definitions of `structure.json` that contain conditions."""
_MOVES: Final = {
    "off": {"const": True, "description": "기본 규칙의 이 줄을 쓰지 않음"},
    "before": {"type": "string", "description": "어느 줄 바로 앞에 서나"},
    "after": {"type": "string", "description": "어느 줄 바로 뒤에 서나"},
}
"""What the rows of a desk say beside what rows of complete rules do."""


def schema(words: Mapping[str, Word]) -> str:
    """The text of schema.json. `words`: with the values that the reasons add."""
    known = structure()
    definitions, sections = known["$defs"], known["properties"]
    definitions["when"] = _when(words.values())
    for name in _NAMES_WORDS:
        definitions[f"{name}_early"] = _early(definitions[name])
    definitions["when_early"] = _when(word for word in words.values() if word.name not in ONLY_AFTER_DECIDING)
    for section in ("impossible", "decisions"):
        sections[section] = _early(sections[section])
    definitions["impossible_row"] = _early(definitions["impossible_row"])
    definitions["counted"] = _counted()
    sections["store"] = _generous(sections["store"])
    del definitions["condition"]  # replaced by one definition for each word
    whole = {key: known.pop(key) for key in ("type", "additionalProperties", "required", "properties")}
    both = {"if": {"required": ["based_on"]}, "then": _for_desks(whole), "else": whole}
    return _written({"$comment": f"written by: {_HOW_TO_RENEW}", **known, **both}, "\n")


def _for_desks(whole: dict[str, Any]) -> dict[str, Any]:
    """The schema of rules that build on a default: nothing else must stand in them, and rows can be off or moved."""
    desk = {**_without_required(whole), "required": ["based_on"]}
    sections = {key: value for key, value in desk["properties"].items() if key != "version"}
    return {
        **desk,
        "properties": {
            "based_on": {"$ref": "#/$defs/day", "description": "이 규칙이 따르는 기본 규칙의 날짜"},
            **sections,
        },
    }


def _without_required(node: Any) -> Any:  # noqa: ANN401 - any part of a schema, and the same kind of part comes out
    if isinstance(node, list):
        return [_without_required(part) for part in node]
    if not isinstance(node, dict):
        return node
    part = {key: _without_required(value) for key, value in node.items() if key not in ("required", "minItems")}
    if "properties" in node:  # where `required` may be the name of an entry
        part["properties"] = {key: _without_required(value) for key, value in node["properties"].items()}
        part["properties"] |= _MOVES if "id" in node["properties"] else {}
    return part


def _when(words: Iterable[Word]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {word.name: _condition(word) for word in words},
    }


def _condition(word: Word) -> dict[str, Any]:
    """The schema of a condition on a word: one value or a list of values."""
    one = _value(word)
    return {"description": word.meaning.ko, "anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}


def _value(word: Word) -> dict[str, Any]:
    if word.values is None:
        return {"$ref": "#/$defs/counted"}
    listed = {"enum": list(word.possible)}
    return {"anyOf": [listed, {"type": "string"}]} if word.more else listed  # the seller may add reasons


def _counted() -> dict[str, Any]:
    ranges = [form.ko for form in FORMS if not form.ko.isdigit()]
    written = {"type": "string", "pattern": f"{END.pattern}|{SPAN.pattern}", "examples": ranges}
    return {"anyOf": [{"enum": [UNKNOWN]}, {"type": "integer"}, written]}


def _generous(node: dict[str, Any]) -> dict[str, Any]:
    """The same schema for settings that may also be written as a seller says them: any text, which `read` judges."""
    if "properties" in node:
        node = {**node, "properties": {name: _generous(inner) for name, inner in node["properties"].items()}}
    if "object" not in node.get("type", ()):
        return node if node.get("type") == "string" else {"anyOf": [node, {"type": "string"}]}
    inside = node.get("additionalProperties")
    return {**node, "additionalProperties": _generous(inside)} if inside else node


def _early(node: Any) -> Any:  # noqa: ANN401 - any part of a schema, and the same kind of part comes out
    """The same schema for conditions that are tested before decisions, without the words that decisions produce."""
    if isinstance(node, list):
        return [_early(part) for part in node]
    if not isinstance(node, dict):
        return node
    if node.get("$ref") in [f"#/$defs/{name}" for name in _NAMES_WORDS]:
        return {**node, "$ref": f"{node['$ref']}_early"}
    return {key: _early(part) for key, part in node.items()}


def _written(node: Any, line: str) -> str:  # noqa: ANN401 - any part of a schema
    """The schema as JSON text, on one line if it fits."""
    flat = json.dumps(node, ensure_ascii=False)
    if len(flat) <= _WIDTH or not isinstance(node, dict | list):
        return flat
    inner = f"{line}  "
    if isinstance(node, list):
        return f"[{inner}{f',{inner}'.join(_written(part, inner) for part in node)}{line}]"
    entries = (f"{json.dumps(key, ensure_ascii=False)}: {_written(part, inner)}" for key, part in node.items())
    return f"{{{inner}{f',{inner}'.join(entries)}{line}}}"
