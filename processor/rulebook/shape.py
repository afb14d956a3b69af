"""Checks the shape of rules.yaml against `structure.json` and turns the errors into sentences for the seller."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from jsonschema import Draft202012Validator

from processor.model import ANSWER_CELLS, MOST_WON, UNKNOWN, Action, Kind, Payer, Spelling, Text, josa
from processor.model.tables import READ
from processor.rulebook.load import Complaint, Document, Path_
from processor.rulebook.nearest import nearest, not_one_of, unknown, written

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


def check(document: Document) -> list[Complaint]:
    """The complaints about all places where the file does not have the shape of a rulebook."""
    return [
        Complaint(
            *(document.key(path) if _about_a_key(error) else document.mark(path)), document.complaint(path, message)
        )
        for error in _validator().iter_errors(document.data)
        for path, message in _say(error)
    ]


def structure() -> dict[str, Any]:
    """The JSON Schema for rules.yaml: `structure.json`, completed with the names that the model declares.

    It does not check the words of conditions: other steps have complaints about them.
    """
    found: dict[str, Any] = json.loads(
        resources.files(__package__).joinpath("structure.json").read_text("utf-8"), object_hook=_from_code
    )
    _with_answer_cells(found["properties"]["exports"]["properties"])
    return found


_FROM_CODE: Final[Mapping[str, dict[str, Any]]] = {
    "actions": {"enum": [action.ko for action in Action]},
    "kinds": {"enum": [kind.value for kind in Kind]},
    "payers": {"enum": [payer.text.ko for payer in Payer]},
    "asked": {"enum": [cell.header.ko for cell in ANSWER_CELLS if cell.asked]},
    "won": {"type": ["integer", "null"], "minimum": 0, "maximum": MOST_WON},
    "some won": {"type": ["integer", "null"], "minimum": 1, "maximum": MOST_WON},
    "columns": {
        "type": "object",
        "additionalProperties": False,
        "required": list(READ),
        "properties": {column: {"$ref": "#/$defs/texts"} for column in READ},
    },
}


def _from_code(node: dict[str, Any]) -> dict[str, Any]:
    """Replaces entries such as `{"from code": "actions"}` in structure.json by the names that the code declares."""
    return _FROM_CODE[node["from code"]] if "from code" in node else node


def _with_answer_cells(exports: dict[str, Any]) -> None:
    """Adds to `states` and `hints` the answer cells whose spellings are listed there, with the allowed words."""
    for cell in ANSWER_CELLS:
        if cell.spelling in (Spelling.STATES, Spelling.HINTS):
            unknown = [UNKNOWN] if cell.closed else []
            section = exports[cell.spelling.value]
            section["required"].append(cell.column)
            section["properties"][cell.column] = {
                "type": "object",
                "additionalProperties": {"enum": [*(choice.ko for choice in cell.choices), *unknown]},
            }


@cache
def _validator() -> Draft202012Validator:
    found = structure()
    return Draft202012Validator(_in_place(found, found["$defs"]))


def _in_place(node: Any, definitions: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any part of a schema
    """The schema with each definition in the place of its `$ref`, of which looking up takes a third of the time."""
    if isinstance(node, list):
        return [_in_place(part, definitions) for part in node]
    if not isinstance(node, dict):
        return node
    rest = {name: _in_place(part, definitions) for name, part in node.items() if name != "$ref"}
    if "$ref" not in node:
        return rest
    return {**_in_place(definitions[node["$ref"].removeprefix("#/$defs/")], definitions), **rest}


def _about_a_key(error: ValidationError) -> bool:
    return error.validator == "additionalProperties" or "propertyNames" in error.absolute_schema_path


def _say(error: ValidationError) -> list[tuple[Path_, Text]]:
    path: Path_ = tuple(error.absolute_path)
    wanted: Any = error.validator_value
    schema: Any = error.schema
    instance: Any = error.instance
    match error.validator:
        case "required":
            known, absent = list(schema["properties"]), [name for name in wanted if name not in instance]
            misspelt = {nearest(key, absent) for key in instance if key not in known}
            return [(path, _missing(name)) for name in absent if name not in misspelt]
        case "additionalProperties":
            known = list(schema["properties"])
            absent = [name for name in known if name not in instance]
            return [
                ((*path, key), _unknown_entry(key, instance[key], absent if nearest(key, absent) else known))
                for key in instance
                if key not in known
            ]
        case "enum":
            return [(path, not_one_of(instance, [str(value) for value in wanted]))]
        case "type":
            return [(path, _wrong_type(instance, wanted if isinstance(wanted, list) else [wanted], schema))]
        case "pattern":
            entry = (*path, instance) if _about_a_key(error) else path
            return [(entry, _PATTERNS[wanted])]
        case "minimum":
            return [(path, _too_small(instance, wanted))]
        case "maxItems":
            return [(path, _too_many(len(instance), wanted))]
        case "maximum":
            return [(path, _too_large(instance, wanted))]
        case _:
            return [(path, Text("비어 있습니다. 하나는 적으세요.", "This is empty. Write at least one."))]


def _missing(name: str) -> Text:
    return Text(f"'{name}' 칸이 빠졌습니다. 적어 주세요.", f"'{name}' is missing here. Add it.")


def _too_small(value: int, least: int) -> Text:
    return Text(f"'{value}' 대신 {least} 이상인 정수를 적으세요.", f"Instead of '{value}' write {least} or more.")


def _too_large(value: int, most: int) -> Text:
    return Text(f"'{value}' 대신 {most} 이하인 정수를 적으세요.", f"Instead of '{value}' write {most} or less.")


def _too_many(count: int, most: int) -> Text:
    return Text(
        f"{count}줄은 너무 많습니다. {most}줄까지만 적으세요.",
        f"These {count} rows are too many. Write at most {most}.",
    )


def _wrong_type(value: object, wanted: list[str], schema: dict[str, Any]) -> Text:
    """The sentence that says what to write instead; with an example if the schema has one."""
    if schema.get("pattern") in _PATTERNS:
        return _PATTERNS[schema["pattern"]]
    if schema.get("propertyNames") and not isinstance(value, dict):
        return _DATED
    ko, en = _either([_TYPES[name] for name in wanted])
    if value is None:
        return Text(f"비어 있습니다. {josa(ko, '을/를')} 적으세요.", f"This is empty. Write {en}.")
    quoted = f"'{written(value)}'"
    return Text(f"{quoted} 대신 {josa(ko, '을/를')} 적으세요.", f"Instead of {quoted} write {en}.")


def _either(choices: list[Text]) -> Text:
    *first, last = choices
    if not first:
        return last
    return Text(
        f"{', '.join(text.ko for text in first)} 또는 {last.ko}", f"{', '.join(text.en for text in first)} or {last.en}"
    )


_ENTRY = Text("칸", "entry")


def _unknown_entry(key: str, value: object, known: list[str]) -> Text:
    """The sentence about an unknown entry. One without a value may be part of a sentence or number that was split at a comma."""
    split = value is None and (" " in key or key[:1].isdigit())
    return _COMMA if split else unknown(_ENTRY, key, known)


_TYPES = {
    "string": Text("글자", "text"),
    "integer": Text("숫자만 쓴 정수", "a whole number"),
    "boolean": Text("true/false", "true or false"),
    "array": Text("대괄호 목록 [값, 값]", "a list in brackets [one, two]"),
    "object": Text("'이름: 값' 묶음", "'name: value' pairs"),
    "null": Text("null", "null"),
}
_COMMA = Text(
    "쉼표(,)가 든 글은 큰따옴표로 감싸세요. 여기서 글이 끊겼습니다.",
    "Text with a comma in it must be quoted: it breaks off here.",
)
_DAY = Text("날짜는 2026-01-31처럼 적으세요.", "Write dates like 2026-01-31.")
_DATED = Text("언제부터인지 함께 {2026-01-31: 1}처럼 적으세요.", "Say from which day it holds, like {2026-01-31: 1}.")
_PATTERNS = {
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": _DAY,
    "^[A-Z]-[0-9]{2}[a-z]?$": Text("번호는 C-01처럼 대문자-두 자리 숫자로 적으세요.", "Write ids like C-01."),
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": Text("시각은 14:00처럼 적으세요.", "Write times like 14:00."),
}
