"""A past in which nothing happened."""

from __future__ import annotations

from typing import Final

import pandas as pd

from processor.model.past import PAST_ORDERS, Past
from processor.model.points import POINT

NOTHING_BEFORE: Final = Past(
    orders=pd.DataFrame(
        {name: pd.Series(dtype=dtype) for name, dtype in PAST_ORDERS.items()}, index=pd.Index([], dtype="str")
    ),
    latest=pd.DataFrame(
        {name: pd.Series(dtype=dtype) for name, dtype in PAST_ORDERS.items()}, index=pd.Index([], dtype="str")
    ),
    answers=(),
    runs={},
    points=pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in POINT.items()}),
    paid={},
    own_cancels={},
)
"""A desk without a yesterday, as `decide` sees it."""
