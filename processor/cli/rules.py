"""The commands about rules.yaml, and the checked rules for the others."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processor.cli.clock import moment
from processor.cli.errors import refuse
from processor.cli.language import LANG, said
from processor.cli.options import as_json, as_of, home, lang, quiet, schema
from processor.cli.speech import AS_JSON, answer, json_line, tell

if TYPE_CHECKING:  # a heavy room; the commands import it when they run
    from processor.rulebook import Rulebook, Standing


@home
@as_of
@as_json
@quiet
@lang
def check(home: Path, as_of: str | None, quiet: bool) -> None:
    from processor.app.desk import Desk
    from processor.rulebook import overdue, standing

    book, day = checked_rules(Desk(home).rules), moment(as_of).date()
    tables, old = standing(book, day), [one.text.said(LANG) for one in overdue(book, day)]
    if AS_JSON:
        sound = {"ok": True, "version": book.version, "sha256": book.sha256, "as_of": day.isoformat(), "overdue": old}
        tell([json_line({**sound, **{table.table: _of(table) for table in tables}})])
    elif not quiet:
        tell([*_sound(tables, day), *(f"! {text}" for text in old)])


@home
@as_json
@schema
@lang
def words(home: Path, schema: bool) -> None:
    from processor.app.desk import Desk
    from processor.rulebook import editor, vocabulary

    book = checked_rules(Desk(home).rules)
    if schema:
        answer([editor.schema(book.words)])
    elif AS_JSON:
        answer([json_line(vocabulary.as_json(book, LANG))])
    else:
        answer(vocabulary.lines(book, LANG))


def _of(table: Standing) -> dict[str, Any]:
    hidden = [{"rule": rule, "word": word, "value": value} for rule, word, value in table.hidden]
    return {
        "rows": table.rows,
        "not_in_force": list(table.asleep),
        "examples": table.examples,
        "values": table.values,
        "values_without_example": hidden,
    }


def _sound(tables: list[Standing], day: date) -> Iterator[str]:
    decisions, fees, penalties = (table.rows for table in tables)
    examples, values = sum(table.examples for table in tables), sum(table.values for table in tables)
    hidden = [entry for table in tables for entry in table.hidden]
    yield said(
        f"규칙이 온전합니다: 판단 {decisions}줄 · 배송비 {fees}줄 · 벌점 {penalties}줄, 예시 {examples}개가 모두 맞습니다.",
        f"The rules are sound: {decisions + fees + penalties} rows in three tables, and all {examples} examples hold.",
    )
    yield said(
        "  답이 없는 상황도, 가려져 쓰이지 않는 줄도, 쓸모없는 칸도 없습니다 (모든 상황에 대해 증명).",
        "  No situation is left open, no row is hidden by others, no cell is idle (proved for all situations).",
    )
    yield said(
        f"  예시가 보여 주는 칸의 값: {values}개 가운데 {values - len(hidden)}개",
        f"  Values of cells that the examples show: {values - len(hidden)} of {values}",
    )
    for rule, word, value in hidden:
        yield said(f"  - {rule}: {word} '{value}'의 예시가 없습니다.", f"  - {rule}: no example of {word} '{value}'.")
    if asleep := [rule for table in tables for rule in table.asleep]:
        names = " · ".join(asleep)
        yield said(f"  {day}에는 쓰이지 않는 줄: {names}", f"  Rows not in force on {day}: {names}")


def checked_rules(path: Path, sound: Container[str] = ()) -> Rulebook:
    """sound: the sha256 of rules that need no checking again."""
    from processor import rulebook
    from processor.judge import WORDS

    try:
        return rulebook.read(path, WORDS, sound)
    except rulebook.RulesError as error:
        refuse(error)
