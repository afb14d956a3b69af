"""The line that says which workbook to open, as it is typed on the seller's system."""

from __future__ import annotations

import re
import shlex
from pathlib import PurePath
from typing import Final

from processor.model import Text

_SHELLS_DIFFER: Final = re.compile(r"[$`“”„,;=]|%.*%")
"""In double quotes PowerShell replaces `$…` and a backtick and ends the text at a curly quote, cmd replaces `%…%`, and
explorer takes what follows a comma for another argument."""
_ENDS_A_QUOTE: Final = re.compile(r"['‘’‚‛]")  # PowerShell takes each of them for an apostrophe


def to_open(workbook: PurePath, system: str) -> Text:
    """The last line of a run. `system`: as in `sys.platform`."""
    how = _typed(str(workbook), system)
    return Text(f"가장 새 처리목록을 여세요: {how}", f"Open the newest workbook: {how}")


def _typed(workbook: str, system: str) -> str:
    """The command that opens it, and only the path where desktops differ.

    On Windows one that means the same in PowerShell and in cmd; of a path for which there is none, that of PowerShell.
    """
    if system == "darwin":
        return f"open {shlex.quote(workbook)}"
    if system != "win32":
        return workbook
    if _SHELLS_DIFFER.search(workbook):
        return f"Invoke-Item -LiteralPath '{_ENDS_A_QUOTE.sub(lambda quote: quote[0] * 2, workbook)}'"
    return f'explorer "{workbook}"'
