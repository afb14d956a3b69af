"""The sheet 규칙: each rule that was used today, how often, its reason and its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from processor.model import RULES, Point, Report, RuleId, Text
from processor.outbox import captions, totals
from processor.outbox.part import Part
from processor.outbox.sheet import Column, Line, Look, Sheet, Tone, Value, table_by_row
from processor.outbox.wording import CERTAINTIES, sources
from processor.rulebook.types import Row, Rulebook

_COLUMNS: Final = (
    Column(captions.RULE, Look.TEXT, 10, 12),
    Column(Text("표", "Table"), Look.WORDS, 10, 16),
    Column(captions.COUNT, Look.COUNT),
    Column(captions.WHY, Look.LONG, 30, 70),
    Column(captions.SOURCE, Look.LONG, 24, 60),
)
_CERTAINTY: Final = Text(
    "출처 뒤 괄호는 확실한 정도입니다. " + " · ".join(f"{letter} {means.ko}" for letter, means in CERTAINTIES.items()),
    "In brackets: how certain. " + " · ".join(f"{letter} {means.en}" for letter, means in CERTAINTIES.items()),
)


def rule_sheet(part: Part) -> Sheet:
    book = part.book
    lines = (
        Line(
            Text(f"오늘 쓰인 규칙 · 규칙 파일 {book.version}", f"Rules used today · rules.yaml {book.version}"),
            Tone.TITLE,
        ),
        Line(Text(f"규칙 파일의 지문 (sha256): {book.sha256}", f"Sha256 of rules.yaml: {book.sha256}")),
        Line(Text(f"휴일표: {part.report.calendar_version}", f"Calendar: {part.report.calendar_version}")),
        Line(_CERTAINTY),
    )
    used = used_in(part.report)
    if not used:
        return Sheet(RULES, (*lines, Line(Text("오늘은 쓰인 규칙이 없습니다.", "No rule was used today."))))
    return Sheet(RULES, (*lines, table_by_row("rules_used", _COLUMNS, _rows(used, book))))


def used_in(report: Report) -> Counter[RuleId]:
    """How many orders each rule that was used has decided, or brought points to."""
    used: Counter[RuleId] = Counter()
    for verdict, times in zip(report.verdicts, totals.uses(report), strict=True):
        rules = (verdict.rule, verdict.fee.rule, *(event.rule for event in verdict.penalties))
        used.update(dict.fromkeys(rules, times) if times else {})
    foreseen = Counter(map(RuleId, report.points[Point.RULE].tolist()))
    return used + Counter({rule: times for rule, times in foreseen.items() if rule not in used})


def _rows(used: Counter[RuleId], book: Rulebook) -> Iterator[tuple[Value, ...]]:
    """The rows in the order of rules.yaml; a rule that is not there is shown with its count alone."""
    written = {row.id: (table, row) for table, row in _written(book)}
    for rule, (table, row) in written.items():
        if rule in used:
            yield rule, table, used[rule], row.why, sources(row.sources, book)
    yield from ((rule, None, times, None, None) for rule, times in used.items() if rule not in written)


def _written(book: Rulebook) -> Iterator[tuple[Text, Row]]:
    yield from ((Text("조치", "action"), row) for row in book.decisions.rows)
    yield from ((Text("비용", "fee"), row) for row in book.fees.rows)
    yield from ((Text("벌점", "points"), row) for row in book.penalties.table.rows)
