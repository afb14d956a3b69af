"""The lines about a report in the terminal, which a person reads before opening the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from processor.model import Action, Problem, Repeat, Report, Text, several
from processor.outbox import totals
from processor.outbox.accounting import checked
from processor.outbox.outlook import headline
from processor.outbox.summary import of_the_day
from processor.outbox.wording import where

_SHOWN = 5
_QUIET_DAY = "no_rows"  # an export without orders is listed, but needs no action


def spoken(report: Report, lang: str) -> Iterator[str]:
    """The lines: what was looked at, what is to be done, and the first few problems in full sentences."""
    yield checked(report).said(lang)
    yield f"  {_to_do(report).said(lang)}"
    yield f"  {headline(report).said(lang)}"
    for sentence in of_the_day(report):
        yield f"! {sentence.said(lang)}"
    for warning in report.warnings:
        yield f"! {warning.text.said(lang)}"
    yield from spoken_repeats(report.batch.repeats, lang)
    problems = (*report.batch.file_problems, *report.batch.row_problems)
    for problem in problems[:_SHOWN]:
        yield from problem_lines(problem, lang)
    if len(problems) > _SHOWN:
        rest = len(problems) - _SHOWN
        yield Text(
            f"문제가 {rest:,}건 더 있습니다. 처리목록의 '입력파일' 시트에 모두 있습니다.",
            f"{several(rest, 'more problem')}: all of them stand on the sheet 'Inputs' of the workbook.",
        ).said(lang)


def in_short(report: Report) -> Text:
    """What a run found, in half a line."""
    orders, late = len(report.rows), totals.late(report)
    to_do = orders - totals.actions(report)[Action.NONE]
    over = Text(f" (지남 {late:,})", f" ({late:,} late)") if late else Text("", "")
    return Text(
        f"주문 {orders:,}건 확인 · 할 일 {to_do:,}건{over.ko}",
        f"{several(orders, 'order')} looked at · {to_do:,} to do{over.en}",
    )


def _to_do(report: Report) -> Text:
    """How many orders need something: list by list as the sheets stand. And how many need nothing."""
    counts = totals.actions(report)
    lists = [action for action in totals.order_of_work(report) if counts[action]]
    to_do, idle = sum(counts[action] for action in lists), Action.NONE
    by_list = Text.joined(" · ", [_count(one, counts[one]) for one in lists])
    ko, en = (f": {by_list.ko}", f": {by_list.en}") if lists else ("", "")
    if counts[idle]:
        rest = _count(idle, counts[idle])
        ko, en = f"{ko} ({rest.ko})", f"{en} ({rest.en})"
    return Text(f"할 일 {to_do:,}건{ko}", f"{to_do:,} to do{en}")


def _count(action: Action, count: int) -> Text:
    return Text(f"{action.ko} {count:,}", f"{action.en} {count:,}")


def spoken_repeats(repeats: Sequence[Repeat], lang: str) -> Iterator[str]:
    """A line for each file that was handled before, with the day."""
    for repeat in repeats[:_SHOWN]:
        yield f"= {repeat.name}: {repeat.text.said(lang)}"
    if (more := len(repeats) - _SHOWN) > 0:
        yield Text(f"= 그런 파일이 {more}개 더 있습니다.", f"= and {several(more, 'more file')} like that.").said(lang)


def needs_you(report: Report) -> bool:
    """Whether there is more to do than the actions: a question, or a row or file that could not be used."""
    broken = [problem for problem in report.batch.file_problems if problem.code != _QUIET_DAY]
    return bool(report.count(Action.REVIEW) or report.batch.row_problems or broken)


def problem_lines(problem: Problem, lang: str) -> Iterator[str]:
    yield f"- {where(problem.place, problem.column).said(lang)}"
    yield f"    {problem.message.said(lang)}"
    yield f"    → {problem.fix.said(lang)}"
