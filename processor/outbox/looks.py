"""Colours and formats of the workbook. The contrast of every text with its background is at least 4.5:1."""

from __future__ import annotations

from functools import cache
from typing import Final

from processor.outbox.sheet import Look, Loud, Mark, Tab, Tone

Format = dict[str, str | int | bool]

FONT: Final[Format] = {"font_name": "맑은 고딕", "font_size": 10}
LINE_HEIGHT: Final = 15.0  # points per line of text
CAPTION_HEIGHT: Final = 18.0  # points
TALLEST: Final = 16  # the most lines of text that a row shows
_INK: Final = "#1F2937"
LINK: Final = "#0B4F9E"
HEADER_GROUND: Final = "#1F3A5F"  # white on it: 11:1
YELLOW: Final = "#FFF3B0"
ASKED_GROUND: Final = "#FFC470"
ASKED_EDGE: Final = "#9A3412"
_CELL: Final[Format] = {**FONT, "font_color": _INK, "valign": "top"}

CELLS: Final[dict[Look, Format]] = {
    Look.TEXT: {**_CELL, "num_format": "@"},
    Look.WORDS: {**_CELL, "num_format": "@"},
    Look.CUT: _CELL,
    Look.LONG: {**_CELL, "num_format": "@", "text_wrap": True},
    Look.ORDER: {**_CELL, "num_format": "@", "font_color": LINK, "underline": 1},
    Look.SHEET: {**_CELL, "font_color": LINK, "underline": 1, "bold": True},
    Look.FILE: {**_CELL, "num_format": "@", "font_color": LINK, "underline": 1},
    Look.COUNT: {**_CELL, "num_format": "#,##0", "align": "right", "indent": 1},
    Look.WON: {**_CELL, "num_format": '#,##0"원"', "align": "right", "indent": 1},
    Look.KRW: {**_CELL, "num_format": '"₩"#,##0', "align": "right", "indent": 1},
    Look.RATIO: {**_CELL, "num_format": "0.0%", "align": "right", "indent": 1},
    Look.DAY: {**_CELL, "num_format": "yyyy-mm-dd", "align": "left"},
    Look.ANSWER: {**_CELL, "num_format": "@", "bg_color": YELLOW, "text_wrap": True},
    Look.OPEN: {**_CELL, "num_format": "@"},
    Look.TICK: {**_CELL, "num_format": "@", "bg_color": "#EEF2F7"},
}
MARKS: Final[dict[Loud, Format]] = {
    Loud.ASKED: {"bg_color": ASKED_GROUND, "bold": True, "border": 2, "border_color": ASKED_EDGE},
    Loud.ANSWER: {"bg_color": YELLOW},
    Loud.LATE: {"bg_color": "#B42318", "bold": True, "font_color": "#FFFFFF"},
    Loud.TODAY: {"bg_color": "#9A4A00", "bold": True, "font_color": "#FFFFFF"},
    Loud.TOMORROW: {"bg_color": "#47617F", "font_color": "#FFFFFF"},
}
# Conditional formats of whole tables: they apply to blank cells too, and stay right when rows are sorted or answered.
BETWEEN_ROWS: Final[Format] = {"top": 1, "top_color": "#D9DEE5"}
NEW_BLOCK: Final[Format] = {"top": 1, "top_color": HEADER_GROUND}
DONE: Final[Format] = {"font_color": "#6B7280", "font_strikeout": True}
HEADER: Final[Format] = {
    **FONT,
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": HEADER_GROUND,
    "text_wrap": True,
    "valign": "vcenter",
}
CAPTION: Final[Format] = {
    **FONT,
    "font_color": HEADER_GROUND,
    "bg_color": "#E3EAF3",
    "bottom": 1,
    "bottom_color": HEADER_GROUND,
    "valign": "vcenter",
}
ANSWER_HEADER: Final[Format] = {**HEADER, "font_color": _INK, "bg_color": "#FFD84D"}
NUMBER_HEADER: Final[Format] = {**HEADER, "align": "right", "indent": 1}
TOTALS: Final[dict[Look, Format]] = {look: {**cell, "bold": True, "top": 2} for look, cell in CELLS.items()}
LINES: Final[dict[Tone, Format]] = {
    Tone.TITLE: {**FONT, "font_size": 13, "bold": True, "font_color": _INK, "valign": "vcenter"},
    Tone.HEADING: {**FONT, "font_size": 11, "bold": True, "font_color": HEADER_GROUND, "valign": "vcenter"},
    Tone.NOTE: {**FONT, "font_color": "#4B5563", "valign": "vcenter"},
    Tone.SMALL: {**FONT, "font_size": 9, "font_color": _INK, "valign": "vcenter"},
    Tone.WARNING: {**FONT, "bold": True, "font_color": "#9A3412", "valign": "vcenter"},
}
WRAPPED_LINES: Final[dict[Tone, Format]] = {tone: {**look, "text_wrap": True} for tone, look in LINES.items()}
TABS: Final[dict[Tab, str]] = {
    Tab.SUMMARY: "#F2A900",
    Tab.LIST: HEADER_GROUND,
    Tab.MONEY: "#9B1C1C",
    Tab.LOOK_UP: "#9CA3AF",
}
CHART_GRID: Final = "#E5E7EB"
CHART_COLUMNS: Final[tuple[dict[str, object], ...]] = (  # differ by pattern, not by colour alone
    {"fill": {"color": "#1F3A5F"}},
    {"pattern": {"pattern": "dark_horizontal", "fg_color": "#B42318", "bg_color": "#FFFFFF"}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#B45309", "bg_color": "#FFFFFF"}},
    {"pattern": {"pattern": "percent_20", "fg_color": "#2F6DB5", "bg_color": "#FFFFFF"}},
    {"pattern": {"pattern": "small_grid", "fg_color": "#6B7280", "bg_color": "#FFFFFF"}},
)
CHART_LINES: Final[tuple[dict[str, object], ...]] = (  # differ by dashes, not by colour alone; the limit comes first
    {"line": {"color": "#B42318", "width": 2.25, "dash_type": "dash"}},
    {"line": {"color": "#1F3A5F", "width": 2.75}},
    {"line": {"color": "#2F6DB5", "width": 2, "dash_type": "square_dot"}},
    {"line": {"color": "#6B7280", "width": 2, "dash_type": "long_dash_dot"}},
)


@cache
def marked(look: Look, mark: Mark) -> Format:
    """The format of a marked cell. The words are part of the number format, so the value stays a date or a number."""
    shown = CELLS[look]
    words = {"num_format": f'{shown["num_format"]}" {mark.words}"'} if mark.words else {}
    return {**shown, **MARKS[mark.loud], **words}


def header(look: Look) -> Format:
    match look:
        case Look.ANSWER | Look.OPEN:
            return ANSWER_HEADER
        case Look.COUNT | Look.WON | Look.KRW | Look.RATIO:
            return NUMBER_HEADER
        case _:
            return HEADER
