"""The workbook's companion for programs: what went in, by which rules, and how many of what came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

from processor import __version__
from processor.model import Report
from processor.outbox import totals
from processor.rulebook.types import Rulebook


def manifest(report: Report, book: Rulebook, workbook: str, timings: Mapping[str, float]) -> dict[str, object]:
    batch = report.batch
    return {
        "workbook": workbook,
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
        "points": {
            "by_action": totals.points(report, by_action=True),
            "by_itself": totals.points(report, by_action=False),
        },
        "fees": {payer.value: asdict(total) for payer, total in totals.fees(report).items()},
        "problems": dict(
            sorted(Counter(problem.code for problem in (*batch.file_problems, *batch.row_problems)).items())
        ),
        "sheets": [
            {**asdict(sheet), "kind": sheet.kind.value if sheet.kind else None, "note": sheet.note.ko}
            for sheet in batch.sheets
        ],
        "timings": {stage: round(seconds, 3) for stage, seconds in timings.items()},
    }
