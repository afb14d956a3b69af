"""How large an amount and how far away a day may be, whether a file, rules.yaml or the command line says it.

Beyond these bounds a figure is a mistake. Inside them no sum of won leaves 64 bits and no date leaves the calendar.
"""

from __future__ import annotations

from typing import Final

MOST_WON: Final = 10_000_000_000
"""The largest amount of one order, in won; one article costs at most 999,999,990.

A hundred years of interest on a full sheet of such orders is 10 to the power of 18 won; 64 bits hold nine times that.
"""
YEARS: Final = range(2000, 2100)
"""The years of dates in files and in rules.yaml."""
YEARS_WITH_HOLIDAYS: Final = range(2015, 2041)
"""The years whose public holidays are known. By other days nothing can be judged."""
