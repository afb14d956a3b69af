"""The JSON file beside a workbook, for programs: the inputs, the rules, and the counts of what came out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from processor import __version__, disk
from processor.model import PointState, Report
from processor.outbox import totals
from processor.rulebook.types import Rulebook

_LARGEST: Final = 64 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Record:
    """What an earlier manifest records of its run."""

    as_of: datetime
    rules_sha256: str
    inputs: Mapping[str, tuple[str, datetime]]  # sha256 → name and time


def recorded(workbook: Path) -> Record | None:
    """The record of the manifest beside a workbook; None where it is missing or cannot be read."""
    try:
        told = json.loads(disk.read(workbook.with_suffix(".json"), _LARGEST))
        inputs = {
            each["sha256"]: (str(each["name"]), datetime.fromisoformat(each["taken_at"])) for each in told["inputs"]
        }
        return Record(datetime.fromisoformat(told["as_of"]), str(told["rules"]["sha256"]), inputs)
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ):  # missing, or not as it was written
        return None


def manifest(
    report: Report, book: Rulebook, workbook: str, timings: Mapping[str, float], copies: Sequence[str] = ()
) -> dict[str, object]:
    batch = report.batch
    return {
        "workbook": workbook,
        "corrections": list(copies),
        "as_of": report.as_of.isoformat(timespec="seconds"),
        "processor": __version__,
        "rules": {"version": book.version, "sha256": book.sha256},
        "calendar": report.calendar_version,
        "inputs": [
            {"name": file.name, "sha256": file.sha256, "taken_at": file.taken_at.isoformat(timespec="seconds")}
            for file in batch.files
        ],
        "orders": len(report.rows),
        "actions": {action.value: count for action, count in totals.actions(report).items()},
        "points": {standing.value: totals.points(report.points, standing) for standing in PointState},
        "fees": {payer.value: asdict(total) for payer, total in totals.fees(report).items()},
        "problems": dict(
            sorted(Counter(problem.code for problem in (*batch.file_problems, *batch.row_problems)).items())
        ),
        "sheets": [
            {
                **asdict(sheet),
                "kind": sheet.kind.value if sheet.kind else None,
                "note": sheet.note.ko,
                "taken_at": sheet.taken_at.isoformat(timespec="seconds") if sheet.taken_at else None,
            }
            for sheet in report.account
        ],
        "timings": {stage: round(seconds, 3) for stage, seconds in timings.items()},
    }
