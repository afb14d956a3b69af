"""A desk of invented orders to practise on."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from processor import app
from processor.model import Text
from processor.page.requests.asking import Entry, Request, Values, Work


def _practice(request: Request, _work: Work) -> Values:
    """Makes the desk in a new folder of the user's temporary ones."""
    folder = Path(tempfile.mkdtemp(prefix="practice-")) / _NAME.said(request.lang)
    demo = app.demo_desk(folder, request.as_of)
    return {"type": "practice", "home": str(demo.desk.home), "password": demo.password}


_NAME: Final = Text("연습 가게", "Practice shop")

ENTRIES: Final[Mapping[str, Entry]] = {"practice": Entry(_practice, changes=True)}
