"""What a request is made of, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from processor.app import Desk, Kept, Progress
from processor.page.errors import NotAsked

Values = Mapping[str, Any]


class Request(NamedTuple):
    """What is asked. `values`: from the browser, so of any shape that JSON has. `as_of`: Korean wall time."""

    name: str
    values: Values
    as_of: datetime
    lang: str
    passwords: tuple[str, ...] = ()

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str):
            raise NotAsked
        return value

    def flag(self, key: str) -> bool:
        return self.values.get(key) is True

    def texts(self, key: str) -> list[str]:
        found = self.values.get(key)
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise NotAsked
        return found

    def pairs(self, key: str) -> dict[str, str]:
        found = self.values.get(key)
        if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
            raise NotAsked
        return found


class Answered(NamedTuple):
    """The request was carried out."""

    values: Values


class Work(NamedTuple):
    """Where a request is carried out, what is kept between two of them, and how its progress is told."""

    desk: Desk
    marks: Path | None
    kept: Kept
    tell: Callable[[Progress], None]


class Entry(NamedTuple):
    """A request that the page knows. Its function may raise Refused and OSError."""

    carry_out: Callable[[Request, Work], Values]
    changes: bool = False  # the desk: it is a POST, and other windows hear of it
    opens_files: bool = False  # so it is given the passwords
    long: bool = False  # it may take long: it is begun, and asked after by its number
