"""The past of a desk that had no run yet."""

from __future__ import annotations

from typing import Final

from processor.model.past import Past
from processor.model.tables import PAST_ORDERS, POINT

NOTHING_BEFORE: Final = Past(
    orders=PAST_ORDERS.empty(),
    latest=PAST_ORDERS.empty(),
    answers=(),
    runs={},
    points=POINT.empty(),
    paid={},
    own_cancels={},
)
"""A past without orders, answers, runs and points."""
