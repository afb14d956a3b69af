"""The outcome of a run as a value, with its lines for a person and its plain values for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from processor import outbox
from processor.app.plan import NOTHING_LEFT, Earlier
from processor.model import Repeat, Report, Text


@dataclass(frozen=True, slots=True)
class Done:
    """A run that judged something."""

    report: Report
    workbook: Path | None  # None: a dry run, a run that only records (`catch_up`), or nothing to do
    corrections: tuple[Path, ...] = ()  # copies of inputs with bad rows, to be corrected and dropped in again
    uncopied: tuple[str, ...] = ()  # inputs with bad rows of which no copy could be made
    earlier: Earlier = NOTHING_LEFT
    newest: Path | None = None  # the workbook to work by: this one, else that of an earlier run if it still exists
    dry_run: bool = False
    catch_up: bool = False

    @property
    def needs_you(self) -> bool:
        """Whether there is more to do than the actions: a question, or a row or file that could not be used."""
        return outbox.needs_you(self.report)

    @property
    def in_short(self) -> Text:
        return outbox.in_short(self.report)

    def lines(self, lang: str) -> Iterator[str]:
        """The lines that a person reads before opening the workbook."""
        yield from outbox.spoken(self.report, lang)
        returned = outbox.Returned(tuple(map(str, self.corrections)), self.uncopied)
        yield from (sentence.said(lang) for sentence in outbox.to_correct(returned))
        if self.workbook is None:
            yield self._why_no_workbook.said(lang)

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        return {
            "type": "run",
            "workbook": _name(self.workbook),
            "corrections": [str(copy) for copy in self.corrections],
            "uncopied": list(self.uncopied),
            **outbox.summary(self.report),
            "problem_list": [line for line in outbox.lines(self.report, lang) if line["type"] == "problem"],
            "repeats": [outbox.of_repeat(repeat) for repeat in self.report.batch.repeats],
            **left_by(self.earlier, lang),
        }

    @property
    def _why_no_workbook(self) -> Text:
        if self.dry_run:
            return Text("연습 실행이라 아무것도 쓰거나 옮기지 않았습니다.", "Dry run: nothing was written or moved.")
        if self.catch_up:
            return Text(
                "지금 상태만 기록했습니다. 처리목록은 만들지 않았고, 다음부터 바뀐 것을 이것과 비교합니다.",
                "Taken note of only: there is no workbook, and what changes from now on is compared with this.",
            )
        return Text(
            "새로 할 일이 없어 처리목록을 만들지 않았습니다. 적어 주신 답은 저장했습니다.",
            "There is nothing new to do, so there is no new workbook. What you wrote is remembered.",
        )


@dataclass(frozen=True, slots=True)
class NothingNew:
    """Every file of the inbox had been handled before."""

    inbox: Path
    repeats: tuple[Repeat, ...]  # files that were handled before
    earlier: Earlier = NOTHING_LEFT
    newest: Path | None = None  # the workbook of the last run that made one, if it still exists
    needs_you = False

    @property
    def in_short(self) -> Text:
        return Text("새 파일이 없습니다.", "There is no new file.")

    def lines(self, lang: str) -> Iterator[str]:
        yield self._nothing.said(lang)
        yield from outbox.spoken_repeats(self.repeats, lang)

    def values(self, lang: str) -> dict[str, Any]:
        return {
            "type": "nothing_new",
            "message": self._nothing.said(lang),
            "newest": _name(self.newest),
            "repeats": [outbox.of_repeat(repeat) for repeat in self.repeats],
            **left_by(self.earlier, lang),
        }

    @property
    def _nothing(self) -> Text:
        return Text(f"{self.inbox}에 새 파일이 없습니다.", f"Nothing new in {self.inbox}.")


def told_of(earlier: Earlier) -> Iterator[Text]:
    """The sentences about what an earlier run had left half-done; a person reads them before all others."""
    if earlier.workbook is not None:
        yield Text(
            f"지난번에 멈춘 실행을 마저 끝냈습니다. 그때의 처리목록: {earlier.workbook}",
            f"An earlier run had stopped half-way and is finished now. Its workbook: {earlier.workbook}",
        )
    if earlier.discarded:
        yield _DISCARDED


def left_by(earlier: Earlier, lang: str) -> dict[str, Any]:
    """The same for programs."""
    return {"resumed": _name(earlier.workbook), "discarded": _DISCARDED.said(lang) if earlier.discarded else None}


_DISCARDED: Final = Text(
    "작업 계획 파일(outbox/.unfinished.json)이 이 프로그램이 여기서 만든 것이 아니어서 따르지 않고 지웠습니다. "
    "그 계획에 따라 옮기거나 적은 것은 없고, inbox의 파일은 처음부터 다시 읽습니다.",
    "The plan of an earlier run (outbox/.unfinished.json) was not written here by this program, so it was deleted and not followed. "
    "Nothing was moved or recorded by it, and the files in inbox are looked at anew.",
)


def _name(workbook: Path | None) -> str | None:
    return str(workbook) if workbook else None
