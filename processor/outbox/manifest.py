"""The JSON file beside a workbook, for programs: the inputs, the rules, and the counts of what came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from processor import __version__
from processor.model import PointState, Report
from processor.outbox import totals
from processor.rulebook.types import Rulebook


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
