"""What the user of this computer allows a desk beyond its own folder. Kept in a folder of the user's own, not on the desk:
who has made the desk must not allow itself anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from processor import disk
from processor.app.desk import Desk

_NAME: Final = "choices.json"
_LARGEST: Final = 1 << 20  # bytes


class Choices(NamedTuple):
    """Nothing is allowed until somebody allows it."""

    downloads: bool = False  # to look for exports in the downloads folder
    reminders: bool = False  # to remind of deadlines and missing files
    reminded: datetime | None = None  # the time of day of which it has reminded last


def choices(folder: Path | None, desk: Desk) -> Choices:
    """`folder`: the user's own; None = there is none. What can't be read there allows nothing."""
    told = _kept(folder).get(_key(desk))
    told = told if isinstance(told, dict) else {}
    reminded = None
    with suppress(ValueError, TypeError):
        reminded = datetime.fromisoformat(told["reminded"]) if "reminded" in told else None
    return Choices(told.get("downloads") is True, told.get("reminders") is True, reminded)


def choose(folder: Path | None, desk: Desk, chosen: Choices) -> bool:
    """Keeps them for the next time. Returns whether they are kept."""
    if folder is None:
        return False
    reminded = {"reminded": chosen.reminded.isoformat()} if chosen.reminded else {}
    its = {"downloads": chosen.downloads, "reminders": chosen.reminders, **reminded}
    try:
        disk.folder(folder)
        disk.write_whole(
            folder / _NAME, json.dumps({**_kept(folder), _key(desk): its}, ensure_ascii=False, indent=1).encode()
        )
    except OSError:
        return False
    return True


def _kept(folder: Path | None) -> Mapping[str, Any]:
    if folder is not None:
        with suppress(OSError, ValueError, RecursionError):
            kept = json.loads(disk.read(folder / _NAME, _LARGEST))
            return kept if isinstance(kept, dict) else {}
    return {}


def _key(desk: Desk) -> str:
    return str(desk.home.resolve())
