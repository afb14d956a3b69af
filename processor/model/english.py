"""What the answer cells, and the one column beside them that is read back, are called in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model.answer_cells import ANSWER_CELLS, RESULT

HEADERS: Final[Mapping[str, str]] = {"조치": "Action", **{cell.header.ko: cell.header.en for cell in ANSWER_CELLS}}
RESULTS: Final[Mapping[str, str]] = {choice.ko: choice.en for choice in RESULT.choices}
"""What 처리결과 may say."""
