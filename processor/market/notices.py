"""The notice that stands above the headers of 발주발송관리 (exports §1.3), and how a header is told from it."""

from __future__ import annotations

from typing import Final

_LONGEST_HEADER: Final = 30
"""Characters. The longest header known has 20."""
_NOTICE: Final = "◈"
_NOTICES: Final = (_NOTICE, "※")


def may_be_header(cell: str) -> bool:
    """Can this cell be a header? Not if it is too long, has line breaks, or begins as a notice."""
    return len(cell) <= _LONGEST_HEADER and "\n" not in cell and not cell.startswith(_NOTICES)


def begins_a_notice(cell: str) -> bool:
    return cell.startswith(_NOTICE)
