"""Removes old inputs, which hold buyers' data, and entries of the ledger that nothing needs any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from processor import disk, intake, ledger
from processor.app import plan
from processor.app.desk import Desk
from processor.app.morning import ledger_troubles
from processor.app.outcomes import left_by, told_of
from processor.model import Text


@dataclass(frozen=True, slots=True)
class Old:
    """What is older than a given day, and whether it has been removed."""

    before: date
    entries: ledger.Forgettable
    folders: list[Path]  # folders of filed inputs, in done/ or failed/
    history: list[Path]  # briefs of runs, and rules that only they were made with
    removed: bool
    earlier: plan.Earlier = plan.NOTHING_LEFT

    @property
    def inputs(self) -> int:
        """How many files lie in the folders."""
        return sum(disk.is_file(path) for folder in self.folders for path in folder.rglob("*"))

    def lines(self) -> Iterator[Text]:
        yield from told_of(self.earlier)
        entries, folders, history = self.entries, len(self.folders), len(self.history)
        if self.removed:
            yield Text(
                f"{self.before} 전의 기록을 지웠습니다: 끝난 주문 {entries.orders}건 · 벌점 {entries.points}건 · 파일 기록 {entries.files}개 · 원본 폴더 "
                f"{folders}개 · 지난 처리 기록 {history}개",
                f"Removed what is older than {self.before}: {entries.orders} closed orders, {entries.points} entries of points, "
                f"{entries.files} records of files, {folders} folders of inputs, {history} files of the history",
            )
        else:
            yield Text(
                f"{self.before} 전의 기록: 끝난 주문 {entries.orders}건 · 벌점 {entries.points}건 · 파일 기록 {entries.files}개 · 원본 폴더 {folders}개 · "
                f"지난 처리 기록 {history}개",
                f"Older than {self.before}: {entries.orders} closed orders, {entries.points} entries of points, {entries.files} records of "
                f"files, {folders} folders of inputs, {history} files of the history",
            )
            yield from (Text(f"  {folder}", f"  {folder}") for folder in self.folders)
        if entries.still_open:
            yield Text(
                f"아직 끝나지 않은 주문 {entries.still_open}건은 오래됐어도 남깁니다.",
                f"Orders that are still open stay, however old: {entries.still_open}",
            )
        if not self.removed:
            yield Text(
                "아직 아무것도 지우지 않았습니다. 지우려면 --yes를 붙이세요.",
                "Nothing was removed yet: add --yes to do it.",
            )

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        head = {"type": "forget", "before": self.before.isoformat(), "removed": self.removed}
        return {
            **head,
            **left_by(self.earlier, lang),
            **self.entries._asdict(),
            "folders": [str(folder) for folder in self.folders],
            "history": [str(file) for file in self.history],
        }


def old(desk: Desk, before: date) -> Old:
    """What is older than that day. Nothing is removed. Raises LedgerUnusable."""
    with ledger_troubles():
        return _old(desk, before, removed=False)


def forget(desk: Desk, before: date) -> Old:
    """Removes what is older than that day. Inputs go first: if it stops half-way, no input is left without its entry.

    Raises Busy, LedgerUnusable and OSError.
    """
    with ledger_troubles(), ledger.alone(desk.outbox):
        earlier = plan.finish(desk)
        found = replace(_old(desk, before, removed=True), earlier=earlier)
        for folder in found.folders:
            disk.remove_folder(folder)
        for file in found.history:
            disk.remove(file)
        ledger.forget(desk.ledger, before)
    return found


def _old(desk: Desk, before: date, *, removed: bool) -> Old:
    return Old(
        before,
        ledger.forgettable(desk.ledger, before),
        intake.put_away_before(desk.inbox, before),
        ledger.History(desk.history).before(before),
        removed,
    )
