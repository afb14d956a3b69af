"""Sentences that name a command of the terminal, as the page says them, which has a button for it."""

from __future__ import annotations

import re
from typing import Any, Final

from processor.model import Text

_TEACH_COMMAND: Final = re.compile(r'(: )?python -m processor teach "[^"]*"')
_TEACH: Final = Text(" [가르치기]", " [Teach it]")


def by_buttons(told: Any, lang: str) -> Any:  # noqa: ANN401 - values of any depth
    """The same values with the names of buttons."""
    match told:
        case dict():
            return {key: by_buttons(value, lang) for key, value in told.items()}
        case list() | tuple():
            return [by_buttons(value, lang) for value in told]
        case str():
            return _TEACH_COMMAND.sub(_TEACH.said(lang), told)
        case _:
            return told
