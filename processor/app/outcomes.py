"""The outcome of a run as a value, with its lines for a person and its plain values for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processor import outbox
from processor.model import Repeat, Report, Text


@dataclass(frozen=True, slots=True)
class Done:
    """A run that judged something."""

    report: Report
    workbook: Path | None  # None: a dry run, a run that only records (`catch_up`), or nothing to do
    corrections: tuple[Path, ...] = ()  # copies of inputs with bad rows, to be corrected and dropped in again
    resumed: Path | None = None  # the workbook of a killed run that this run has finished
    dry_run: bool = False
    catch_up: bool = False

    @property
    def needs_you(self) -> bool:
        """Whether there is more to do than the actions: a question, or a row or file that could not be used."""
        return outbox.needs_you(self.report)

    def lines(self, lang: str) -> Iterator[str]:
        """The lines that a person reads before opening the workbook."""
        yield from outbox.spoken(self.report, lang)
        if self.corrections:
            yield outbox.correct([*map(str, self.corrections)]).said(lang)
        yield self._what_now.said(lang)

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        return {
            "type": "run",
            "workbook": _name(self.workbook),
            "corrections": [str(copy) for copy in self.corrections],
            **outbox.summary(self.report),
            "problem_list": [line for line in outbox.lines(self.report, lang) if line["type"] == "problem"],
            "repeats": [outbox.of_repeat(repeat) for repeat in self.report.batch.repeats],
            "resumed": _name(self.resumed),
        }

    @property
    def _what_now(self) -> Text:
        if self.dry_run:
            return Text("연습 실행이라 아무것도 쓰거나 옮기지 않았습니다.", "Dry run: nothing was written or moved.")
        if self.workbook is not None:
            return Text(f"이 파일을 여세요: {self.workbook}", f"Open this workbook: {self.workbook}")
        if self.catch_up:
            return Text(
                "알아 두기만 했습니다. 처리목록은 만들지 않았고, 다음부터 바뀐 것을 이것과 견줍니다.",
                "Taken note of only: there is no workbook, and what changes from now on is compared with this.",
            )
        return Text(
            "새로 할 일이 없어 처리목록을 만들지 않았습니다. 적어 주신 것은 적어 두었습니다.",
            "There is nothing new to do, so there is no new workbook. What you wrote is remembered.",
        )


@dataclass(frozen=True, slots=True)
class NothingNew:
    """Every file of the inbox had been handled before."""

    inbox: Path
    repeats: tuple[Repeat, ...]  # files that were handled before
    resumed: Path | None = None  # as in Done
    needs_you = False

    def lines(self, lang: str) -> Iterator[str]:
        yield self._nothing.said(lang)
        yield from outbox.spoken_repeats(self.repeats, lang)

    def values(self, lang: str) -> dict[str, Any]:
        return {
            "type": "nothing_new",
            "message": self._nothing.said(lang),
            "repeats": [outbox.of_repeat(repeat) for repeat in self.repeats],
            "resumed": _name(self.resumed),
        }

    @property
    def _nothing(self) -> Text:
        return Text(f"{self.inbox}에 새 파일이 없습니다.", f"Nothing new in {self.inbox}.")


def finished(workbook: Path) -> Text:
    """The sentence about a killed run that a later run has finished."""
    return Text(
        f"지난번에 멈춘 실행을 마저 끝냈습니다. 그때의 처리목록: {workbook}",
        f"An earlier run had stopped half-way and is finished now. Its workbook: {workbook}",
    )


def _name(workbook: Path | None) -> str | None:
    return str(workbook) if workbook else None
