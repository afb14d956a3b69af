"""Chooses the parser of a column by its role."""

from __future__ import annotations

from functools import partial

from processor.intake import cells
from processor.intake.cells import Parse
from processor.intake.layout import Layout
from processor.model import (
    ANSWER_CELLS,
    CLAIM_STATES,
    DATE_COLUMNS,
    NOTE_COLUMNS,
    NUMBER_COLUMNS,
    UNKNOWN,
    Col,
    Kind,
    Spelling,
)

_IDENTIFIERS = frozenset(
    {Col.TRACKING_NO, Col.PRODUCT_NO, Col.OPTION_CODE, Col.SELLER_SKU, Col.BUNDLE_NO, Col.SUBSCRIPTION}
)
_CAUSES = tuple(cell.column for cell in ANSWER_CELLS if cell.spelling is Spelling.CAUSES)
_UNKNOWN_LABEL = {
    Col.CLAIM_REASON: "unknown_reason",
    **dict.fromkeys(_CAUSES, "unknown_reason"),
    **{cell.column: "unknown_answer" for cell in ANSWER_CELLS if cell.closed},
}


def parse_of(role: str, kind: Kind, layout: Layout, whole_days: frozenset[str] = frozenset()) -> Parse:
    """The parser of a column. `whole_days`: the date columns in which a whole number is a day, see `serials.py`."""
    if role == Col.PRODUCT_ORDER_NO:
        return cells.product_order_no
    if role == Col.ORDER_NO:
        return cells.order_no
    if role in DATE_COLUMNS:
        return partial(cells.moment, whole_days=True) if role in whole_days else cells.moment
    if role == Col.RETURN_FEE_CHARGED:
        return cells.won_if_told
    if role in NUMBER_COLUMNS:
        return cells.won
    if role in NOTE_COLUMNS:
        return cells.note
    if role in layout.labels:
        code = _UNKNOWN_LABEL.get(role, "unknown_state")
        unknown = UNKNOWN if role in _CAUSES else ""
        return cells.known_label(layout.labels[role], code, required=CLAIM_STATES.get(kind) == role, unknown=unknown)
    if role in layout.open_labels:
        return cells.label
    return cells.identifier if role in _IDENTIFIERS else cells.text
