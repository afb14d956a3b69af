"""Names of the sheets by which a returned workbook of this program is recognised.

A sheet that is added later is named in its own module of `outbox`, because older workbooks do not have it.
"""

from __future__ import annotations

from typing import Final

from processor.model.text import Text

SUMMARY: Final = Text("요약", "Summary")
PENALTIES: Final = Text("패널티", "Penalties")
COSTS: Final = Text("비용부담", "Costs")
RULES: Final = Text("규칙", "Rules")
INPUTS: Final = Text("입력파일", "Inputs")
OWN_SHEETS: Final = (SUMMARY, PENALTIES, COSTS, RULES, INPUTS)
"""Every workbook has all of them, in one language. They have no answers; the action sheets do."""
