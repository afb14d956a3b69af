"""The page of a desk as of a moment that stays: `page_at.py DESK LANGUAGE MOMENT`. It prints its address as the command does."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from processor.app import Desk, Passwords
from processor.page import Given, open_page
from processor.page.one_page import Opened


def main(home: str, lang: str, moment: str) -> None:
    given = Given(
        desk=Desk(Path(home)),
        lang=lang,
        now=lambda: datetime.fromisoformat(moment),
        passwords=Passwords([]),
        keep=lambda _password: False,
        marks=None,
        choices=None,
        downloads=Path(home) / "downloads",
    )
    open_page(given, 0, say)


def say(opened: Opened) -> None:
    sys.stdout.write(json.dumps({"type": "page", "url": opened.url}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
