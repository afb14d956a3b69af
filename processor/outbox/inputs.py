"""입력파일: what was read, where its rows went, and every problem with its place and its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from processor.model import Problem, Text
from processor.outbox.accounting import accounts
from processor.outbox.english import several
from processor.outbox.part import Part
from processor.outbox.sheet import Block, Column, Line, Look, Sheet, Table, Tone, Value, table_by_row

NAME: Final = "입력파일"
_FILES: Final = (
    Column("파일 이름", Look.LONG, 24, 44),
    Column("받은 때", Look.TEXT, 18, 24),
    Column("지문 (sha256)", Look.TEXT, 14, 16),
)
_NOTE: Final = Column("덧붙임", Look.LONG, 12, 40)
# The tables above share these columns: long sentences grow downward here, not sideways.
_PROBLEMS: Final = (
    Column("파일", Look.LONG, 24, 44),
    Column("시트", Look.TEXT, 10, 24),
    Column("행", Look.COUNT, 8, 16),
    Column("열", Look.LONG, 10, 16),
    Column("값", Look.LONG, 12, 18),
    Column("무엇이 문제인가", Look.LONG, 22, 26),
    Column("어떻게 하나", Look.LONG, 22, 26),
    Column("코드", Look.TEXT, 12, 22),
)


def input_sheet(part: Part, copies: Sequence[str]) -> Sheet:
    return Sheet(NAME, tuple(_blocks(part, copies)))


def _blocks(part: Part, copies: Sequence[str]) -> Iterator[Block]:
    batch, lang = part.report.batch, part.lang
    title = Text(
        f"이번에 읽은 파일 {len(batch.files):,}개", f"{several(len(batch.files), 'file was', 'files were')} read"
    )
    if not batch.files:
        title = Text("이번에 읽은 파일이 없습니다.", "No file was read.")
    yield Line(title.said(lang), Tone.TITLE)
    if batch.files:
        files = ((file.name, f"{file.taken_at:%Y-%m-%d %H:%M}", file.sha256[:12]) for file in batch.files)
        yield table_by_row("files", _FILES, files)
    if batch.sheets:
        yield Line(Text("시트마다 줄이 어디로 갔는지", "Where the rows of each sheet went").said(lang), Tone.HEADING)
        yield accounts("rows_by_sheet", part.report, part.book, lang, _NOTE)
    problems = (*batch.file_problems, *batch.row_problems)
    if not problems:
        yield Line(
            Text("문제가 있는 줄이나 파일은 없습니다.", "No row or file has a problem.").said(lang), Tone.HEADING
        )
        return
    found = Text(f"문제 {len(problems):,}개", several(len(problems), "problem")).said(lang)
    yield Line(found, Tone.HEADING)
    if copies:
        yield Line(correct(copies).said(lang), Tone.WARNING)
    yield _problem_table(problems, lang)


def correct(copies: Sequence[str]) -> Text:
    """What to do with the correction copies; they lie where the workbook does."""
    names = ", ".join(copies)
    return Text(f"고쳐서 inbox에 다시 넣을 파일: {names}", f"To correct and drop into inbox again: {names}")


def _problem_table(problems: tuple[Problem, ...], lang: str) -> Table:
    rows: Iterator[tuple[Value, ...]] = (
        (
            problem.place.file,
            problem.place.sheet,
            problem.place.row or None,
            problem.column,
            problem.value,
            problem.message.said(lang),
            problem.fix.said(lang),
            problem.code,
        )
        for problem in problems
    )
    return table_by_row("problems", _PROBLEMS, rows)
