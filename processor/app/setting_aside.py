"""Takes a file out of the inbox that was put there by mistake. It is kept, and lies where unreadable files lie."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from processor import intake, ledger
from processor.app.desk import Desk
from processor.app.errors import FileMissing
from processor.app.morning import ledger_troubles
from processor.model import Text

_LETTER: Final = Text(
    "화면에서 빼신 파일이라 읽지 않았습니다. 쓰시려면 inbox 폴더로 다시 옮기세요.",
    "You took this file out on the page, so it was not read. To use it, move it back into the folder inbox.",
)


def set_aside(desk: Desk, name: str, moment: datetime) -> Path:
    """Moves it while no run is at work; returns its new path. Raises FileMissing, Busy and OSError."""
    with ledger_troubles(), ledger.alone(desk.outbox):
        path = intake.lying(desk.inbox, name)
        if path is None:
            raise FileMissing([Path(name)])
        return intake.set_aside(path, desk.inbox, f"{moment:%Y%m%d_%H%M%S}", _LETTER)
