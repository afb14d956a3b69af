"""Takes files whose time is later than the run for what they are: of an unknown time, and not the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from processor.intake.sheet import ExportSheet
from processor.model.clock import on_a_later_day

_STEP: Final = timedelta(microseconds=1)


def none_ahead(sheets: Sequence[ExportSheet], as_of: datetime) -> list[ExportSheet]:
    """The sheets, none of them of a later day than the run.

    A sheet from the future counts as of this moment. But if an export of this day has a time that can be right, exports
    from the future are older than every such one of any day: they replace none, and prove nothing about this day. Among
    themselves they keep their order.
    """
    stamps = {at: sheet.stamp or sheet.taken_at for at, sheet in enumerate(sheets) if _is_ahead(sheet, as_of)}
    if not stamps:
        return [*sheets]
    order = {stamp: place for place, stamp in enumerate(sorted(set(stamps.values())))}
    real = [
        sheet for at, sheet in enumerate(sheets) if sheet.kind.is_export and sheet.stamp is None and at not in stamps
    ]
    oldest = min((sheet.taken_at for sheet in real), default=as_of)
    told = any(not sheet.earlier for sheet in real)
    first = oldest - len(order) * _STEP if told else as_of
    return [
        replace(
            sheet,
            taken_at=(first if sheet.kind.is_export else as_of) + order[stamps[at]] * _STEP,
            stamp=stamps[at],
        )
        if at in stamps
        else sheet
        for at, sheet in enumerate(sheets)
    ]


def _is_ahead(sheet: ExportSheet, as_of: datetime) -> bool:
    """Whether the time of a file of this day is later than the run. Earlier days have told that of their files."""
    return not sheet.earlier and (sheet.stamp is not None or on_a_later_day(sheet.taken_at, as_of))
