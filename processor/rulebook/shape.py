"""Has rules.yaml the right shape? `schema.json` says so; here its answers become sentences that a seller can act on."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from processor.model import Text, josa
from processor.rulebook.load import Complaint, Document, Path_
from processor.rulebook.nearest import did_you_mean

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


def check(document: Document) -> list[Complaint]:
    """All places where the file does not have the shape of a rulebook."""
    return [
        Complaint(*document.mark(path), message)
        for error in _validator().iter_errors(document.data)
        for path, message in _say(error)
    ]


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(resources.files(__package__).joinpath("schema.json").read_text("utf-8")))


def _say(error: ValidationError) -> list[tuple[Path_, Text]]:
    path: Path_ = tuple(error.absolute_path)
    wanted: Any = error.validator_value
    schema: Any = error.schema
    instance: Any = error.instance
    match error.validator:
        case "required":
            return [(path, _missing(name)) for name in wanted if name not in instance]
        case "additionalProperties":
            known = list(schema["properties"])
            return [((*path, key), _unknown_key(key, known)) for key in instance if key not in known]
        case "enum":
            return [(path, not_one_of(error.instance, [str(value) for value in wanted]))]
        case "type":
            types = wanted if isinstance(wanted, list) else [wanted]
            return [(path, _wrong_type(error.instance, types))]
        case "pattern":
            return [(path, _PATTERNS.get(str(wanted), _ODD))]
        case "minimum":
            return [(path, Text(f"{wanted} 이상이어야 합니다.", f"This must be at least {wanted}."))]
        case _:
            return [(path, Text("비어 있습니다. 하나는 적으세요.", "This is empty. Write at least one."))]


def not_one_of(value: object, known: list[str]) -> Text:
    """A word that is not in a closed list, with the nearest one that is."""
    ko, en = did_you_mean(str(value), known)
    shown = "·".join(known[:12])
    word = repr(value) if isinstance(value, str) else f"'{_written(value)}'"
    return Text(
        f"{josa(word, '은/는')} 여기에 쓸 수 없습니다. {ko}쓸 수 있는 말: {shown}",
        f"{word} can't stand here. {en}Possible: {shown}",
    )


def _missing(name: str) -> Text:
    return Text(f"'{name}' 칸이 빠졌습니다. 적어 주세요.", f"'{name}' is missing here. Add it.")


def _unknown_key(key: str, known: list[str]) -> Text:
    ko, en = did_you_mean(key, known)
    return Text(f"'{key}'라는 칸은 없습니다. {ko}".rstrip(), f"There is no '{key}' here. {en}".rstrip())


def _wrong_type(value: object, wanted: list[str]) -> Text:
    ko = " 또는 ".join(_TYPES[name].ko for name in wanted)
    en = " or ".join(_TYPES[name].en for name in wanted)
    return Text(
        f"'{_written(value)}' 대신 {josa(ko, '이/가')} 와야 합니다.", f"Instead of '{_written(value)}' write {en}."
    )


def _written(value: object) -> str:
    text = (
        {None: "(빈칸)", True: "true", False: "false"}.get(value) if value is None or isinstance(value, bool) else None
    )
    text = text or (json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value))
    return text if len(text) <= 40 else text[:39] + "…"


_TYPES = {
    "string": Text("글자", "text"),
    "integer": Text("정수", "a whole number"),
    "boolean": Text("true/false", "true or false"),
    "array": Text("목록 [ ]", "a list [ ]"),
    "object": Text("'이름: 값' 묶음", "'name: value' pairs"),
    "null": Text("null", "null"),
}
_DAY = Text("날짜는 2026-01-31처럼 적으세요.", "Write dates like 2026-01-31.")
_ODD = Text("모양이 맞지 않습니다.", "This does not have the right form.")
_PATTERNS = {
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": _DAY,
    "^[A-Z]-[0-9]{2}[a-z]?$": Text("번호는 C-01처럼 대문자-두 자리 숫자로 적으세요.", "Write ids like C-01."),
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": Text("시각은 14:00처럼 적으세요.", "Write times like 14:00."),
}
