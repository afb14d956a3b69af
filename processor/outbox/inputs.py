"""The sheet 입력파일: the files that were read, what became of their rows, and every problem with its place and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from processor.model import INPUTS, Problem, Text, several
from processor.outbox import captions
from processor.outbox.accounting import accounts, balance, named
from processor.outbox.costs import cost_check
from processor.outbox.part import Part, Returned
from processor.outbox.sheet import Block, Column, Line, Look, Sheet, Table, Tone, Value, table_by_row

# The table above shares these columns: long sentences grow downward here, not sideways.
_PROBLEMS: Final = (
    Column(captions.FILE, Look.LONG, 24, 44),
    Column(captions.SHEET, Look.TEXT, 10, 24),
    Column(Text("행", "Row"), Look.COUNT, 8, 16),
    Column(Text("열", "Column"), Look.LONG, 10, 16),
    Column(Text("값", "Value"), Look.LONG, 12, 18),
    Column(Text("무엇이 문제인가", "What is wrong"), Look.LONG, 22, 26),
    Column(Text("어떻게 하나", "How to mend it"), Look.LONG, 22, 26),
    Column(Text("코드", "Code"), Look.TEXT, 12, 22),
)


def input_sheet(part: Part) -> Sheet:
    return Sheet(INPUTS, tuple(_blocks(part)))


def _blocks(part: Part) -> Iterator[Block]:
    batch = part.report.batch
    title = Text(
        f"이번에 읽은 파일 {len(batch.files):,}개", f"{several(len(batch.files), 'file was', 'files were')} read"
    )
    if not batch.files:
        title = Text("이번에 읽은 파일이 없습니다.", "No file was read.")
    yield Line(title, Tone.TITLE)
    if batch.files or part.report.account:
        yield Line(balance(part.report.account))
        yield accounts(part.report, part.book)
        yield from cost_check(part)
    problems = len(batch.file_problems) + len(batch.row_problems)
    if not problems:
        yield Line(Text("문제가 있는 줄이나 파일은 없습니다.", "No row or file has a problem."), Tone.HEADING)
        return
    yield Line(Text(f"문제 {problems:,}개", several(problems, "problem")), Tone.HEADING)
    yield from (Line(sentence, Tone.WARNING) for sentence in to_correct(part.returned))
    yield _problem_table(batch.problems)


def to_correct(returned: Returned) -> Iterator[Text]:
    """The sentences that say what to do with the correction copies, and with the files that have none."""
    if returned.copies:
        names = ", ".join(returned.copies)
        yield Text(f"고쳐서 inbox에 다시 넣을 파일: {names}", f"To correct and drop into inbox again: {names}")
    if returned.lacking:
        names = ", ".join(returned.lacking)
        yield Text(
            f"수정용 파일을 만들지 못했습니다: {names}. 처리목록의 〈{INPUTS.ko}〉에 적힌 칸을 원래 파일에서 고쳐 inbox에 다시 넣어 주세요.",
            f"No copy to correct could be made of {names}. Correct the cells that 〈{INPUTS.en}〉 of the workbook names in the file itself, and drop it into inbox again.",
        )


def _problem_table(problems: Sequence[tuple[Problem, int]]) -> Table:
    rows: Iterator[tuple[Value, ...]] = (
        (
            named(problem.place.file),
            problem.place.sheet,
            problem.place.row or None,
            problem.column,
            problem.value,
            _what(problem, of_rows),
            problem.fix,
            problem.code,
        )
        for problem, of_rows in problems
    )
    return table_by_row("problems", _PROBLEMS, rows)


def _what(problem: Problem, of_rows: int) -> Text:
    """What is wrong; where rows share the problem, with their number."""
    if not of_rows or problem.place.row:
        return problem.message
    return Text(
        f"줄마다 적지 않은 {of_rows:,}줄이 더 있습니다. {problem.message.ko}",
        f"{several(of_rows, 'more row')}, not listed one by one. {problem.message.en}",
    )
