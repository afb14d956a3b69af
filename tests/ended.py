"""What a typed command has ended with, and rules that hundreds of commands read once. No test imports from a conftest: there are two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import made

from processor.rulebook import Rulebook
from processor.rulebook import read as _read


class Ended(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]

    def of_type(self, kind: str) -> list[dict]:
        return [line for line in self.lines if line["type"] == kind]


_sound: dict[bytes, Rulebook] = {}


def read_once(path: Path, words, _found_sound=()) -> Rulebook:
    """Sound rules of equal text are read once: proving them takes a second, and hundreds of commands ask for it."""
    text = path.read_bytes() if path.is_file() else b""
    if text not in _sound:
        _sound[text] = made.default_rules() if text == made.RULES.read_bytes() else _read(path, words)
    return _sound[text]
