"""What the answer cells, and the one column beside them that is read back, are called in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HEADERS: Final[Mapping[str, str]] = {
    "조치": "Action",
    "출고상태": "Handover",
    "구매자동의": "Buyer agrees",
    "실제사유": "True reason",
    "메모": "Memo",
    "처리결과": "Result",
    "판매취소사유": "Cancel reason",
}

RESULTS: Final[Mapping[str, str]] = {"완료": "Done", "보류": "On hold", "실패": "Failed"}
"""What 처리결과 may say."""
